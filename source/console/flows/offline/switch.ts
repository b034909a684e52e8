import type { AwayReason } from '../../../desk/away.ts';
import { isPermitted } from '../../../desk/permissions.ts';
import { aroundPath, wrap } from '../../../language/fit.ts';
import type { CommandName } from '../../keymap.ts';
import type { Runtime } from '../../runtime.ts';
import type { OfflineDesk, OfflineRow, State } from '../../state.ts';
import { printable } from '../../../language/printable.ts';
import { nameOf } from '../names.ts';
import { openRecord, showIdentification } from '../record.ts';
import { showReturns } from '../returns.ts';
import { uploadJournal } from '../uploads.ts';
import { countWaiting } from '../waiting-files.ts';
import { openOfflineJournal } from './journal.ts';
import { changeDesk, rowsOfJournal } from './record.ts';

/** What the desk was doing: it goes on with that. */
function goesOnWith({ record, screen, under }: State): Pick<OfflineDesk, 'mode' | 'borrower'> {
  const beneath = under?.screen ?? screen;
  if (!record) return { mode: beneath === 'returns' ? 'return' : 'loan', borrower: null };
  const { patron } = record.pane;
  const [first] = patron.identifiers;
  return {
    mode: record.tab === 'returns' ? 'return' : 'loan',
    borrower: first ? { code: first.value, name: nameOf(patron) } : null,
  };
}

/** Rows of the database that stay in sight offline. */
const KEPT = 10;

/**
 * What the database has taken of this reader, or of these returns, just before: nobody shall have to wonder whether the
 * last item is recorded, and record it again (REL-01). Numbered below zero, so that they are no rows of the file.
 */
function takenByTheDatabase({ record, returns }: State, mode: OfflineDesk['mode']): OfflineRow[] {
  const rows =
    mode === 'loan'
      ? (record?.lent.filter(({ kind }) => kind === 'loan') ?? [])
      : (record?.returned ?? returns).filter(({ ok }) => ok);
  const [card] = record?.pane.patron.identifiers ?? [];
  return rows.slice(0, KEPT).map((row, index) => ({
    number: -1 - index,
    at: null,
    action: mode,
    item: printable(row.barcode),
    patron: card && record ? printable(card.value) : null,
    name: record ? nameOf(record.pane.patron) : 'patron' in row ? row.patron : null,
  }));
}

/**
 * Goes on without the database (OFF-03): loans and returns are written into the journal of this desk, nothing is checked.
 * `because`: why the database is not used; null: somebody wanted it so. False: there is nowhere to write either, and that
 * has been said.
 */
export async function goOffline(runtime: Runtime, because: AwayReason | null = null, alone = false): Promise<boolean> {
  const means = runtime.offline;
  if (runtime.store.get().offline) return true;
  if (!means) return false;
  const words = runtime.words().offline;
  // The file has local times: the network's, as far as it is known here.
  const kept = runtime.store.get().network ? undefined : await runtime.outage.kept();
  if (kept) runtime.store.set({ timeZone: kept.timeZone });
  const opened = await openOfflineJournal(runtime, means);
  if (opened.kind === 'problem') {
    const trouble = words.trouble[opened.problem];
    const room = runtime.store.get().columns - 2;
    runtime.tell(
      'refusal',
      aroundPath((file) => words.cannotGo(trouble, file), printable(opened.file), room),
    );
    return false;
  }
  const { journal } = opened;
  const { loans, returns } = journal.counts();
  const state = runtime.store.get();
  const doing = goesOnWith(state);
  const desk: OfflineDesk = {
    ...doing,
    rows: [...takenByTheDatabase(state, doing.mode), ...rowsOfJournal(runtime, journal)],
    selected: 0,
    file: journal.file,
    count: loans + returns,
    because,
    back: false,
    alone,
  };
  runtime.store.set({
    screen: 'offline',
    offline: desk,
    opening: false,
    record: null,
    matches: null,
    overlay: null,
    browse: [],
    under: null,
    itemMatches: null,
    unknownItem: null,
    unknownCard: null,
    orphans: [],
    clearsIn: null,
    field: { label: '', value: '', masked: false },
  });
  changeDesk(runtime, {});
  runtime.tell('warning', words.nowOffline);
  return true;
}

/** Who may upload what was recorded; nobody where nobody has signed in. */
const mayUpload = ({ staff, place }: State): boolean =>
  staff !== null && place !== null && isPermitted(staff.roles, 'upload-offline', place.library);

/** The database answers again: offers to go back to it, and to upload (OFF-03). */
export async function askBack(runtime: Runtime): Promise<void> {
  const state = runtime.store.get();
  const { offline } = state;
  if (!offline || offline.alone) return;
  const words = runtime.words().offline.back;
  const may = mayUpload(state) && offline.count > 0;
  const room = state.columns - 6;
  const answer = await runtime.ask({
    title: words.title,
    lines: [
      offline.count > 0
        ? aroundPath((file) => words.lines(offline.count, file), printable(offline.file), room)
        : words.nothing,
      ...(state.staff !== null && offline.count > 0 && !may ? wrap(words.noRight, room) : []),
    ],
    why: [],
    choices: [...(may ? (['answer-upload'] as const) : []), 'answer-online', 'answer-later'] satisfies CommandName[],
  });
  if (answer === 'answer-upload') return comeBack(runtime, true);
  if (answer === 'answer-online') return comeBack(runtime, false);
  return runtime.tell('information', runtime.words().offline.backHint(runtime.keyFor('work-offline')));
}

/** Back to the database: the record that was open is opened again. */
export async function comeBack(runtime: Runtime, uploads: boolean): Promise<void> {
  const { offline, staff, place } = runtime.store.get();
  if (!offline) return;
  const { file, count, borrower, mode } = offline;
  await runtime.offline?.close();
  const words = runtime.words().offline.back;
  // It has just answered: the header says so before anything else is asked of it.
  runtime.store.set({ offline: null, away: false });
  if (!staff || !place) return runtime.arrive();
  if (mode === 'return') showReturns(runtime);
  else showIdentification(runtime);
  if (count === 0) runtime.tell('done', words.returned);
  else runtime.tell('warning', words.returnedWaiting(count, runtime.keyFor('uploads')));
  await countWaiting(runtime);
  if (uploads) await uploadJournal(runtime, file);
  else if (borrower && mode === 'loan') await openRecord(runtime, borrower.code);
}
