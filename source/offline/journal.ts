import path from 'node:path';
import type { Instant } from '../circulation/time.ts';
import { MOST_ITEM, MOST_PATRON, usableCode } from './codes.ts';
import { problemOf } from './disk.ts';
import type { Problem } from './disk.ts';
import { openJournalFile, WIDE } from './journal-file.ts';
import type { JournalFile } from './journal-file.ts';
import { journalTime, knownZone } from './journal-time.ts';
import { parseLine, writeLine } from './line.ts';
import type { Transaction } from './line.ts';
import { keepCopy } from './readable-copy.ts';
import type { CsvWords } from './readable-copy.ts';

/** A transaction as it was written. */
export type JournalEntry = Transaction & {
  /** The machine's clock shows an earlier time than it did: the line has the time of the one before. */
  readonly clockWentBack: boolean;
};

/** A loan or a return to be recorded; `at`: when it happened, where that was not now. */
export type RecordRequest =
  | { readonly kind: 'loan'; readonly patron: string; readonly item: string; readonly at?: Instant }
  | { readonly kind: 'return'; readonly item: string; readonly at?: Instant };

export type Recorded =
  | { readonly kind: 'recorded'; readonly entry: JournalEntry }
  /** Empty, too long (80 characters for an item, 255 for a patron) or with control characters: nothing was written. */
  | { readonly kind: 'unusable'; readonly field: 'item' | 'patron' }
  | Problem;

/** The file into which a desk without its database writes (OFF-01). */
export type Journal = {
  readonly file: string;
  /** Its readable copy. */
  readonly csv: string;
  /** A half line of a killed writer, never acknowledged, that was moved to `NAME.torn`. */
  readonly torn: string | null;
  /** How many loans and returns the whole file has. */
  counts(): { readonly loans: number; readonly returns: number };
  /** The last ones, oldest first; at most 1,000 are remembered. */
  recent(limit: number): readonly JournalEntry[];
  /**
   * Writes a transaction and resolves when it is on the disk (REL-01); calls that overlap are done in order. A problem leaves
   * nothing behind: after `gone`, open another journal; after another, the same call may be tried again. Never throws.
   */
  record(request: RecordRequest): Promise<Recorded>;
  /** Waits for what is under way and lets the file go; more than once is harmless. */
  close(): Promise<void>;
};

export type JournalOptions = {
  /** `…/NAME.dat` */
  readonly file: string;
  /** Of the network; one that is not known: the machine's. */
  readonly timeZone: string;
  readonly clock: () => Instant;
  readonly csv: CsvWords;
};

export type Opened = { readonly kind: 'open'; readonly journal: Journal } | Problem;

const REMEMBERED = 1000;

/** What is to be written, with codes as they may be written; or the field that may not. */
function checked(request: RecordRequest): Omit<Transaction, 'day' | 'minutes'> | 'item' | 'patron' {
  const item = usableCode(request.item, MOST_ITEM);
  if (item === null) return 'item';
  if (request.kind === 'return') return { action: 'R', item, patron: null };
  const patron = usableCode(request.patron, MOST_PATRON);
  return patron === null ? 'patron' : { action: 'L', item, patron };
}

function journalOf(data: JournalFile, { file, timeZone, clock, csv }: JournalOptions): Journal {
  const { lines } = data.found;
  const copy = keepCopy(file, data.size, csv);
  const times = journalTime(knownZone(timeZone));
  times.resume(lines);
  const counted = { L: 0, R: 0 };
  for (const { action } of lines) counted[action] += 1;
  const remembered: JournalEntry[] = lines
    .slice(-REMEMBERED)
    .map(({ day, minutes, action, item, patron }) => ({ day, minutes, action, item, patron, clockWentBack: false }));
  let work: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;

  const write = async (request: RecordRequest): Promise<Recorded> => {
    const what = checked(request);
    if (typeof what === 'string') return { kind: 'unusable', field: what };
    const { clockWentBack, ...time } = times.next(what, request.at ?? clock(), request.at === undefined);
    const line: Transaction = { ...time, ...what };
    const text = writeLine(line);
    // A clock in the year 12026: what could not be read again is not written.
    const unreadable = parseLine(text.trimEnd(), false);
    if (typeof unreadable === 'string') return { kind: 'problem', problem: 'failed', file, detail: unreadable };
    const size = await data.append(text);
    if (typeof size !== 'number') return size;
    times.wrote(line);
    counted[line.action] += 1;
    copy.add(line, size);
    const entry = { ...line, clockWentBack };
    remembered.push(entry);
    if (remembered.length > REMEMBERED) remembered.shift();
    return { kind: 'recorded', entry };
  };
  return {
    file,
    csv: copy.file,
    torn: data.torn,
    counts: () => ({ loans: counted.L, returns: counted.R }),
    recent: (limit) => (limit > 0 ? remembered.slice(-limit) : []),
    async record(request) {
      if (closing !== undefined) return { kind: 'problem', problem: 'gone', file, detail: 'closed' };
      const recorded = work.then(async () => write(request)).catch((error: unknown) => problemOf(error, file));
      work = recorded;
      return recorded;
    },
    async close() {
      closing ??= work.then(async () => {
        await copy.settled();
        await data.close();
      });
      return closing;
    },
  };
}

/** Opens a journal, new or there already, for this process alone. */
export async function openJournal(options: JournalOptions): Promise<Opened> {
  const data = await openJournalFile(options.file);
  return 'kind' in data ? data : { kind: 'open', journal: journalOf(data, options) };
}

/** How many desks of one name may work in one folder at once. */
const MOST_FILES = 99;

/** A name as a file may have it: names from data never become paths (REL-06). */
const safeName = (name: string): string =>
  name
    .replaceAll(/[^\p{L}\p{N}._-]/gu, '_')
    .replace(/^[.-]+/, '')
    .slice(0, 60)
    .toWellFormed() || 'OffCirc';

/** Somebody else's: another process writes it, or an editor saved it in another encoding, and our lines would be junk in it. */
const isTaken = ({ problem, detail }: Problem): boolean => problem === 'locked' || detail === WIDE;

/** The journal of a desk in one folder: `NAME.dat`, or `NAME-2.dat` … where those before it are taken. */
async function openIn(folder: string, name: string, options: Omit<JournalOptions, 'file'>): Promise<Opened> {
  for (let number = 1; ; number += 1) {
    const file = path.join(folder, `${safeName(name)}${number === 1 ? '' : `-${number}`}.dat`);
    const opened = await openJournal({ ...options, file });
    if (opened.kind === 'open' || !isTaken(opened) || number === MOST_FILES) return opened;
  }
}

/**
 * Opens the journal of a desk (`LIB-DESK`, or `OffCirc` without one) in the first of the folders that can be written;
 * the problem of the first folder where none can.
 */
export async function openDeskJournal({
  folders,
  name,
  ...options
}: Omit<JournalOptions, 'file'> & { readonly folders: readonly string[]; readonly name: string }): Promise<Opened> {
  let first: Problem | undefined;
  for (const folder of folders) {
    const opened = await openIn(folder, name, options);
    if (opened.kind === 'open') return opened;
    first ??= opened;
  }
  return first ?? { kind: 'problem', problem: 'failed', file: name, detail: 'no folder' };
}
