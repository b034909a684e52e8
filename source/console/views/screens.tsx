import { Box } from 'ink';
import SelectInput from 'ink-select-input';
import type { ReactNode } from 'react';
import { daysLate } from '../../circulation/due.ts';
import { dayOf } from '../../circulation/time.ts';
import type { Instant } from '../../circulation/time.ts';
import { placeName } from '../../desk/perform.ts';
import type { LoanView, PatronLine, RequestLine } from '../../desk/views.ts';
import { datesIn } from '../../language/dates.ts';
import { wordsIn } from '../../language/index.ts';
import { printable } from '../../language/printable.ts';
import { cut, fit, justify } from '../fit.ts';
import { shownPlaces } from '../flows/places.ts';
import { nameOf } from '../flows/record.ts';
import type { OpenRecord, ReturnRow, SessionRow, State } from '../state.ts';
import { Line } from './lines.tsx';
import { LATE, QUIET } from './style.ts';
import { Pane, Table } from './table.tsx';
import type { Column } from './table.tsx';

type Props = { readonly state: State; readonly height: number };

const wordsOf = (state: State) => wordsIn(state.language).console;
const datesOf = (state: State) => datesIn(state.language, state.timeZone);

/** Three lines above the field, for screens without a patron. */
export function titleLines(title: string, hint: string): ReactNode[] {
  return [
    <Line key="title" text={` ${title}`} style={{ bold: true }} />,
    <Line key="hint" text={` ${hint}`} style={QUIET} />,
    <Line key="blank" text="" />,
  ];
}

/** How a late loan is marked, in words (TAB-02). */
function statusText(
  state: State,
  loan: { readonly due: Instant; readonly lateFrom: Instant; readonly status: LoanView['status'] },
): string {
  const late = daysLate(loan, state.now, state.timeZone);
  if (state.now >= loan.lateFrom) return wordsOf(state).lists.late(late);
  return wordsIn(state.language).desk.loanStatus[loan.status];
}

const isLate = (state: State, loan: { readonly lateFrom: Instant }): boolean => state.now >= loan.lateFrom;

/** The sign of a marked line (TAB-04). */
const marked = (record: OpenRecord, row: { readonly barcode: string }): string =>
  record.marked.includes(row.barcode) ? '* ' : '';

/** Loans of the session (TAB-01): the latest first, with the scans that did not become a loan. */
function SessionTable({ state, record, height }: Props & { readonly record: OpenRecord }): ReactNode {
  const { columns: heads, emptyLoans } = wordsOf(state).lists;
  const columns: Column<SessionRow>[] = [
    { head: heads.title, width: 0, cell: (row) => marked(record, row) + row.title },
    { head: heads.barcode, width: 14, cell: (row) => printable(row.barcode) },
    { head: heads.due, width: 16, cell: (row) => (row.kind === 'loan' ? datesOf(state).short(row.due) : '') },
    { head: heads.status, width: 15, cell: (row) => (row.kind === 'loan' ? statusText(state, row) : row.why) },
  ];
  return (
    <Table
      columns={columns}
      rows={record.lent.slice(record.offset)}
      keyOf={(row, index) => `${row.barcode} ${record.lent.length - record.offset - index}`}
      chosen={record.selected - record.offset}
      width={state.columns}
      height={height}
      empty={emptyLoans}
      styleOf={(row) => (row.kind === 'not-lent' || isLate(state, row) ? LATE : {})}
    />
  );
}

/** All open loans, a window of them (TAB-02, TUI-12); `earlier`: those that have ended (RET-05). */
function LoansTable({
  state,
  record,
  height,
  earlier,
}: Props & { readonly record: OpenRecord; readonly earlier: boolean }): ReactNode {
  const words = wordsOf(state).lists;
  const columns: Column<LoanView>[] = [
    { head: words.columns.title, width: 0, cell: (row) => marked(record, row) + printable(row.title) },
    { head: words.columns.library, width: 7, cell: (row) => row.library },
    { head: words.columns.barcode, width: 13, cell: (row) => printable(row.barcode) },
    { head: words.columns.due, width: 16, cell: (row) => datesOf(state).short(row.due) },
    earlier
      ? {
          head: words.columns.returned,
          width: 16,
          cell: (row) => (row.returnedAt === null ? '' : datesOf(state).short(row.returnedAt)),
        }
      : { head: words.columns.status, width: 15, cell: (row) => statusText(state, row) },
  ];
  return (
    <Table
      columns={columns}
      rows={record.loans}
      keyOf={(row) => String(row.id)}
      chosen={record.selected - record.offset}
      width={state.columns}
      height={height}
      empty={earlier ? words.emptyEarlier : words.emptyAll}
      styleOf={(row) => (!earlier && isLate(state, row) ? LATE : {})}
    />
  );
}

