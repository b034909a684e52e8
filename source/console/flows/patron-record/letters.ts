import { dayOf } from '../../../circulation/time.ts';
import { listLetters, printLetter, readLetter, sendAgain } from '../../../desk/letters.ts';
import type { LetterLine } from '../../../desk/letters.ts';
import { wordsIn } from '../../../language/index.ts';
import { wrap } from '../../../language/fit.ts';
import { printable } from '../../../language/printable.ts';
import type { Runtime } from '../../runtime.ts';
import { sentence } from '../lending.ts';
import { letterMeans, letters } from '../letter-means.ts';
import { openTabOf, recordChanged } from './tabs.ts';
import type { TabFrame } from './tabs.ts';

/** What the state of a letter is called. */
function stateOf(runtime: Runtime, line: LetterLine): string {
  const words = wordsIn(runtime.store.get().language).letters;
  return words.state[line.state];
}

/** The day on which a letter was written. */
const dayWritten = (runtime: Runtime, at: number): string =>
  runtime.dates().numeric(dayOf(at, runtime.store.get().timeZone));

/** What was written to a patron, as it was written (USR-07). */
async function view(runtime: Runtime, letter: number): Promise<void> {
  const found = await runtime.perform(readLetter, { letter });
  const words = runtime.words().records;
  if (found.kind === 'gone') return runtime.tell('refusal', words.gone);
  if (found.kind !== 'letter') return runtime.refuse(found);
  const { columns } = runtime.store.get();
  const { letterText } = await letters();
  const { subject, lines } = letterText(found.letter, await letterMeans(runtime));
  const text = lines.flatMap((line) => (line === '' ? [''] : wrap(printable(line), columns - 6)));
  runtime.store.set({ overlay: { kind: 'lines', title: printable(subject), lines: text, offset: 0 } });
}

/** Prints a letter on the desk's printer; the code of an identity message is made for this paper. */
export async function printHere(runtime: Runtime, letter: number): Promise<void> {
  const outcome = await runtime.perform(printLetter, { letter });
  const words = runtime.words().records;
  if (outcome.kind === 'gone') return runtime.tell('refusal', words.gone);
  if (outcome.kind === 'external') return runtime.tell('refusal', words.noPassword);
  if (outcome.kind !== 'printed') return runtime.refuse(outcome);
  const { letterOnPaper, letterText } = await letters();
  const means = await letterMeans(runtime);
  const lines = letterOnPaper(outcome.letter, means, outcome.code ?? undefined);
  runtime.print({ title: letterText(outcome.letter, means).subject, lines });
}

/** Saves a letter as a file beside the exported lists, as it left, or as it would (LET-04). */
async function download(runtime: Runtime, letter: number): Promise<void> {
  const found = await runtime.perform(readLetter, { letter });
  const words = runtime.words().records;
  if (found.kind === 'gone') return runtime.tell('refusal', words.gone);
  if (found.kind !== 'letter') return runtime.refuse(found);
  const { renderLetter } = await letters();
  const { html } = found.letter.said ?? renderLetter(found.letter, await letterMeans(runtime));
  const written = await runtime.saveFile(`${found.letter.kind}-${letter}.html`, Buffer.from(html, 'utf8'));
  if (written.kind === 'failed') runtime.tell('refusal', words.letterNotSaved(written.because));
  else runtime.tell('done', words.letterSaved(written.file));
}

/** Queues a letter once more, for the address that is preferred now. */
export async function sendOnceMore(runtime: Runtime, letter: number): Promise<void> {
  const outcome = await runtime.perform(sendAgain, { letter });
  const words = runtime.words().records;
  if ('address' in outcome) {
    const address = printable(outcome.address);
    const isNew = outcome.kind === 'queued';
    runtime.tell(isNew ? 'done' : 'information', sentence(runtime, isNew ? words.sentAgain : words.waits, address));
  } else if (outcome.kind === 'no-address') runtime.tell('refusal', words.noAddress);
  else if (outcome.kind === 'gone') runtime.tell('refusal', words.gone);
  else if (outcome.kind === 'external') runtime.tell('refusal', words.noPassword);
  else runtime.refuse(outcome);
}

/** The letters of a record, the newest first: read, print, send again (USR-07). */
export async function showLetters(runtime: Runtime, frame: TabFrame): Promise<void> {
  const { patron } = frame;
  const words = () => runtime.words().records;
  await openTabOf<LetterLine>(runtime, frame, {
    table: 'record-letters',
    title: () => '',
    hint: () =>
      words().lettersHint(runtime.keyFor('print-slip'), runtime.keyFor('download'), runtime.keyFor('send-again')),
    columns: () => [
      { name: 'at', head: words().columns.at, width: 10, cell: (row) => dayWritten(runtime, row.createdAt) },
      {
        name: 'letter',
        head: words().columns.letter,
        width: 0,
        cell: (row) => wordsIn(runtime.store.get().language).letters.kinds[row.kind],
      },
      { name: 'address', head: words().columns.address, width: 24, cell: (row) => printable(row.address ?? '') },
      { name: 'state', head: words().columns.state, width: 10, cell: (row) => stateOf(runtime, row) },
    ],
    keyOf: (row) => String(row.id),
    tone: (row) => (row.state === 'failed' ? 'late' : 'plain'),
    empty: () => words().noLetters,
    read: async (window) => {
      const found = await runtime.perform(listLetters, { patron, window });
      if (found.kind === 'letters') return found;
      runtime.refuse(found);
      return undefined;
    },
    open: async (row) => view(runtime, row.id),
    commands: {
      'print-slip': async (row) => {
        if (!row) return;
        await printHere(runtime, row.id);
        await recordChanged(runtime);
      },
      download: async (row) => {
        if (row) await download(runtime, row.id);
      },
      'send-again': async (row) => {
        if (!row) return;
        await sendOnceMore(runtime, row.id);
        await recordChanged(runtime);
      },
    },
  });
}
