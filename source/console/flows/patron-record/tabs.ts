import type { BrowseSpec, RowCommand } from '../../browse.ts';
import { aroundTitle } from '../../../language/fit.ts';
import type { CommandName } from '../../keymap.ts';
import type { Runtime } from '../../runtime.ts';
import { openBrowse, refreshBrowse } from '../browse.ts';
import { refreshPane } from '../record.ts';

/** The tabs of a full record, in their order (USR-07). */
export const RECORD_TABS = [
  'general',
  'contacts',
  'identifiers',
  'notes',
  'blocks',
  'statistics',
  'letters',
  'history',
] as const;
export type RecordTab = (typeof RECORD_TABS)[number];

/** Whose record it is: what all its tabs know. */
export type About = { readonly patron: number; readonly name: string };

/** What every tab has of its record: the strip above it, the way to its neighbours. */
export type TabFrame = About & {
  readonly tab: RecordTab;
  readonly go: (tab: RecordTab) => Promise<void>;
};

/** All tabs in one line, the open one in brackets and capitals; where the name is not above it stands here, with the next tab. */
function strip(runtime: Runtime, { name, patron, tab }: TabFrame): string {
  const { tabs } = runtime.words().records;
  const key = runtime.keyFor('next-tab');
  const opened = `[${tabs[tab].toUpperCase()}]`;
  const isNamedAbove = runtime.store.get().record?.pane.patron.id === patron;
  if (isNamedAbove) return `${RECORD_TABS.map((one) => (one === tab ? opened : tabs[one])).join('  ')}  ${key} →`;
  const sentence = (who: string): string => `${who} · ${opened}  ${key} → ${tabs[neighbour(tab, 1)]}`;
  return aroundTitle(sentence, name, runtime.store.get().columns - 2);
}

const neighbour = (tab: RecordTab, by: number): RecordTab =>
  RECORD_TABS[(RECORD_TABS.indexOf(tab) + by + RECORD_TABS.length) % RECORD_TABS.length] ?? 'general';

/** A list as a tab of the record: it takes the place of the tab that was open, Tab goes on to the next one. */
export async function openTabOf<Row>(runtime: Runtime, frame: TabFrame, spec: BrowseSpec<Row>): Promise<void> {
  const step =
    (by: number): RowCommand<Row> =>
    async () =>
      frame.go(neighbour(frame.tab, by));
  const moves: Partial<Record<CommandName, RowCommand<Row>>> = { 'next-tab': step(1), 'previous-tab': step(-1) };
  await openBrowse(runtime, {
    ...spec,
    title: () => strip(runtime, frame),
    group: 'patron-record',
    patron: frame.patron,
    commands: { ...spec.commands, ...moves },
  });
}

/** Something about the record has changed: the pane above and the list below read again. */
export async function recordChanged(runtime: Runtime): Promise<void> {
  await refreshPane(runtime);
  await refreshBrowse(runtime);
}
