import { listLoans, listRequests, listReturned } from '../../desk/patrons.ts';
import { aroundPath } from '../../language/fit.ts';
import { chosenColumns } from '../columns.ts';
import type { Runtime } from '../runtime.ts';
import type { State } from '../state.ts';
import { recordColumns } from '../views/record-columns.ts';
import { topBrowse } from './browse.ts';

/** Rows that are read at once while a list is written. */
const PAGE = 200;

/** The list that is shown, whole: its title, the heads of its columns, and its rows as they are read. */
export type ShownList = {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: () => AsyncIterable<readonly string[]>;
  /** The list has gone out whole. */
  readonly gone?: () => Promise<void>;
};

type Column<Row> = { readonly head: string; readonly name: string; readonly cell: (row: Row) => string };

async function* pages<Row>(
  read: (window: { offset: number; limit: number }) => Promise<{ total: number; lines: readonly Row[] } | undefined>,
): AsyncGenerator<Row> {
  for (let offset = 0; ; offset += PAGE) {
    const found = await read({ offset, limit: PAGE });
    if (!found) return;
    yield* found.lines;
    if (offset + PAGE >= found.total || found.lines.length === 0) return;
  }
}

function listFrom<Row>(
  title: string,
  columns: readonly Column<Row>[],
  rows: () => AsyncIterable<Row> | Iterable<Row>,
): ShownList {
  return {
    title,
    heads: columns.map((one) => one.head),
    async *rows() {
      for await (const row of rows()) yield columns.map((one) => one.cell(row).trim());
    },
  };
}

/** The rows of the record's list, from the screen or page by page from the desk. */
function recordRows(runtime: Runtime, state: State): (() => AsyncIterable<unknown> | Iterable<unknown>) | undefined {
  const { record, screen } = state;
  if (screen === 'returns') return () => state.returns;
  if (screen === 'scan-in') return () => state.scannedIn;
  if (!record) return undefined;
  const patron = record.pane.patron.id;
  if (record.tab === 'requests') {
    return () =>
      pages(async (window) => {
        const found = await runtime.perform(listRequests, { patron, window });
        return found.kind === 'requests' ? found : undefined;
      });
  }
  if (!record.all) return () => (record.tab === 'loans' ? record.lent : record.returned);
  return () =>
    pages(async (window) => {
      const found =
        record.tab === 'loans'
          ? await runtime.perform(listLoans, { patron, order: record.order, window })
          : await runtime.perform(listReturned, { patron, window });
      return found.kind === 'loans' ? found : undefined;
    });
}

/** The list that is shown, with the columns as the operator has them; undefined where no list is. */
export function shownList(runtime: Runtime): ShownList | undefined {
  const state = runtime.store.get();
  const top = topBrowse(runtime);
  if (top) {
    const columns = chosenColumns(state, top.source.table, top.source.columns(runtime));
    const seen: unknown[] = [];
    const { exported } = top.source;
    const title = (top.source.name ?? top.source.title)(runtime);
    const list = listFrom(title, columns, async function* rows() {
      for await (const row of pages(top.source.read)) {
        if (exported) seen.push(row);
        yield row;
      }
    });
    return exported ? { ...list, gone: async () => exported(seen) } : list;
  }
  const here = recordColumns(state);
  const rows = recordRows(runtime, state);
  if (!here || !rows) return undefined;
  const columns = chosenColumns(state, here.table, here.columns as readonly Column<unknown>[]);
  const words = runtime.words();
  const title =
    state.screen === 'returns'
      ? words.returning.title
      : state.screen === 'scan-in'
        ? words.command['scan-in'].name
        : words.tabs[state.record?.tab ?? 'loans'];
  return listFrom(title, columns, rows);
}

/** The list that is shown, to a spreadsheet, to CSV or to the desk's printer (TUI-09). */
export async function exportList(runtime: Runtime): Promise<void> {
  const list = shownList(runtime);
  const words = runtime.words().exporting;
  if (!list) return runtime.tell('information', words.noList);
  const answer = await runtime.ask(
    {
      title: words.how(list.title),
      lines: [words.where(await runtime.exportFolder())],
      why: [],
      choices: ['answer-xlsx', 'answer-csv', 'answer-print', 'answer-cancel'],
    },
    { silent: true },
  );
  runtime.store.set({ answer: null });
  if (answer === 'answer-cancel') return;
  if (answer === 'answer-print') return printList(runtime, list);
  const format = answer === 'answer-xlsx' ? 'xlsx' : 'csv';
  const outcome = await runtime.exportTable(list, format);
  if (outcome.kind === 'written') {
    await list.gone?.();
    const room = runtime.store.get().columns - 2;
    runtime.tell(
      'done',
      aroundPath((file) => words.written(outcome.rows, file), outcome.file, room),
    );
  } else runtime.tell('refusal', words.failed(outcome.because));
}

async function printList(runtime: Runtime, list: ShownList): Promise<void> {
  if (!runtime.hasPrinter()) return;
  const { listOnPaper, paperFor } = await import('../../letters/index.ts');
  const { network, timeZone, language } = runtime.store.get();
  const rows: (readonly string[])[] = [];
  for await (const row of list.rows()) rows.push(row);
  const on = paperFor({ columns: runtime.paperColumns(), language, network, timeZone });
  await list.gone?.();
  const columns = list.heads.map((head) => ({ head }));
  runtime.print({ title: list.title, lines: listOnPaper({ title: list.title, at: runtime.now(), columns, rows }, on) });
}
