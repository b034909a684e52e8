import { activateNext, reshelve, send } from '../../desk/requests-clear-shelf.ts';
import { shelf } from '../../desk/requests-shelf.ts';
import type { ShelfLine } from '../../desk/requests-shelf.ts';
import { widthOf } from '../../language/fit.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';
import { openBrowse, refreshBrowse } from './browse.ts';
import { sentence } from './lending.ts';
import { openFromList } from './open-from-list.ts';
import { printSlip } from './receipts.ts';
import { cancelByForm, changeExpiry, explainCopy, showQueue } from './request-actions.ts';
import { slipOf } from './slips.ts';

/** The active shelf and the three lists of the expired one (HOLD-02, HOLD-03). */
const LISTS = ['active', 'reshelve', 'send', 'next', 'expired'] as const;
type List = (typeof LISTS)[number];

const SORTS = ['placed', 'expiry', 'patron', 'callNumber', 'title'] as const;

const DOES = { reshelve, send, next: activateNext } as const;

/** What a list does with its lines; lines of *expired* each do what is theirs. */
async function treat(
  runtime: Runtime,
  list: 'reshelve' | 'send' | 'next',
  lines: readonly ShelfLine[],
): Promise<number> {
  const words = runtime.words().shelves;
  const outcome = await runtime.perform(DOES[list], { items: lines.map((one) => one.item) });
  if (outcome.kind !== 'shelved') {
    runtime.refuse(outcome);
    return 0;
  }
  let done = 0;
  for (const line of outcome.lines) {
    if (line.kind === 'done') {
      done += 1;
      const instruction = runtime.deskWords().instruction(line.instruction, runtime.say());
      runtime.tell(
        'done',
        sentence(runtime, (title) => `${instruction} · ${title}`, printable(line.item.title)),
      );
      if (runtime.store.get().modes.slips && line.instruction.next !== 'reshelve')
        await printSlip(runtime, line.item, slipOf(line.instruction));
    } else runtime.tell('refusal', words.notThere[line.reason](line.key));
  }
  return done;
}

/** The hold shelves of this library (HOLD-01 to HOLD-05): active, and expired in its three lists, each with its action. */
export async function showShelf(runtime: Runtime): Promise<void> {
  const words = () => runtime.words().shelves;
  let list: List = 'active';
  let sort: (typeof SORTS)[number] = 'placed';
  let counts: Readonly<Record<List, number>> | undefined;
  const again = async (): Promise<void> => {
    await refreshBrowse(runtime, { selected: 0, offset: 0, marked: [] });
  };
  const tabs = (pad: string): string =>
    LISTS.map((one) => {
      const text = `${words().lists[one]} ${counts?.[one] ?? ''}`.trim();
      return one === list ? `[${text}]` : `${pad}${text}${pad}`;
    }).join(' ');
  /** A large shelf's counts need the room that stands between them otherwise. */
  const head = (): string => {
    const { place, columns } = runtime.store.get();
    const wide = words().head(place?.library ?? '', tabs(' '));
    return widthOf(wide) < columns - 1 ? wide : tabs('');
  };
  await openBrowse<ShelfLine>(runtime, {
    table: 'hold-shelf',
    scansIn: true,
    title: head,
    name: () => words().head(runtime.store.get().place?.library ?? '', `· ${words().lists[list]}`),
    next: () => words().scanned,
    hint: () => (list === 'active' ? words().activeHint : words().expiredHint(words().does[list])),
    columns: () => {
      const { columns: heads } = words();
      const dates = runtime.dates();
      return [
        { name: 'patron', head: heads.patron, width: 13, cell: (row) => printable(row.patron ?? '') },
        {
          name: 'title',
          head: heads.title,
          width: 0,
          cell: (row) => printable([row.title, row.description].filter(Boolean).join(' · ')),
        },
        { name: 'barcode', head: heads.barcode, width: 11, cell: (row) => printable(row.item) },
        {
          name: 'since',
          head: heads.since,
          width: 6,
          byDefault: false,
          cell: (row) => dates.dayAndMonth(row.heldSince),
        },
        {
          name: 'until',
          head: heads.until,
          width: 12,
          cell: (row) => {
            if (row.cancelled) return words().cancelled;
            const until = row.heldUntil === null ? '' : dates.numeric(row.heldUntil);
            return row.expired ? `! ${until}` : until;
          },
        },
        {
          name: 'next',
          head: heads.next,
          width: 18,
          cell: (row) =>
            row.next === null ? '' : words().next[row.next](row.destination ?? '', printable(row.nextRequester ?? '')),
        },
        {
          name: 'callNumber',
          head: heads.callNumber,
          width: 14,
          byDefault: false,
          cell: (row) => printable(row.callNumber ?? ''),
        },
        { name: 'library', head: heads.library, width: 8, byDefault: false, cell: (row) => row.itemLibrary },
      ];
    },
    keyOf: (row) => `${row.request} ${row.item}`,
    itemOf: (row) => row.item,
    patronOf: (row) => row.patronId ?? undefined,
    tone: (row) => (row.expired || row.cancelled ? 'late' : 'plain'),
    empty: () => words().nothing,
    read: async (window) => {
      const found = await runtime.perform(shelf, { list, sort, window });
      if (found.kind !== 'shelf') {
        runtime.refuse(found);
        return undefined;
      }
      counts = found.counts;
      return found;
    },
    open: async (row) => {
      if (row.patronId !== null) await openFromList(runtime, row.patronId);
    },
    commands: {
      'other-list': async () => {
        list = LISTS[(LISTS.indexOf(list) + 1) % LISTS.length] ?? 'active';
        await again();
      },
      'sort-list': async () => {
        sort = SORTS[(SORTS.indexOf(sort) + 1) % SORTS.length] ?? 'placed';
        await again();
        runtime.tell('information', words().sortedBy(words().sorts[sort]));
      },
      done: async (row, marked) => {
        const lines = marked.length > 0 ? marked : row ? [row] : [];
        const still = lines.filter((one) => one.next === null);
        if (still.length > 0 || lines.length === 0) return runtime.tell('information', words().notExpired);
        const treated = { reshelve: 0, send: 0, next: 0 };
        for (const one of ['reshelve', 'send', 'next'] as const) {
          const mine = lines.filter((line) => line.next === one);
          if (mine.length > 0) treated[one] = await treat(runtime, one, mine);
        }
        await again();
        if (treated.reshelve + treated.send + treated.next > 1) runtime.tell('done', words().treated(treated));
      },
      'change-due': async (row) => {
        if (row?.cancelled === true) {
          const { expiryOfCancelled } = runtime.words().requests;
          runtime.tell('refusal', sentence(runtime, expiryOfCancelled, printable(row.title)));
        } else if (row) {
          await changeExpiry(runtime, { id: row.request, title: row.title, heldUntil: row.heldUntil });
        }
      },
      delete: async (row) => {
        if (row) await cancelByForm(runtime, { id: row.request, title: row.title });
      },
      rules: async (row) => {
        if (row) await explainCopy(runtime, row.request);
      },
      queue: async (row) => {
        if (row) await showQueue(runtime, row.titleId);
      },
    },
  });
}
