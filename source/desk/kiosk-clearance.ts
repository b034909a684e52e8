import type { ClearanceObstacle } from '../circulation/clearance.ts';
import { clearanceNumber } from '../circulation/letters.ts';
import type { ClearanceFacts, Letter } from '../circulation/letters.ts';
import type { BlockType } from '../circulation/network.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { PatronView } from '../records/patrons.ts';
import { issue, judge } from './clearance.ts';
import type { Judged } from './clearance.ts';
import { provePatron } from './kiosk-proof.ts';
import type { NotProved, Proof } from './kiosk-proof.ts';
import { preferredAddress } from './letter-address.ts';
import { repeatLetter } from './letters.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

export type { NotProved, Proof } from './kiosk-proof.ts';

/** Whose clearance: who has signed in there; where nobody has, whoever proves it. */
export type AtKiosk = { readonly proof?: Proof };

type OwnLoan = {
  readonly title: string;
  readonly barcode: string;
  readonly library: string;
  readonly due: Instant;
};

/** What stands against a clearance, as the patron may read it: their own, and no word of the staff's (KIO-07). */
export type KioskObstacle =
  | { readonly code: 'OPEN_LOANS'; readonly count: number; readonly loans: readonly OwnLoan[] }
  | {
      readonly code: 'LATE_LOANS';
      readonly count: number;
      readonly loans: readonly (OwnLoan & { readonly daysLate: number })[];
    }
  | {
      readonly code: 'BLOCKED';
      readonly blocks: readonly {
        readonly type: BlockType;
        readonly until: Day | null;
        readonly library: string | null;
      }[];
    }
  /** It was given: its document can be read and sent again. */
  | { readonly code: 'ALREADY_ISSUED'; readonly issuedAt: Instant | null; readonly address: string | null };

function obstacleFor(one: ClearanceObstacle, { previous }: Judged): KioskObstacle {
  switch (one.code) {
    case 'OPEN_LOANS':
    case 'LATE_LOANS':
      return one;
    case 'BLOCKED': {
      const blocks = one.blocks.map(({ type, until, library }) => ({ type, until, library }));
      return { code: 'BLOCKED', blocks };
    }
    case 'ALREADY_ISSUED':
      return { code: one.code, issuedAt: previous?.issuedAt ?? null, address: previous?.address ?? null };
  }
}

const obstaclesFor = (judged: Judged): KioskObstacle[] => judged.obstacles.map((one) => obstacleFor(one, judged));

/** Does something for whoever is proved to be there. */
const proved =
  <Outcome>(what: (desk: Desk, patron: PatronView) => Promise<Outcome>) =>
  async (desk: Desk, { proof }: AtKiosk): Promise<Outcome | NotProved | Refusal> => {
    const there = await provePatron(desk, proof);
    return there.kind === 'proved' ? what(desk, there.patron) : there;
  };

export type ClearanceFound =
  | {
      readonly kind: 'found';
      /** First name, then last name. */
      readonly name: string;
      /** Where it would be sent; null: nowhere, the desk prints it. */
      readonly address: string | null;
      /** Empty: it can be asked for. */
      readonly obstacles: readonly KioskObstacle[];
      /** They do not stand against it (QUI-01). */
      readonly openRequests: number;
    }
  | NotProved
  | Refusal;

/**
 * Before a clearance is asked for at a kiosk (QUI-03, manual XII.3): whose it would be, where it would be sent, and what is
 * missing. The manual asks for the card number alone; we ask for the birth date too, as it would otherwise show name and
 * address to whoever has found a card, and end a stranger's record (KIO-07).
 */
export const findForClearance = action(
  'find-for-clearance',
  { permission: null, kiosk: 'anybody' },
  proved(async (desk, patron): Promise<ClearanceFound> => {
    const judged = await judge(desk, patron.id);
    const { firstName, lastName, id } = patron;
    const name = `${firstName} ${lastName}`.trim();
    const address = await preferredAddress(desk, id);
    return { kind: 'found', name, address, obstacles: obstaclesFor(judged), openRequests: judged.openRequests };
  }),
);

