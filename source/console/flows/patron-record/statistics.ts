import { editPatron } from '../../../desk/edit-patron.ts';
import { readPatronRecord } from '../../../desk/patron-record.ts';
import { printable } from '../../../language/printable.ts';
import type { Runtime } from '../../runtime.ts';
import { openTabOf, recordChanged } from './tabs.ts';
import type { TabFrame } from './tabs.ts';

type Line = {
  readonly code: string;
  readonly type: string;
  readonly name: string;
  readonly has: boolean;
  readonly locked: boolean;
};

/** All statistical categories of the network, with those of the record; Enter gives or takes one (USR-07). */
export async function showStatistics(runtime: Runtime, frame: TabFrame): Promise<void> {
  const { patron } = frame;
  const words = () => runtime.words().records;
  let own: readonly string[] = [];

  const toggle = async (row: Line): Promise<void> => {
    if (row.locked) return runtime.tell('refusal', words().locked(runtime.keyFor('open-for-update')));
    const statistics = row.has ? own.filter((code) => code !== row.code) : [...own, row.code];
    const outcome = await runtime.perform(editPatron, { patron, change: { statistics } });
    if (outcome.kind === 'changed')
      runtime.tell('done', row.has ? words().statisticTaken(row.name) : words().statisticGiven(row.name));
    else if (outcome.kind === 'unchanged') runtime.tell('information', words().unchanged);
    else if (outcome.kind === 'locked') runtime.tell('refusal', words().locked(runtime.keyFor('open-for-update')));
    else if (outcome.kind === 'changed-meanwhile' || outcome.kind === 'purge-before-expiry')
      runtime.tell('refusal', words().changedMeanwhile);
    else runtime.refuse(outcome);
    await recordChanged(runtime);
  };

  await openTabOf<Line>(runtime, frame, {
    table: 'record-statistics',
    title: () => '',
    hint: () => words().statisticsHint,
    columns: () => [
      { name: 'has', head: '', width: 3, cell: (row) => (row.locked ? '[=]' : row.has ? '[x]' : '[ ]') },
      { name: 'code', head: words().columns.code, width: 8, cell: (row) => row.code },
      { name: 'name', head: words().columns.statistic, width: 0, cell: (row) => row.name },
      { name: 'type', head: words().columns.type, width: 20, cell: (row) => row.type },
    ],
    keyOf: (row) => row.code,
    tone: (row) => (row.locked ? 'quiet' : 'plain'),
    empty: () => words().noStatistics,
    read: async ({ offset, limit }) => {
      const found = await runtime.perform(readPatronRecord, { patron });
      if (found.kind !== 'record') {
        runtime.refuse(found);
        return undefined;
      }
      const { network, language } = runtime.store.get();
      const has = found.record.statistics;
      own = has.filter((one) => !one.external).map((one) => one.code);
      const known = network?.statistics ?? [];
      const forgotten = has.filter((one) => !known.some(({ code }) => code === one.code));
      const lines = [
        ...known.map(({ code, type, name }): Line => {
          const mine = has.find((one) => one.code === code);
          const typeName = network?.statisticTypes?.find((one) => one.code === type)?.name[language] ?? type;
          return {
            code,
            type: printable(typeName),
            name: printable(name[language]),
            has: mine !== undefined,
            locked: mine?.locked ?? false,
          };
        }),
        ...forgotten.map(({ code, locked }): Line => ({ code, type: '', name: code, has: true, locked })),
      ].toSorted((one, other) => Number(other.has) - Number(one.has));
      return { total: lines.length, lines: lines.slice(offset, offset + limit) };
    },
    open: toggle,
    commands: {
      edit: async (row) => {
        if (row) await toggle(row);
      },
    },
  });
}
