import type { GuideWords } from '../guide-text.ts';

const what = ({ item, items, request, title, patron }: Readonly<Partial<Record<string, string>>>): string =>
  item ?? items ?? title ?? (request === undefined ? (patron ?? '') : `request ${request}`);

/** What to do, in English, where a scenario says nothing itself. */
export const guideEn: GuideWords = {
  lend: (one) =>
    one['override'] === undefined
      ? `Lend ${one['item']} to ${one['patron']}`
      : `Lend ${one['item']} to ${one['patron']}: {answer-override} overrides the block`,
  return: (one) => `{returns}, then return ${one['item']}`,
  renew: (one) => (one['patron'] === undefined ? `Renew ${what(one)}` : `Renew all loans of ${one['patron']}`),
  done: () => 'End the patron session: {done}',
  'scan-in': (one) => `{scan-in}, then scan ${one['item']}`,
  'change-due': (one) => `Change the due date of ${what(one)}: ${one['due']}`,
  'delete-loan': (one) => `Delete the loan of ${one['item']}`,
  request: (one) => `Place a request for ${one['patron']}: ${one['title'] ?? one['item']}`,
  'cancel-request': (one) => `Cancel the request ${one['request']}`,
  note: (one) => `Add a note to ${one['item'] ?? one['patron']}: ${one['text']}`,
  block: (one) => `Block ${one['patron']}${one['until'] === undefined ? '' : ` until ${one['until']}`}`,
  unblock: (one) => `Take the block away from ${one['patron']}`,
  'work-order': (one) => `Send ${one['item']} to internal treatment`,
  'quick-add': (one) => `Make a quick record: ${one['barcode']}, ${one['title']}`,
  register: (one) =>
    one['patron'] === undefined
      ? `{register}: ${[one['name'] ?? one['lastName'], one['firstName']].join(' ').trim()}`
      : `Register ${one['patron']} again`,
  'edit-patron': (one) => `Change the record of ${one['patron']}`,
  quitus: (one) => `Issue the clearance of ${one['patron']}`,
  show: (one) =>
    one['patron'] === undefined ? `Look at ${one['loan'] ?? what(one)}` : `Open the record of ${one['patron']}`,
  find: (one) => `Look for a patron: ${Object.values(one).join(' ')}`,
  rules: (one) => `{rules}: consult the rules of ${one['item'] ?? one['location']}`,
  'pick-list': () => '{pick-list}: read the pick list',
  shelf: () => '{hold-shelf}: read the hold shelf',
  'activate-next': (one) => `Keep ${what(one)} for the next patron`,
  reshelve: (one) => `Reshelve ${what(one)}`,
  send: (one) => `Send ${what(one)} away`,
  'mark-missing': (one) => `Mark as missing: ${what(one)}`,
  'skip-library': (one) => `Ask another library: ${what(one)}`,
  desk: (one) => `{change-desk}: sit down at ${one['place']}`,
  console: (one) => `{${one['command']}}`,
  'sign-in': (one) => `At the terminal, sign in: ${one['id']}, password ${one['password']}`,
  account: (one) => `At the terminal, look at the account of ${one['patron']}`,
  search: (one) => `Search the public catalogue: ${one['text']}`,
  'pre-register': (one) => `Pre-register at the terminal: ${one['name']} ${one['firstName']}, ${one['email']}`,
  'forgot-password': (one) => `Ask for a code, the password is forgotten: ${one['id']}`,
  'set-password': (one) =>
    `Choose a new password for ${one['id']}, with the code that was received: ${one['password']}`,
  at: (one) => `It is ${one['time']}`,
  advance: (one) => `Time goes by until ${one['time']}`,
};
