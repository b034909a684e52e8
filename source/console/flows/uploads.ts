import path from 'node:path';
import { dayOf, instantOf, minutesOf, parseLocal } from '../../circulation/time.ts';
import { listPlaces } from '../../desk/sign-in.ts';
import type { PlaceChoice } from '../../desk/sign-in.ts';
import { placeName } from '../../desk/perform.ts';
import { aroundPath, wrap } from '../../language/fit.ts';
import { printable } from '../../language/printable.ts';
import { factsOf, holdFile, readFileToUpload } from '../../offline/index.ts';
import type { HeldFile, OfflineFile, PendingJournal } from '../../offline/index.ts';
import type { Runtime } from '../runtime.ts';
import { openBrowse } from './browse.ts';
import { countWaiting } from './waiting-files.ts';
import { runUpload } from './uploads/run.ts';
import { showResult } from './uploads/result.ts';

/** `sci-PRET.dat` → `sci/PRET`, where there is such a desk. */
function deskOfFile(file: string, places: readonly PlaceChoice[]): PlaceChoice | undefined {
  const name = path
    .basename(file)
    .replace(/(-\d+)?\.dat$/i, '')
    .toLowerCase();
  return places.find((one) => `${one.library}-${one.code}`.toLowerCase() === name);
}

const momentIn = (runtime: Runtime, at: { day: string; minutes: number } | null): string =>
  at === null ? '' : runtime.dates().moment(instantOf(at.day, at.minutes, runtime.store.get().timeZone));

/** Says what is in the file, and asks; the desk is where the lines are recorded. */
async function confirm(
  runtime: Runtime,
  content: OfflineFile,
  place: PlaceChoice,
  other: string | null,
): Promise<boolean> {
  const words = runtime.words().offline.upload;
  const room = runtime.store.get().columns - 6;
  const { loans, returns, bad, from, to } = factsOf(content);
  const said = (time: string | null): string => {
    const at = time === null ? undefined : parseLocal(time, runtime.store.get().timeZone);
    return at === undefined ? '' : runtime.dates().moment(at);
  };
  const facts = { loans, returns, bad, from: said(from), to: said(to), desk: placeName(place) };
  const answer = await runtime.ask({
    title: words.check(loans + returns + bad),
    lines: [
      ...wrap(words.checkLines(facts), room),
      ...(other === null ? [] : ['', ...wrap(words.otherDesk(other), room)]),
    ],
    why: [],
    choices: ['answer-upload', 'answer-cancel'],
  });
  return answer === 'answer-upload';
}

/** Uploads a file that is held: checks it, asks, applies its lines, says what came of it, archives it (OFF-04). */
async function uploadHeld(
  runtime: Runtime,
  file: string,
  place: PlaceChoice,
  other: string | null,
  held: HeldFile | null,
) {
  const words = runtime.words().offline.upload;
  const name = printable(path.basename(file));
  const read = await readFileToUpload(file).catch(() => undefined);
  if (!read) return runtime.tell('refusal', aroundPath(words.unreadable, printable(file), room(runtime)));
  const { content, digest } = read;
  // A file in which nothing is a transaction is none of ours: nothing of it is kept, and it stays where it is.
  if (content.lines.length === 0) {
    const { bad } = factsOf(content);
    return runtime.tell('warning', bad > 0 ? words.notOffline(name, bad) : words.empty(name));
  }
  if (!(await confirm(runtime, content, place, other))) return undefined;
  const done = await runUpload(runtime, { file: path.basename(file), digest, content }, place);
  if (done === undefined) return undefined;
  const { timeZone } = runtime.store.get();
  const now = runtime.now();
  const archived = await held?.archive({ day: dayOf(now, timeZone), minutes: minutesOf(now, timeZone) });
  return showResult(runtime, path.basename(file), done, archived?.kind === 'archived' ? archived.file : null);
}

const room = (runtime: Runtime): number => runtime.store.get().columns - 2;

/** Uploads one file at a desk (OFF-04). */
async function uploadFile(runtime: Runtime, file: string, wanted?: string): Promise<void> {
  const words = runtime.words().offline.upload;
  const found = await runtime.perform(listPlaces, {});
  if (found.kind !== 'places') return runtime.refuse(found);
  const desks = found.places.filter((one) => one.kind === 'desk');
  const named = deskOfFile(file, desks);
  const { place: here } = runtime.store.get();
  const place = desks.find((one) => placeName(one) === (wanted ?? (here ? placeName(here) : '')));
  if (!place) return runtime.tell('refusal', words.unknownDesk(printable(wanted ?? '')));
  const other = named && placeName(named) !== placeName(place) ? placeName(named) : null;
  const held = await holdFile(file);
  if (held.kind === 'problem' && held.problem !== 'read-only') {
    const { trouble } = runtime.words().offline;
    if (held.problem === 'gone')
      return runtime.tell('refusal', aroundPath(words.noFile, printable(file), room(runtime)));
    return runtime.tell('refusal', words.notHeld(printable(path.basename(file)), trouble[held.problem]));
  }
  try {
    await uploadHeld(runtime, file, place, other, held.kind === 'held' ? held : null);
  } finally {
    if (held.kind === 'held') await held.release();
    await countWaiting(runtime);
  }
}

/** Uploads the journal that this desk has just closed. */
export const uploadJournal = async (runtime: Runtime, file: string): Promise<void> => uploadFile(runtime, file);

/** Any other file, and the desk where it was written. */
async function nameFile(runtime: Runtime): Promise<void> {
  const words = runtime.words().offline.upload;
  const { place } = runtime.store.get();
  const values = await runtime.askForm({
    key: 'upload',
    title: words.choose,
    fields: [
      { kind: 'text', name: 'file', label: words.path, value: '', hint: words.pathHint },
      { kind: 'text', name: 'desk', label: words.desk, value: place ? placeName(place) : '' },
    ],
  });
  if (!values || String(values['file']).trim() === '') return;
  await uploadFile(runtime, path.resolve(String(values['file']).trim()), String(values['desk']).trim());
}

/** Offline files that wait for their upload (OFF-04). */
export async function showUploads(runtime: Runtime): Promise<void> {
  const words = () => runtime.words().offline.upload;
  const stateOf = ({ holder }: PendingJournal): string => words().state[holder === 'nobody' ? 'waits' : 'in-use'];
  await openBrowse<PendingJournal>(runtime, {
    table: 'uploads',
    title: () => words().title,
    hint: () => words().hint(runtime.keyFor('add')),
    columns: () => [
      { name: 'file', head: words().column.file, width: 0, cell: ({ file }) => printable(path.basename(file)) },
      { name: 'count', head: words().column.count, width: 7, cell: (one) => String(one.loans + one.returns + one.bad) },
      { name: 'from', head: words().column.from, width: 19, cell: ({ first }) => momentIn(runtime, first) },
      { name: 'to', head: words().column.to, width: 19, cell: ({ last }) => momentIn(runtime, last) },
      { name: 'state', head: words().column.state, width: 8, cell: stateOf },
    ],
    keyOf: ({ file }) => file,
    empty: () => words().none,
    read: async ({ offset, limit }) => {
      const all = (await runtime.offline?.pending()) ?? [];
      return { total: all.length, lines: all.slice(offset, offset + limit) };
    },
    open: async ({ file }) => uploadFile(runtime, file),
    commands: { add: async () => nameFile(runtime) },
  });
}
