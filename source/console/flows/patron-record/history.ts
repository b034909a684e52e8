import type { AuditLine } from '../../../desk/audit.ts';
import { patronHistory } from '../../../desk/patron-history.ts';
import { whoDid } from '../who-did.ts';
import type { Runtime } from '../../runtime.ts';
import { changedFields, entryLines } from './history-lines.ts';
import { openTabOf } from './tabs.ts';
import type { TabFrame } from './tabs.ts';

/** Who changed what in the record, when, from what to what (USR-07, USR-09). */
export async function showHistory(runtime: Runtime, frame: TabFrame): Promise<void> {
  const { patron } = frame;
  const words = () => runtime.words().audit;
  await openTabOf<AuditLine>(runtime, frame, {
    table: 'record-history',
    title: () => '',
    hint: () => runtime.words().records.historyHint,
    columns: () => {
      const { columns: heads, kind } = words();
      return [
        { name: 'at', head: heads.at, width: 16, cell: (row) => runtime.dates().short(row.at) },
        { name: 'what', head: heads.what, width: 24, cell: (row) => kind[row.kind] },
        {
          name: 'fields',
          head: runtime.words().records.columns.field,
          width: 0,
          cell: (row) => changedFields(runtime, row),
        },
        { name: 'who', head: heads.who, width: 9, cell: (row) => whoDid(runtime, row) },
        { name: 'where', head: heads.where, width: 10, byDefault: false, cell: (row) => row.desk ?? '' },
      ];
    },
    keyOf: (row) => String(row.id),
    empty: () => words().none,
    read: async (window) => {
      const found = await runtime.perform(patronHistory, { patron, window });
      if (found.kind === 'audit') return found;
      runtime.refuse(found);
      return undefined;
    },
    open: async (row) => {
      const who = [runtime.dates().dated(row.at), whoDid(runtime, row), row.desk ?? ''];
      const head = who.filter(Boolean).join(' · ');
      const lines = [head, '', ...entryLines(runtime, row)];
      runtime.store.set({ overlay: { kind: 'lines', title: words().kind[row.kind], lines, offset: 0 } });
    },
  });
}
