import type { BrowseSpec, RowCommand } from '../../browse.ts';
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

/** All tabs in one line, the open one in brackets and capitals. */
function strip(runtime: Runtime, { name, patron, tab }: TabFrame): string {
  const { tabs } = runtime.words().records;
  const isNamedAbove = runtime.store.get().record?.pane.patron.id === patron;
  const shown = RECORD_TABS.map((one) => (one === tab ? `[${tabs[one].toUpperCase()}]` : tabs[one]));
  return [...(isNamedAbove ? [] : [name]), shown.join('  ')].join(' · ');
}

/** A list as a tab of the record: it takes the place of the tab that was open, Tab goes on to the next one. */
export async function openTabOf<Row>(runtime: Runtime, frame: TabFrame, spec: BrowseSpec<Row>): Promise<void> {
  const at = RECORD_TABS.indexOf(frame.tab);
  const step = (by: number): RowCommand<Row> => {
    const next = RECORD_TABS[(at + by + RECORD_TABS.length) % RECORD_TABS.length] ?? 'general';
    return async () => frame.go(next);
  };
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