/** Returns of a session: what happened stays readable in the item's own row (RET-05, RET-08). */
function ReturnsTable({
  state,
  rows,
  chosen,
  height,
}: Props & { readonly rows: readonly ReturnRow[]; readonly chosen: number }): ReactNode {
  const words = wordsOf(state).lists;
  const columns: Column<ReturnRow>[] = [
    { head: words.columns.title, width: 0, cell: (row) => row.title },
    { head: words.columns.patron, width: 16, cell: (row) => row.patron },
    {
      head: words.columns.due,
      width: 10,
      cell: (row) => (row.due === null ? '' : datesOf(state).numeric(dayOf(row.due, state.timeZone))),
    },
    { head: words.columns.next, width: 30, cell: (row) => row.next },
  ];
  const offset = Math.max(0, chosen - height + 2);
  return (
    <Table
      columns={columns}
      rows={rows.slice(offset)}
      keyOf={(row, index) => `${row.barcode} ${rows.length - offset - index}`}
      chosen={chosen - offset}
      width={state.columns}
      height={height}
      empty={words.emptyReturns}
      styleOf={(row) => (row.ok ? {} : LATE)}
    />
  );
}

function RequestsTable({ state, record, height }: Props & { readonly record: OpenRecord }): ReactNode {
  const words = wordsOf(state).lists;
  const dates = datesOf(state);
  const columns: Column<RequestLine>[] = [
    { head: words.columns.title, width: 0, cell: (row) => printable(row.title) },
    { head: words.columns.pickup, width: 10, cell: (row) => row.pickup },
    {
      head: words.columns.state,
      width: 30,
      cell: (row) =>
        `${words.requestState[row.state]}${row.heldUntil === null ? '' : ` · ${dates.numeric(row.heldUntil)}`}`,
    },
  ];
  return (
    <Table
      columns={columns}
      rows={record.requests}
      keyOf={(row) => String(row.id)}
      chosen={record.selected - record.offset}
      width={state.columns}
      height={height}
      empty={words.emptyRequests}
    />
  );
}

/** Who the record is about, what they have, which tab is open (PAT-05). */
export function patronLines(state: State, record: OpenRecord): ReactNode[] {
  const { pane } = record;
  const { patron } = pane;
  const words = wordsOf(state);
  const { columns } = state;
  const dates = datesOf(state);
  const today = dayOf(state.now, state.timeZone);
  const expired = patron.expiry !== null && today > patron.expiry;
  const expiry =
    patron.expiry === null
      ? words.patron.noExpiry
      : (expired ? words.patron.expired : words.patron.expires)(dates.numeric(patron.expiry));
  const groups = [patron.group ?? words.patron.noGroup, patron.campus].filter(Boolean).join(' · ');
  const inactive = patron.status === 'inactive' ? `   ${words.patron.inactive}` : '';
  const identifier = printable(patron.identifiers[0]?.value ?? '');
  const name = cut(nameOf(patron), Math.max(10, columns - 64));
  const first = justify(
    ` ${name}   ${identifier}   ${groups}   ${expiry}${inactive}`,
    `${words.patron.notes(pane.notes.length)} `,
    columns,
  );
  const counts = [
    words.patron.loans(pane.loans, pane.late),
    words.patron.requests(pane.requests, pane.onShelfHere, pane.onShelfElsewhere),
    words.patron.blocks(pane.blocks.length),
  ].join('    ');
  return [
    <Line key="name" text={first} style={{ bold: true }} />,
    <Line key="counts" text={` ${counts}`} style={pane.late > 0 || pane.blocks.length > 0 ? LATE : {}} />,
    <Line key="tabs" text={tabLine(state, record)} />,
  ];
}

