import { Box } from 'ink';
import SelectInput from 'ink-select-input';
import type { ReactNode } from 'react';
import { dayOf } from '../../circulation/time.ts';
import { placeName } from '../../desk/perform.ts';
import type { PatronLine } from '../../desk/views.ts';
import { datesIn } from '../../language/dates.ts';
import { wordsIn } from '../../language/index.ts';
import { printable } from '../../language/printable.ts';
import { cut, fit, justify, widthOf } from '../../language/fit.ts';
import { shownPlaces } from '../flows/places.ts';
import { nameOf } from '../flows/names.ts';
import { keysOf } from '../keymap.ts';
import type { OpenRecord, State } from '../state.ts';
import { Line } from './lines.tsx';
import { LATE, QUIET } from './style.ts';
import { Pane, Table } from './table.tsx';
import type { Column } from './table.tsx';

type Props = { readonly state: State; readonly height: number };

const wordsOf = (state: State) => wordsIn(state.language).console;
const datesOf = (state: State) => datesIn(state.language, state.timeZone);

/** Three lines above the field, for screens without a patron. */
export function titleLines(title: string, hint: string, next = ''): ReactNode[] {
  return [
    <Line key="title" text={` ${title}`} style={{ bold: true }} />,
    <Line key="hint" text={` ${hint}`} style={QUIET} />,
    <Line key="next" text={next === '' ? '' : ` ${next}`} style={QUIET} />,
  ];
}

/** The hint of the returns screen: the date that counts while book-drop mode is on (RET-04). */
export function bookDropHint(state: State): string {
  const { bookDrop } = state.modes;
  const words = wordsOf(state).modes;
  return bookDrop === null ? '' : words.bookDropSince(datesOf(state).moment(bookDrop));
}

/** As what one scans in: at the circulation desk, or in a department (SCAN-01). */
export function scanInTitle(state: State): string {
  const words = wordsOf(state).scanIn;
  const { place } = state;
  return place?.kind === 'department'
    ? words.asDepartment(printable(place.name))
    : words.asDesk(printable(place?.name ?? ''));
}

/** What scanning in means here. */
export function scanInHint(state: State): string {
  const words = wordsOf(state).scanIn;
  if (state.modes.inHouse) return words.inHouseOn;
  return state.place?.kind === 'department' ? words.departmentHint : words.deskHint;
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
  const verify = keysOf(state.keymap, 'verify', state.language)[0] ?? '';
  const parts = [
    ...(pane.verified === null ? [words.records.notVerifiedHere(verify)] : []),
    words.patron.loans(pane.loans, pane.late, pane.lateHere),
    words.patron.requests(pane.requests, pane.onShelfHere, pane.onShelfElsewhere),
    words.patron.blocks(pane.blocks.length),
  ];
  const wide = parts.join('    ');
  const counts = widthOf(wide) < columns ? wide : parts.join('  ');
  return [
    <Line key="name" text={first} style={{ bold: true }} />,
    <Line
      key="counts"
      text={` ${counts}`}
      style={pane.late > 0 || pane.blocks.length > 0 || pane.verified === null ? LATE : {}}
    />,
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
  return justify(
    ` ${tabs}`,
    record.tab === 'requests' ? `${words.requests.tabHint} ` : `${shown} (Alt+T) `,
    state.columns,
  );
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
      lines={[
        '',
        { text: ` ${words.accounts}`, style: { bold: true } },
        '',
        ...accounts,
        '',
        ` ${words.accountsHint}`,
        ` ${wordsOf(state).lessons.list.signIn(wordsOf(state).keyName(keysOf(state.keymap, 'lessons', state.language)[0] ?? ''))}`,
      ]}
      offset={0}
      height={height}
    />
  );
}
