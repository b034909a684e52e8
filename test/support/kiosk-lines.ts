import { askForCode } from '../../source/desk/ask-for-code.ts';
import { issueClearance } from '../../source/desk/clearance.ts';
import {
  clearanceAgain,
  findForClearance,
  readClearance,
  requestClearance,
} from '../../source/desk/kiosk-clearance.ts';
import { greetAtKiosk } from '../../source/desk/kiosk-greeting.ts';
import { institutionChoices } from '../../source/desk/member-sign-in.ts';
import { ownAccount, ownHistory } from '../../source/desk/own-account.ts';
import { ownLoans } from '../../source/desk/own-loans.ts';
import { ownMessages } from '../../source/desk/own-messages.ts';
import { changeOwnPassword } from '../../source/desk/own-password.ts';
import { ownRequests } from '../../source/desk/own-requests.ts';
import { setPatronPassword } from '../../source/desk/patron-passwords.ts';
import { redeemCode, signInPatron } from '../../source/desk/patron-sign-in.ts';
import type { Action } from '../../source/desk/perform.ts';
import { preRegister, registrationOffers } from '../../source/desk/pre-register.ts';
import { openPublic, searchPublic } from '../../source/desk/public-catalogue.ts';
import { renew } from '../../source/desk/renew.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { placeRequest, requestForm } from '../../source/desk/requests-place.ts';
import { said } from './house.ts';
import { asPatron } from './kiosk.ts';
import { LETTER_LINES } from './letter-lines.ts';
import { lineOf, NO_DESK, PATRON_STAFF, window } from './permission-lines.ts';
import type { Act, Line } from './permission-lines.ts';
import type { World } from './world.ts';

/** One action of the kiosk's column: for whoever stands there, or for who has signed in. */
export type KioskLine = {
  readonly name: string;
  readonly use: 'anybody' | 'self';
  readonly readOnly: boolean;
  /** What kind of answer says that it was done. */
  readonly done: string;
  /** Makes what the request of a patron speaks of; it can then be refused to one and done by another. */
  readonly prepare: (world: World, patron: number) => Promise<(act: Act) => Promise<{ kind: string }>>;
};

/** What who has signed in does for themselves; `request` without them. */
export function selfLine<Request extends { readonly patron?: number | string }, Outcome extends { kind: string }>(
  what: Action<Request, Outcome>,
  request: Omit<Request, 'patron'> | ((world: World, patron: number) => Promise<Omit<Request, 'patron'>>),
  done: string,
): KioskLine {
  const prepare: KioskLine['prepare'] = async (world, patron) => {
    const made = typeof request === 'function' ? await request(world, patron) : request;
    return async (act) => act(what, { ...made, patron } as Request);
  };
  return { name: what.name, use: 'self', readOnly: what.readOnly, done, prepare };
}

/** What anybody does who stands there. */
export function anybodyLine<Request, Outcome extends { kind: string }>(
  what: Action<Request, Outcome>,
  request: Request | ((world: World) => Promise<Request>),
  done: string,
): KioskLine {
  const { prepare } = lineOf(what, 'anybody', request);
  return { name: what.name, use: 'anybody', readOnly: what.readOnly, done, prepare: async (world) => prepare(world) };
}

/** What is done without signing in, at a kiosk as the staff's table has it. */
function alsoThere(name: string): KioskLine {
  const line = LETTER_LINES.find((one) => one.name === name);
  if (!line) throw new Error(`no line of ${name}`);
  const { readOnly, done, prepare } = line;
  return { name, use: 'anybody', readOnly, done, prepare: async (world) => prepare(world) };
}

const OLD = 'Abricot-7';
const withPassword = async ({ scene }: World, patron: number) => {
  await scene.act(setPatronPassword, { patron, password: OLD });
  return { current: OLD, password: 'Cerise-88' };
};
/** A loan of theirs that can be renewed. */
const ofLoan = async (w: World, patron: number) => {
  const barcode = await w.item({ location: 'med/SALLE' });
  const now = said(w.scene.now()) ?? '';
  w.scene.at('2026-05-25T10:00');
  const lent = await w.scene.lend(patron, barcode, { override: { codes: 'all' } });
  w.scene.at(now);
  if (lent.kind !== 'lent') throw new Error(JSON.stringify(lent));
  return { barcodes: [barcode] };
};
const ofItem = async (w: World) => ({ item: await w.item() });
const ofRequest = async (w: World, patron: number) => {
  const placed = await asPatron(w.scene, patron, placeRequest, { item: await w.item(), pickup: 'sci' });
  if (placed.kind !== 'placed') throw new Error(JSON.stringify(placed));
  return { request: placed.request.id };
};

