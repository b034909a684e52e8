import type { LetterWords, PrintReport } from '../letter-words.ts';
import { mail } from './mail.ts';

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);
const plural = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

const printer: LetterWords['printer'] = {
  terminal: () => "the terminal's printer",
  queue: (where) => `the print queue ${where}`,
  file: (where) => `the file ${where}`,
  email: (where) => `the address ${where}`,
};

const failure: LetterWords['failure'] = {
  'no-program': () => 'there is no "lp" on this machine: install CUPS',
  'no-queue': (where) => `there is no print queue ${where}: "lpstat -a" lists them`,
  'queue-stopped': (where) => `the print queue ${where} accepts no jobs: "cupsaccept ${where}"`,
  refused: () => 'the print system has refused it',
  'timed-out': (where) => `${where} does not answer: check the printer, then try again`,
  cancelled: () => 'given up',
  'no-folder': (where) => `the folder of ${where} does not exist: create it`,
  'no-permission': (where) => `${where} cannot be written: check its permissions`,
  'not-a-file': (where) => `${where} is not a file to write into`,
  full: (where) => `no room left to write ${where}`,
  'no-terminal': () => 'there is no terminal here',
  unexpected: (where) => `${where}: unexpected error`,
};

function printed(report: PrintReport): string {
  switch (report.kind) {
    case 'printed':
      return `Printed: ${printer[report.by](report.where)}`;
    case 'ready':
      return `Printer: ${printer[report.by](report.where)}`;
    case 'waiting':
      return `The print queue ${report.where} stands still: what is printed waits in it ("cupsenable ${report.where}").`;
    case 'no-mail':
      return `Nothing has been printed: this desk prints by e-mail (${report.where}), and no mail server is set here ("guichet doctor --mail").`;
    case 'failed':
      return `Not printed: ${failure[report.because](report.where)}${report.detail === '' ? '' : ` (${report.detail})`}.`;
    case 'no-printer':
      return 'This desk has no printer: give it one in the network file (printer).';
  }
}

export const letters: LetterWords = {
  ...mail,
  title: {
    loanReceipt: 'LOAN RECEIPT',
    returnReceipt: 'RETURN RECEIPT',
    activity: 'ACTIVITY REPORT',
    requests: 'REQUESTS REPORT',
    item: 'ITEM SLIP',
  },
  label: {
    title: 'Title',
    volume: 'Volume',
    barcode: 'Barcode',
    callNumber: 'Call number',
    location: 'Location',
    owner: 'Owned by',
    from: 'From',
    printed: 'Printed',
    requester: 'For',
    card: 'Card',
    request: 'Request',
    treatment: 'Treatment',
    note: 'Note',
    orderedBy: 'Ordered by',
    patron: 'Patron',
    lent: 'Lent',
    placed: 'Placed',
    due: 'Due',
    status: 'Status',
  },
  poster: {
    transit: 'SEND TO',
    pick: 'PICK FROM SHELF',
    hold: 'HOLD SHELF',
    department: 'DEPARTMENT',
    home: 'back to its library',
    forRequest: 'for a request',
    until: (day) => `until ${day}`,
  },
  treatment: { TREATMENT: 'internal treatment' },
  due: (moment) => `due ${moment}`,
  renewed: 'renewed',
  late: (count) => (count === 0 ? 'LATE' : `LATE by ${days(count)}`),
  returned: (moment) => `returned ${moment}`,
  returnedLate: (count) => (count === 0 ? 'late' : `${days(count)} late`),
  lentCount: (count) => plural(count, 'item lent', 'items lent'),
  returnedCount: (count) => plural(count, 'item returned', 'items returned'),
  onLoan: (count, late) => `${plural(count, 'loan', 'loans')} in all${late > 0 ? `, ${late} of them LATE` : ''}`,
  nothingOnLoan: 'Nothing on loan',
  nothingLent: 'No loans',
  nothingReturned: 'No returns',
  blockedUntil: (day) => `Blocked until ${day} (included).`,
  lateHeading: (count) => `LATE: ${plural(count, 'item', 'items')} to bring back without delay`,
  libraryHeading: (library, count) => `${library} (${count})`,
  nothingRequested: 'No open requests',
  requestCount: (count) => plural(count, 'open request', 'open requests'),
  requestState: {
    waiting: (library) => `waiting, pickup at ${library}`,
    travelling: (library) => `on its way to ${library}`,
    ready: (library, until) => `READY at ${library}${until === null ? '' : `, until ${until}`}`,
  },
  placed: (day) => `requested ${day}`,
  questions: (address) => `Questions? ${address}`,
  notOnLoan: 'is not on loan',
  rows: (count) => plural(count, 'row', 'rows'),
  printed,
  printer,
  failure,
};
