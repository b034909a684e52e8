import type { LetterKind, LetterState } from '../circulation/letters.ts';
import type { RenewalRefusal } from '../circulation/blocks.ts';
import type { PasswordPart } from '../circulation/passwords.ts';

/** What is written to patrons, and what is said about such letters. */
export type MailWords = {
  readonly kinds: Readonly<Record<LetterKind, string>>;
  readonly state: Readonly<Record<LetterState, string>>;
  /** Of a letter that is sent once more (LET-04). */
  readonly again: (subject: string) => string;
  /** A label with what it names, in running text. */
  readonly pair: (label: string, value: string) => string;
  /** Why a letter has not left; another reason is the mail server's own, shown as it is (LET-04). */
  readonly whyNotSent: Readonly<Record<'no-address', string>>;
  /** Why a loan was not renewed by itself, told to its borrower: the end of a sentence (REN-10). */
  readonly notRenewed: Readonly<Record<RenewalRefusal, string>>;
  readonly notRenewedOtherwise: string;
  readonly passwordParts: Readonly<Record<PasswordPart, string>>;
  readonly clearance: {
    readonly title: string;
    readonly subject: (number: string) => string;
    readonly label: {
      readonly name: string;
      readonly identifier: string;
      readonly birthDate: string;
      readonly number: string;
    };
    /** `authority` null: the network itself. */
    readonly statement: (authority: string | null, day: string) => string;
    readonly scope: string;
    readonly dated: (place: string | null, day: string) => string;
  };
  readonly identity: {
    readonly title: string;
    readonly intro: string;
    /** Stands where the code would, which nobody but its reader knows. */
    readonly hidden: string;
    readonly once: (until: string) => string;
    readonly onceFrom: string;
    readonly how: (identifier: string) => string;
    readonly rule: (parts: string) => string;
  };
};