/** Somebody who knows their card and birth date; `issued`: who has a clearance already. */
const ofWhom = async (w: World, issued: boolean) => {
  const [card, birthDay] = [w.fresh('CARD'), '1999-02-09'];
  const patron = await w.patron({ id: card, birthDay, email: `${card}@example.org` });
  if (issued) await w.scene.act(issueClearance, { patron, at: 'kiosk' });
  return { proof: { card, birthDay } };
};
const ofProof = async (w: World) => ofWhom(w, false);
const ofIssued = async (w: World) => ofWhom(w, true);
const ofForm = async (w: World) => ({
  lastName: 'New',
  firstName: 'One',
  birthDay: '1999-02-09',
  email: `${w.fresh('new')}@example.org`,
  password: OLD,
  address: { line1: '1 rue des Lois', postalCode: '31000', city: 'Toulouse' },
  library: 'sci',
  language: 'fr',
  termsAccepted: null,
});

/** Somebody with an address who has forgotten their password. */
const ofForgetful = async (w: World) => {
  const name = w.fresh('FORGETFUL');
  await w.patron({ id: name, email: `${name}@example.org` });
  return { name };
};

/** Written down a second time on purpose: everything that a kiosk may do (KIO-07). What is not here, it may not. */
export const KIOSK_LINES: readonly KioskLine[] = [
  selfLine(ownAccount, {}, 'account'),
  selfLine(ownHistory, { window }, 'history'),
  selfLine(ownLoans, { sort: 'due', window }, 'loans'),
  selfLine(ownRequests, {}, 'requests'),
  selfLine(ownMessages, {}, 'messages'),
  selfLine(changeOwnPassword, withPassword, 'password-set'),
  selfLine(renew, ofLoan, 'renewals'),
  selfLine(requestForm, ofItem, 'form'),
  selfLine(placeRequest, async (w) => ({ ...(await ofItem(w)), pickup: 'sci' }), 'placed'),
  selfLine(cancelRequest, ofRequest, 'cancelled'),
  anybodyLine(greetAtKiosk, {}, 'greeting'),
  anybodyLine(searchPublic, { text: 'title', window }, 'titles'),
  anybodyLine(openPublic, { title: 1 }, 'title'),
  anybodyLine(institutionChoices, {}, 'institutions'),
  anybodyLine(askForCode, ofForgetful, 'asked'),
  alsoThere(signInPatron.name),
  alsoThere(redeemCode.name),
  anybodyLine(registrationOffers, {}, 'offers'),
  anybodyLine(preRegister, ofForm, 'pre-registered'),
  anybodyLine(findForClearance, ofProof, 'found'),
  anybodyLine(requestClearance, ofProof, 'issued'),
  anybodyLine(readClearance, ofIssued, 'document'),
  anybodyLine(clearanceAgain, ofIssued, 'waiting'),
];

const ofPatron = async ({ patron }: World) => ({ patron: await patron() });

/** What is there for a kiosk alone, and for staff where it shows what they may see anyhow. */
export const OWN_LINES: readonly Line[] = [
  lineOf(ownAccount, PATRON_STAFF, ofPatron, NO_DESK, 'account'),
  lineOf(ownHistory, PATRON_STAFF, async (w) => ({ ...(await ofPatron(w)), window }), NO_DESK, 'history'),
  lineOf(
    ownLoans,
    PATRON_STAFF,
    async (w) => ({ ...(await ofPatron(w)), sort: 'due' as const, window }),
    NO_DESK,
    'loans',
  ),
  lineOf(ownRequests, PATRON_STAFF, ofPatron, NO_DESK, 'requests'),
  lineOf(ownMessages, PATRON_STAFF, ofPatron, NO_DESK, 'messages'),
  lineOf(
    changeOwnPassword,
    [],
    async (w) => {
      const patron = await w.patron();
      return { ...(await withPassword(w, patron)), patron };
    },
    NO_DESK,
    'password-set',
  ),
  lineOf(greetAtKiosk, 'anybody', {}, NO_DESK, 'greeting'),
  lineOf(searchPublic, 'anybody', { text: 'title', window }, NO_DESK, 'titles'),
  lineOf(openPublic, 'anybody', { title: 1 }, NO_DESK, 'title'),
  lineOf(institutionChoices, 'anybody', {}, NO_DESK, 'institutions'),
  lineOf(askForCode, 'anybody', ofForgetful, NO_DESK, 'asked'),
  lineOf(registrationOffers, 'anybody', {}, NO_DESK, 'offers'),
  lineOf(preRegister, [], ofForm, NO_DESK, 'pre-registered'),
  lineOf(findForClearance, [], ofProof, NO_DESK, 'found'),
  lineOf(requestClearance, [], ofProof, NO_DESK, 'issued'),
  lineOf(readClearance, [], ofIssued, NO_DESK, 'document'),
  lineOf(clearanceAgain, [], ofIssued, NO_DESK, 'waiting'),
];

/** Staff do not do them: there is no event of theirs. */
export const OWN_LINES_WITHOUT_EVENT = [
  changeOwnPassword,
  preRegister,
  findForClearance,
  requestClearance,
  readClearance,
  clearanceAgain,
].map((one) => one.name);
