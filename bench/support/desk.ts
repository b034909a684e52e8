import type { BenchDatabase } from './databases.ts';
import { makeHome } from './home.ts';
import { openTerminal } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import type { Borrower } from './supply.ts';

/** The first row of the screen that can be a list's: header, patron, field and answer are above. */
const LIST_ROW = 8;
/** Nothing written for so long: the scan before is done with. */
const CALM_MS = 40;

/** Keys as a terminal sends them. */
export const KEYS = {
  returns: '\u001BOR',
  scanIn: '\u001BOS',
  pickList: '\u001B[15~',
  holdShelf: '\u001B[17~',
  pageDown: '\u001B[6~',
  down: '\u001B[B',
  right: '\u001B[C',
  edit: '\u001Bm',
  otherList: '\u001Bt',
  save: '\u0013',
  escape: '\u001B',
} as const;

/** The part of a screen where its list stands. */
export const listOf = (screen: string): string => screen.split('\n').slice(LIST_ROW).join('\n');

/** The console at the loan desk, as somebody sits before it. */
export type Desk = {
  readonly terminal: Terminal;
  /** Opens a patron's record by their card. */
  card(borrower: Borrower): Promise<void>;
  /** Scans an item; answers with the milliseconds from its last byte until its row was on the screen. */
  scan(barcode: string): Promise<number>;
  close(): Promise<void>;
};

/** Whether the record of a patron is open on the screen. */
export const isOpen =
  ({ card }: Borrower) =>
  (screen: string): boolean =>
    screen.split('\n')[2]?.includes(card) === true;

export const hasRow =
  (barcode: string) =>
  (screen: string): boolean =>
    listOf(screen).includes(barcode);

/** Opens `guichet demo` on the data set and sits down at the loan desk of a library. */
export async function openDesk({ url }: BenchDatabase, library = 'sci'): Promise<Desk> {
  const home = await makeHome();
  const terminal = openTerminal(['demo', '--db', url, '--as', 'bib', '--desk', `${library}/PRET`], home.env);
  const close = async (): Promise<void> => {
    await terminal.close();
    await home.remove();
  };
  try {
    await terminal.shown((screen) => screen.includes('IDENTIFICATION LECTEUR'));
    await terminal.calm(CALM_MS);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    terminal,
    close,
    async card(borrower) {
      terminal.write(`${borrower.card}\r`);
      await terminal.shown(isOpen(borrower));
      await terminal.calm(CALM_MS);
    },
    async scan(barcode) {
      const start = performance.now();
      terminal.write(`${barcode}\r`);
      const at = await terminal.shown(hasRow(barcode));
      await terminal.calm(CALM_MS);
      return at - start;
    },
  };
}

/** Opens a desk, does something at it, and closes it whatever happens. */
export async function atDesk<T>(
  database: BenchDatabase,
  work: (desk: Desk) => Promise<T>,
  library?: string,
): Promise<T> {
  const desk = await openDesk(database, library);
  try {
    return await work(desk);
  } finally {
    await desk.close();
  }
}
