import type { RegistrationRefusal } from '../circulation/registration.ts';
import type { ContactKind } from '../circulation/contacts.ts';

type Field =
  | 'lastName'
  | 'firstName'
  | 'birthDay'
  | 'identifier'
  | 'group'
  | 'campus'
  | 'category'
  | 'language'
  | 'expiry'
  | 'purge'
  | 'status'
  | 'email'
  | 'emailType'
  | 'noEmail'
  | 'phone'
  | 'phoneType'
  | 'statistics';

type Tab = 'general' | 'contacts' | 'identifiers' | 'notes' | 'blocks' | 'statistics' | 'letters' | 'history';

/** Patrons' records: registration, tabs, passwords, clearance (spec 4). Names from data come in already printable. */
export type RecordWords = {
  readonly records: {
    readonly tabs: Readonly<Record<Tab, string>>;
    readonly fields: Readonly<Record<Field, string>>;
    readonly facts: {
      readonly kind: string;
      readonly imported: string;
      readonly verified: string;
      readonly created: string;
    };
    readonly languages: { readonly fr: string; readonly en: string };
    readonly status: { readonly active: string; readonly inactive: string };
    readonly because: Readonly<Record<string, string>>;
    readonly inactiveSince: (day: string, because: string) => string;
    readonly internal: string;
    readonly external: string;
    readonly neverImported: string;
    readonly isOpen: string;
    readonly protectedGroup: string;
    readonly verifiedOn: (day: string, by: string) => string;
    readonly notVerified: string;
    readonly notVerifiedHere: (verify: string) => string;
    readonly none: string;
    readonly yes: string;
    readonly fromCard: string;
    readonly fromHere: string;
    readonly columns: Readonly<
      Record<
        | 'field'
        | 'value'
        | 'kind'
        | 'type'
        | 'preferred'
        | 'from'
        | 'identifier'
        | 'code'
        | 'statistic'
        | 'at'
        | 'letter'
        | 'address'
        | 'state'
        | 'profile'
        | 'expected',
        string
      >
    >;
    readonly generalHint: (open: string, verify: string) => string;
    readonly contactsHint: (add: string, duplicate: string, prefer: string) => string;
    readonly identifiersHint: (add: string) => string;
    readonly statisticsHint: string;
    readonly lettersHint: (print: string, save: string, again: string) => string;
    readonly letterSaved: (file: string) => string;
    readonly letterNotSaved: (because: string) => string;
    readonly historyHint: string;
    /** What the history calls fields that no form has, and what values without a name of their own mean. */
    readonly history: {
      readonly labels: Readonly<Record<string, string>>;
      readonly values: Readonly<Record<string, string>>;
    };
    readonly noContacts: (add: string) => string;
    readonly noStatistics: string;
    readonly noLetters: string;
    readonly editing: string;
    readonly saved: string;
    readonly deleted: string;
    readonly unchanged: string;
    readonly gone: string;
    readonly changedMeanwhile: string;
    readonly lockedField: (open: string) => string;
    readonly locked: (open: string) => string;
    readonly lockedContact: (duplicate: string) => string;
    readonly nameHint: string;
    readonly firstNameHint: string;
    readonly identifierHint: string;
    readonly choiceHint: string;
    readonly purgeHint: string;
    readonly dayHint: string;
    readonly birthHint: string;
    readonly badDay: string;
    readonly badBirth: string;
    readonly purgeBefore: string;
    readonly identifierTaken: string;
    readonly askDueDates: (count: number) => string;
    readonly dueLine: (before: string, due: string, title: string) => string;
    readonly whyDueDates: string;
    readonly dueDatesMoved: (count: number) => string;
    readonly contactKinds: Readonly<Record<ContactKind, string>>;
    readonly contactTypes: Readonly<Record<string, string>>;
    readonly contactProblem: Readonly<Record<string, string>>;
    readonly whichContact: string;
    readonly addingContact: Readonly<Record<ContactKind, string>>;
    readonly changingContact: string;
    readonly duplicating: string;
    readonly preferred: string;
    readonly preferredHint: string;
    readonly nowPreferred: (contact: string) => string;
    readonly contactAdded: (contact: string) => string;
    readonly contactChanged: (contact: string) => string;
    readonly contactDeleted: (preferredNow: string) => string;
    readonly askDeleteContact: string;
    readonly emailHint: string;
    readonly phoneHint: string;
    readonly badEmail: string;
    readonly badPhone: string;
    readonly badPostalCode: string;
    readonly tooLong: string;
    readonly address: Readonly<
      Record<
        | 'line1'
        | 'line1Hint'
        | 'line2'
        | 'line2Hint'
        | 'line3'
        | 'postalCode'
        | 'postalCodeHint'
        | 'city'
        | 'country'
        | 'countryHint'
        | 'type',
        string
      >
    >;
    readonly identifierTypes: Readonly<Record<string, string>>;
    readonly primary: string;
    readonly primaryStays: string;
    readonly addingIdentifier: string;
    readonly changingIdentifier: string;
    readonly asExternal: string;
    readonly asExternalHint: string;
    readonly askDeleteIdentifier: (value: string) => string;
    readonly statisticGiven: (name: string) => string;
    readonly statisticTaken: (name: string) => string;
    readonly sentAgain: (address: string) => string;
    readonly waits: (address: string) => string;
    readonly noAddress: string;
    readonly lookingUp: string;
    readonly lookedUp: string;
    readonly notInCardSystem: string;
    readonly noCardSystem: string;
    readonly lookUpFailed: Readonly<
      Record<'unreadable' | 'too-slow' | 'busy' | 'rejected' | 'not-to-overwrite' | 'refused', string>
    >;
    readonly nowVerified: (note: string) => string;
    readonly openAlready: string;
    readonly opening: string;
    readonly protect: string;
    readonly protectHint: string;
    readonly nowOpen: string;
    readonly closedAgain: string;
    readonly messageQueued: (address: string) => string;
    readonly noPassword: string;
    readonly askPrintMessage: string;
    readonly printMessageLine: string;
    readonly firstPassword: string;
    readonly newPassword: (since: string) => string;
    readonly password: string;
    readonly passwordAgain: string;
    readonly passwordHint: (parts: string) => string;
    readonly passwordLacks: (parts: string) => string;
    readonly passwordsDiffer: string;
    readonly passwordSet: string;
    /** `card`: the number that was scanned, empty: none was. */
    readonly chooseProfile: (card: string) => string;
    readonly byProfile: string;
    readonly resume: (title: string, name: string) => string;
    readonly registrationKept: (title: string, key: string) => string;
    readonly chooseProfileHint: string;
    readonly noProfile: string;
    readonly registering: (profile: string) => string;
    readonly cardNumber: { readonly CARD: string; readonly UNR: string; readonly PRIMARY: string };
    readonly unr: string;
    /** How a list of profiles says what number one begins with. */
    readonly numberStarts: { readonly CARD: string; readonly UNR: string };
    readonly toOverwrite: string;
    readonly profileIdentifierHint: (prefixes: string) => string;
    readonly noEmailHint: (placeholder: string) => string;
    readonly emailOrBox: string;
    readonly refused: Readonly<Record<RegistrationRefusal, (allowed: string) => string>>;
    readonly duplicates: (count: number) => string;
    readonly duplicatesHint: string;
    readonly duplicateBecause: {
      readonly identifier: string;
      readonly email: string;
      readonly 'name-and-birth-date': string;
    };
    readonly formerInstitutional: string;
    readonly registered: string;
    /** What comes next, with the keys of the identity message and of the full record. */
    readonly afterRegistering: (message: string, complete: string) => string;
    readonly reRegistering: (name: string) => string;
    readonly campusHint: string;
    readonly statisticsCodes: (examples: string) => string;
    readonly unknownCodes: (codes: string) => string;
    readonly reRegistered: (until: string) => string;
    readonly externalReusedTitle: string;
    readonly externalReused: string;
    readonly reusedBriefly: string;
    readonly finishing: (name: string) => string;
    readonly finishIdentifierHint: string;
    readonly finished: (card: string, notes: number) => string;
    readonly notPreRegistered: string;
    readonly obstacles: {
      readonly OPEN_LOANS: (count: number) => string;
      readonly LATE_LOANS: (count: number) => string;
      readonly BLOCKED: string;
      readonly ALREADY_ISSUED: string;
    };
    readonly obstacleLoan: (title: string, library: string, due: string) => string;
    readonly notClear: (name: string) => string;
    readonly noClearance: string;
    readonly clearanceIssuedAlready: (name: string) => string;
    readonly clearing: (name: string, save: string) => string;
    readonly clearanceAddress: string;
    readonly clearanceAddressHint: string;
    readonly onPaperOnly: string;
    readonly otherAddress: string;
    readonly otherAddressHint: string;
    readonly issued: (address: string) => string;
    readonly issuedOnPaper: string;
    readonly issuedLine: string;
    readonly stillRequests: (count: number) => string;
    readonly pdfWritten: (file: string) => string;
    readonly pdfFailed: (because: string) => string;
    readonly replaced: (characters: string) => string;
  };
};