export type ClearanceRequested =
  | {
      readonly kind: 'issued';
      /** As people read it: `2026-000012`. */
      readonly number: string;
      /** Where it is sent; null: nowhere, the desk prints it. */
      readonly address: string | null;
      readonly facts: ClearanceFacts;
      readonly language: string;
    }
  | { readonly kind: 'not-clear'; readonly obstacles: readonly KioskObstacle[] }
  | NotProved
  | Refusal;

/**
 * Gives a clearance to somebody who asks for it at a kiosk (QUI-03): the letter to the preferred address, the note, and the
 * record inactive from then on, in one transaction.
 */
export const requestClearance = action(
  'request-clearance',
  { permission: null, kiosk: 'anybody' },
  proved(async (desk, patron): Promise<ClearanceRequested> => {
    const judged = await judge(desk, patron.id);
    if (judged.obstacles.length > 0) return { kind: 'not-clear', obstacles: obstaclesFor(judged) };
    const address = await preferredAddress(desk, patron.id);
    const { facts, language } = await issue(desk, patron, { at: 'kiosk', address, remark: '' });
    return { kind: 'issued', number: clearanceNumber(facts), address, facts, language };
  }),
);

type None = { readonly kind: 'none' };
type ClearanceLetter = Extract<Letter, { readonly kind: 'quitus' }> & { readonly patronId: number };

/** The letter of the clearance that a patron has and that still holds: who has registered again has none. */
async function standing(desk: Desk, { id }: PatronView): Promise<ClearanceLetter | undefined> {
  const { obstacles, previous } = await judge(desk, id);
  if (!obstacles.some((one) => one.code === 'ALREADY_ISSUED') || !previous?.letter) return undefined;
  const letter = await desk.records.letters.byId(previous.letter);
  return letter?.kind === 'quitus' ? { ...letter, patronId: id } : undefined;
}

export type ClearanceDocumentRead =
  | {
      readonly kind: 'document';
      /** Everything that it says. */
      readonly facts: ClearanceFacts;
      readonly language: string;
      readonly address: string | null;
    }
  | None
  | NotProved
  | Refusal;

/** What the document of a patron's clearance says, for the screen (QUI-03). */
export const readClearance = action(
  'read-clearance',
  { permission: null, kiosk: 'anybody' },
  proved(async (desk, patron): Promise<ClearanceDocumentRead> => {
    const letter = await standing(desk, patron);
    if (!letter) return { kind: 'none' };
    const { facts, language, address } = letter;
    return { kind: 'document', facts, language, address };
  }),
);

const TEN_MINUTES = 600_000;
const DAY = 86_400_000;
/** In a day; somebody who has lost five has another trouble. */
const MOST_A_DAY = 5;
/** Nobody has more letters in a day. */
const LETTERS_OF_A_DAY = { offset: 0, limit: 200 };

export type ClearanceAgain =
  | {
      /** `waiting`: one is on its way, or was sent within ten minutes; `enough`: five have been, within a day. */
      readonly kind: 'queued' | 'waiting' | 'enough';
      readonly address: string;
    }
  | { readonly kind: 'no-address' }
  | None
  | NotProved
  | Refusal;

/** Sends the letter of a patron's clearance again, to where it was sent first (QUI-03). */
export const clearanceAgain = action(
  'clearance-again',
  { permission: null, kiosk: 'anybody' },
  proved(async (desk, patron): Promise<ClearanceAgain> => {
    const { records, now } = desk;
    const letter = await standing(desk, patron);
    if (!letter) return { kind: 'none' };
    const { address } = letter;
    if (address === null) return { kind: 'no-address' };
    const sent = (await records.letters.ofPatron(patron.id, now - DAY, LETTERS_OF_A_DAY)).filter(
      (one) => one.kind === 'quitus' && one.address === address,
    );
    const isOnItsWay = sent.some((one) => one.state === 'queued' || one.createdAt > now - TEN_MINUTES);
    if (isOnItsWay) return { kind: 'waiting', address };
    if (sent.length >= MOST_A_DAY) return { kind: 'enough', address };
    await repeatLetter(desk, letter, address);
    return { kind: 'queued', address };
  }),
);
