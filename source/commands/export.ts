import { columnsIn, LIST_NAMES, listKeys, readList, rowsOfList, unanswerable } from '../desk/lists.ts';
import type { ListColumn, ListName, ListQuestion, ListRow } from '../desk/lists.ts';
import type { Seat } from '../desk/perform.ts';
import { formOf } from '../exchange/tables/index.ts';
import type { Cell, TableColumn } from '../exchange/tables/index.ts';
import { listCells } from '../language/list-cells.ts';
import { report } from './context.ts';
import type { Context } from './context.ts';
import { withDatabase } from './database.ts';
import type { Opened } from './database.ts';
import { misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { notWritten, separatorIn, writeAndNote } from './list-file.ts';
import { typedAs } from './parse.ts';
import { hoped } from './refusals.ts';
import { officeSeat } from './seat.ts';
import { nearest } from './suggest.ts';

/** Rows that are read at once: CSV is written without more of a list in memory. */
const PAGE = 500;
/** Sums are few (a row per day and desk), and read in one piece. */
const SUMS = { offset: 0, limit: 1_000_000 };

const isList = (name: string): name is ListName => (LIST_NAMES as readonly string[]).includes(name);

/** What is asked for, and the file; throws Failure for what is written wrongly. */
function asked({ input, options, words }: Context): { question: ListQuestion; file: string } {
  const { usage } = words.commands;
  const [list = ''] = input;
  if (!isList(list))
    throw misused(usage.notOneOf(words.commands.command.export.arguments, list, LIST_NAMES, nearest(list, LIST_NAMES)));
  const file = options.text('to');
  if (file === undefined) throw misused(usage.noValue('--to'));
  if (formOf(file) === undefined) throw misused(words.lists.fileProblem['unknown-form'](file));
  const given = <Name extends 'library' | 'campus' | 'from' | 'patron'>(name: Name): Partial<Record<Name, string>> => {
    const value = options.text(name);
    return value === undefined ? {} : ({ [name]: value } as Record<Name, string>);
  };
  const to = options.text('toDay');
  const days = options.text('days');
  if (days !== undefined && !/^\d{1,4}$/.test(days)) throw misused(usage.notANumber('--days', days));
  const sort = options.text('sort');
  // A minus before it would be an option.
  const by = sort?.replace(/:desc$/, '') ?? '';
  const columns: readonly string[] = columnsIn(list);
  if (sort !== undefined && !columns.includes(by))
    throw misused(usage.notOneOf('--sort', by, columns, nearest(by, columns)));
  const silent = unanswerable(list)
    .map((one) => (one === 'to' ? 'toDay' : one))
    .find((one) => options.text(one) !== undefined || options.has(one));
  if (silent !== undefined) throw misused(usage.notOfList(typedAs(silent), list));
  return {
    file,
    question: {
      list,
      ...given('library'),
      ...given('campus'),
      ...given('from'),
      ...given('patron'),
      ...(to === undefined ? {} : { to }),
      ...(days === undefined ? {} : { days: Number(days) }),
      ...(options.has('tooLong') ? { tooLong: true } : {}),
      ...(sort === undefined ? {} : { sort: { by, descending: sort !== by } }),
    },
  };
}

/** All rows of a list, read piece by piece. */
async function* rowsOf(
  context: Context,
  { perform }: Opened,
  seat: Seat,
  question: ListQuestion,
  keys: readonly number[] | null,
): AsyncGenerator<ListRow> {
  const say = context.words.commands.refusal;
  if (keys === null) {
    yield* hoped(await perform(seat, readList, { ...question, window: SUMS }), say).rows;
    return;
  }
  for (let start = 0; start < keys.length; start += PAGE) {
    const piece = keys.slice(start, start + PAGE);
    yield* hoped(await perform(seat, rowsOfList, { list: question.list, keys: piece }), say).rows;
  }
}

/** Rows as a file has them: codes by their names, in the language of the command. */
async function* cellsOf(
  context: Context,
  { network, timeZone }: Opened,
  columns: readonly ListColumn[],
  rows: AsyncIterable<ListRow>,
): AsyncGenerator<Cell[]> {
  const { value } = listCells(network, context.language, timeZone);
  for await (const row of rows) yield columns.map(({ key, type }) => value(type, row[key]));
}

const cellType = ({ type }: ListColumn): TableColumn['type'] =>
  type === 'number' || type === 'instant' || type === 'day' ? type : 'text';

/** Shows how far it is, on a terminal only, in one line that is written over. */
function progressOn({ machine, words }: Context, total: number | undefined): (rows: number) => void {
  const { stderr } = machine;
  if (!stderr.isTTY || total === undefined) return () => undefined;
  return (rows) => {
    stderr.write(`\r${words.lists.progress(rows, total)}\u001B[K`);
    if (rows + PAGE * 2 > total) stderr.write('\r\u001B[K');
  };
}

/**
 * `guichet export LIST --to FILE.xlsx|.csv` (TUI-09, JOB-05): writes a list, in the language of the command, and notes it
 * in the audit. A file that exists is refused without `--replace`. Ctrl-C gives up and leaves nothing behind.
 */
export async function run(context: Context): Promise<Status> {
  const { words, language, options } = context;
  const { question, file } = asked(context);
  const givingUp = new AbortController();
  const giveUp = (): void => {
    givingUp.abort();
  };
  process.once('SIGINT', giveUp);
  try {
    return await withDatabase(context, {}, async (opened) => {
      if (opened.network === null) throw refused(words.commands.network.none);
      const seat = await officeSeat(context, opened);
      const listed = await opened.perform(seat, listKeys, question);
      if (listed.kind === 'invalid' && listed.path === 'patron' && listed.problem === 'empty')
        throw misused(words.commands.usage.noValue('--patron'));
      const { keys, columns } = hoped(listed, words.commands.refusal);
      const { list, patron, ...rest } = question;
      const table = {
        name: words.lists.list[list],
        columns: columns.map((column) => ({ head: words.lists.column[column.key], type: cellType(column) })),
        total: keys?.length,
        rows: cellsOf(context, opened, columns, rowsOf(context, opened, seat, question, keys)),
      };
      const outcome = await writeAndNote(
        { perform: opened.perform, seat },
        table,
        file,
        {
          timeZone: opened.timeZone,
          separator: separatorIn(language),
          replace: options.has('replace'),
          signal: givingUp.signal,
          progress: progressOn(context, keys?.length),
        },
        { list, asked: rest, ...(patron === undefined ? {} : { patron }) },
      );
      const written = hoped(outcome, words.commands.refusal);
      if (written.kind !== 'written') {
        const isThere = written.kind === 'failed' && written.because === 'exists';
        throw refused(`${notWritten(written, words.lists)}${isThere ? ' (--replace)' : ''}`);
      }
      const { rows, form } = written;
      report(context, { list, file, form, rows }, () => [words.lists.written(rows, file)]);
      return 0;
    });
  } finally {
    process.off('SIGINT', giveUp);
  }
}