function tabLine(state: State, record: OpenRecord): string {
  const words = wordsOf(state);
  const tabs = (['loans', 'returns', 'requests'] as const)
    .map((tab, index) =>
      tab === record.tab ? `[${words.tabs[tab]}] Alt+${index + 1}` : ` ${words.tabs[tab]}  Alt+${index + 1}`,
    )
    .join('  ');
  const { lists } = words;
  const all = record.tab === 'returns' ? lists.earlier : lists.all;
  const shown = record.all ? `${lists.session} · [${all}]` : `[${lists.session}] · ${all}`;
  return justify(` ${tabs}`, record.tab === 'requests' ? '' : `${shown} (Alt+T) `, state.columns);
}

/** The list of the open record, by tab and filter. */
export function RecordList({ state, record, height }: Props & { readonly record: OpenRecord }): ReactNode {
  if (record.tab === 'requests') return <RequestsTable state={state} record={record} height={height} />;
  if (record.tab === 'returns' && !record.all) {
    return <ReturnsTable state={state} rows={record.returned} chosen={record.selected} height={height} />;
  }
  if (record.all)
    return <LoansTable state={state} record={record} height={height} earlier={record.tab === 'returns'} />;
  return <SessionTable state={state} record={record} height={height} />;
}

/** Returns with no record open. */
export function ReturnsList({ state, height }: Props): ReactNode {
  return <ReturnsTable state={state} rows={state.returns} chosen={state.returnsSelected} height={height} />;
}

/** Patrons found, or the recent ones; how many there are is said above (PAT-01). */
export function MatchesList({ state, height }: Props): ReactNode {
  const { matches } = state;
  const words = wordsOf(state).identify;
  if (!matches) return <Pane lines={[]} offset={0} height={height} />;
  const columns: Column<PatronLine>[] = [
    { head: words.columns.name, width: 0, cell: (row) => nameOf(row) },
    { head: words.columns.identifier, width: 16, cell: (row) => printable(row.identifier) },
    { head: words.columns.group, width: 10, cell: (row) => row.group ?? '' },
    {
      head: words.columns.born,
      width: 11,
      cell: (row) => (row.birthDay === null ? '' : datesOf(state).numeric(row.birthDay)),
    },
  ];
  return (
    <Table
      columns={columns}
      rows={matches.lines}
      keyOf={(row) => String(row.id)}
      chosen={matches.selected - matches.offset}
      width={state.columns}
      height={height}
      empty={words.noMatch(printable(matches.text))}
    />
  );
}

/** The desks that can be chosen; the last one first (DESK-01). */
export function DesksList({
  state,
  height,
  onChoose,
}: Props & { readonly onChoose: (name: string) => void }): ReactNode {
  const words = wordsOf(state).desk;
  const items = shownPlaces(state).map((one) => {
    const kind = one.kind === 'desk' ? words.desk : words.department;
    const label = `${fit(placeName(one), 18)} ${fit(printable(one.libraryName), Math.max(10, state.columns - 60))} ${printable(one.name)} (${kind})`;
    return { key: placeName(one), value: placeName(one), label: cut(label, state.columns - 4) };
  });
  return (
    <Box flexDirection="column" height={height} overflow="hidden">
      <SelectInput
        items={items}
        limit={height}
        isFocused={state.focus === 'menu'}
        onSelect={(item) => {
          onChoose(item.value);
        }}
      />
    </Box>
  );
}

/** The accounts of a training copy, or what the first start asks. */
export function SignInList({ state, height }: Props): ReactNode {
  const words = wordsOf(state).signIn;
  const roles = wordsIn(state.language).desk.role;
  if (state.opening) return <Pane lines={['', ` ${words.opening}`]} offset={0} height={height} />;
  if (state.screen === 'first-administrator')
    return <Pane lines={['', ` ${words.firstHint}`]} offset={0} height={height} />;
  if (!state.training) return <Pane lines={[]} offset={0} height={height} />;
  const accounts = state.training.accounts.map(
    (one) => `   ${one.name.padEnd(12)} (${one.password.padEnd(10)})  ${roles[one.role] ?? one.role}`,
  );
  return (
    <Pane
      lines={['', { text: ` ${words.accounts}`, style: { bold: true } }, '', ...accounts, '', ` ${words.accountsHint}`]}
      offset={0}
      height={height}
    />
  );
}
