import { expect } from 'vitest';
import { checkClearance, issueClearance } from '../../source/desk/clearance.ts';
import { printIdentityMessage, sendIdentityMessage } from '../../source/desk/identity-message.ts';
import {
  dueLetters,
  giveUpLetters,
  letterHasLeft,
  letterLeaves,
  lettersLeave,
  lettersStay,
} from '../../source/desk/letters-leaving.ts';
import { listLetters, printLetter, readLetter, sendAgain } from '../../source/desk/letters.ts';
import { sendReceipt, sendReport } from '../../source/desk/send-receipts.ts';
import { patronAccess, removePatronPassword, setPatronPassword } from '../../source/desk/patron-passwords.ts';
import { redeemCode, signInPatron } from '../../source/desk/patron-sign-in.ts';
import { commandLine } from './house.ts';
import {
  DESK,
  DESK_STAFF,
  inWindow,
  lineOf,
  NETWORK,
  NO_DESK,
  ofPatron,
  PATRON_EDITORS,
  PATRON_STAFF,
} from './permission-lines.ts';
import type { Line } from './permission-lines.ts';
import type { World } from './world.ts';

const PASSWORD = 'Abricot-7';
const withPassword = async (w: World) => ({ patron: await w.patron(), password: PASSWORD });
const reachable = async (w: World) => ({ patron: await w.patron({ email: 'ana@example.org' }) });

/** A letter that waits to leave for an address. */
async function queued(w: World): Promise<number> {
  const { patron } = await reachable(w);
  const issued = await w.scene.act(issueClearance, { patron, at: 'desk' });
  if (issued.kind !== 'issued') throw new Error(JSON.stringify(issued));
  return issued.letter;
}
const ofLetter = async (w: World) => ({ letter: await queued(w) });
/** Somebody who can sign in, by a password or with a code. */
const withId = async (w: World) => {
  const id = w.fresh('SIGN');
  return { id, patron: await w.patron({ id }) };
};

/** Passwords, letters, clearances, for the table of permissions. */
export const LETTER_LINES: readonly Line[] = [
  lineOf(setPatronPassword, PATRON_EDITORS, withPassword, NO_DESK, 'password-set'),
  lineOf(
    removePatronPassword,
    PATRON_EDITORS,
    async (w) => {
      const { patron, password } = await withPassword(w);
      expect(await w.scene.act(setPatronPassword, { patron, password })).toMatchObject({ kind: 'password-set' });
      return { patron };
    },
    NO_DESK,
    'password-removed',
  ),
  lineOf(patronAccess, PATRON_STAFF, ofPatron, NO_DESK, 'access'),
  lineOf(
    signInPatron,
    'anybody',
    async (w) => {
      const { id, patron } = await withId(w);
      await w.scene.act(setPatronPassword, { patron, password: PASSWORD });
      return { id, password: PASSWORD };
    },
    NO_DESK,
    'signed-in',
  ),
  lineOf(
    redeemCode,
    'anybody',
    async (w) => {
      const { id, patron } = await withId(w);
      const printed = await w.scene.act(printIdentityMessage, { patron });
      if (printed.kind !== 'printed') throw new Error(printed.kind);
      return { id, code: printed.code.code, password: PASSWORD };
    },
    NO_DESK,
    'password-set',
  ),
  lineOf(sendIdentityMessage, PATRON_EDITORS, reachable, NO_DESK, 'queued'),
  lineOf(printIdentityMessage, PATRON_EDITORS, ofPatron, NO_DESK, 'printed'),
  lineOf(listLetters, PATRON_STAFF, inWindow, NO_DESK, 'letters'),
  lineOf(readLetter, PATRON_STAFF, ofLetter, NO_DESK, 'letter'),
  lineOf(
    sendAgain,
    PATRON_EDITORS,
    async (w) => ({ letter: await queued(w), email: 'new@example.org' }),
    NO_DESK,
    'queued',
  ),
  lineOf(printLetter, PATRON_EDITORS, ofLetter, NO_DESK, 'printed'),
  lineOf(
    letterLeaves,
    NETWORK,
    async (w) => {
      const sent = await w.scene.act(sendIdentityMessage, await reachable(w));
      if (sent.kind !== 'queued') throw new Error(sent.kind);
      return { letter: sent.letter, leaseFor: 0 };
    },
    NO_DESK,
    'leaving',
  ),
  lineOf(dueLetters, NETWORK, async () => ({ most: 1 }), NO_DESK, 'due'),
  lineOf(lettersLeave, NETWORK, async () => ({ most: 1, leaseFor: 0 }), NO_DESK, 'leaving'),
  lineOf(lettersStay, NETWORK, async () => ({ letters: [] }), NO_DESK, 'given-back'),
  lineOf(giveUpLetters, NETWORK, async () => ({ error: 'no server', most: 1 }), NO_DESK, 'given-up'),
  lineOf(
    letterHasLeft,
    NETWORK,
    async (w) => {
      const letter = await queued(w);
      await w.scene.act(letterLeaves, { letter, leaseFor: 0 }, commandLine);
      return { letter, attempt: 1 };
    },
    NO_DESK,
    'noted',
  ),
  lineOf(
    sendReceipt,
    DESK_STAFF,
    async (w) => {
      const { patron } = await reachable(w);
      const lent = await w.scene.lend(patron, await w.item());
      if (lent.kind !== 'lent') throw new Error(JSON.stringify(lent));
      return { patron, receipt: 'loan' as const, loans: [lent.loan] };
    },
    NO_DESK,
    'queued',
  ),
  lineOf(
    sendReport,
    DESK_STAFF,
    async (w) => ({ ...(await reachable(w)), report: 'activity' as const }),
    NO_DESK,
    'queued',
  ),
  lineOf(checkClearance, PATRON_STAFF, ofPatron, NO_DESK, 'clearance-check'),
  lineOf(
    issueClearance,
    ['operator', 'manager'],
    async (w) => ({ patron: await w.patron(), at: 'desk' as const }),
    DESK,
    'issued',
  ),
];

/** Taken and given back: the letter itself says what has become of it. */
export const WITHOUT_EVENT = [lettersLeave.name, lettersStay.name, giveUpLetters.name];
