import { deleteHolding } from '../../desk/catalogue-holdings.ts';
import { openTitle } from '../../desk/catalogue-search.ts';
import { deleteTitle } from '../../desk/catalogue-titles.ts';
import { showItem } from '../../desk/show.ts';
import type { ItemState } from '../../desk/show.ts';
import type { HoldingView, TitleItem, TitleView, Window } from '../../desk/views.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';
import { closeBrowse, openBrowse, refreshBrowse } from './browse.ts';
import { cardColumns, cardLines } from './card-lines.ts';
import type { CardLine } from './card-lines.ts';
import { removeItem } from './item-actions.ts';
import { editItem, newItem } from './item-form.ts';
import { askWhatItIs } from './loans.ts';
import { openFromList } from './open-from-list.ts';
import { openRecord } from './record.ts';
import { showQueue } from './request-actions.ts';
import { placeByForm } from './requests-place.ts';
import { editHolding, editTitle, newHolding } from './title-forms.ts';

/** The card of an item: status, borrower, notes; from it the history, the title and the borrower's record (ITEM-03). */
export async function showItemCard(runtime: Runtime, barcode: string): Promise<void> {
  let code = barcode;
  const seen: { state: ItemState | undefined } = { state: undefined };
  await openBrowse<CardLine>(runtime, {
    table: 'item-card',
    title: () => runtime.words().itemCard.head(printable(seen.state?.item.title ?? code)),
    hint: () => runtime.words().itemCard.hint,
    columns: cardColumns,
    keyOf: (row) => `${row.name} ${row.value}`,
    empty: () => runtime.words().scanIn.unknown(printable(code)),
    itemOf: () => seen.state?.item.barcode,
    patronOf: () => seen.state?.patron?.id,
    tone: (row) => (row.name === 'title' ? 'head' : 'plain'),
    read: async (window) => {
      const found = await runtime.perform(showItem, { barcode: code });
      if (found.kind !== 'item') {
        if (found.kind !== 'unknown') runtime.refuse(found);
        return { total: 0, lines: [] };
      }
      seen.state = found;
      const lines = cardLines(runtime, found);
      return { total: lines.length, lines: lines.slice(window.offset, window.offset + window.limit) };
    },
    open: async (row) => {
      if (row.name === 'borrower' && seen.state?.patron) return openFromList(runtime, seen.state.patron.id);
      if (seen.state) return showTitle(runtime, seen.state.item.titleId);
    },
    scan: async (next) => scanAnything(runtime, next),
    commands: {
      edit: async () => {
        const changed = seen.state && (await editItem(runtime, seen.state.item));
        if (changed !== undefined) code = changed;
        await refreshBrowse(runtime);
      },
      delete: async () => {
        if (seen.state && (await removeItem(runtime, seen.state.item.barcode, seen.state.item.title)))
          await closeBrowse(runtime);
      },
    },
  });
  if (!seen.state) await closeBrowse(runtime);
  if (!seen.state) runtime.tell('refusal', runtime.words().scanIn.unknown(printable(barcode)));
}

/** A scan where nothing else is expected: a card opens its record, an item its card. */
export async function scanAnything(runtime: Runtime, code: string): Promise<void> {
  const what = await askWhatItIs(runtime, code);
  if (typeof what === 'object') {
    runtime.store.set({ browse: [], under: null });
    await openRecord(runtime, what.patronId);
  } else if (what === 'item') await showItemCard(runtime, code);
  else if (what === 'neither')
    runtime.tell('refusal', runtime.words().identify.unknown(printable(code), runtime.keyFor('register')));
}

/** A line of a title: one of its holdings, or an item of the holding above it. */
type Line =
  | { readonly kind: 'holding'; readonly holding: HoldingView }
  | { readonly kind: 'item'; readonly item: TitleItem };

function statusOf(runtime: Runtime, item: TitleItem): string {
  const { lists, itemCard } = runtime.words();
  if (item.process === null) return lists.inPlace;
  const more =
    item.due === null ? (item.destination ?? item.hold?.pickup ?? '') : itemCard.due(runtime.dates().short(item.due));
  return [lists.process[item.process], more].filter(Boolean).join(' ');
}

/** The lines of a window: holdings, each with its items beneath it. `items` are those of the title from number `from` on. */
function linesIn(window: Window, holdings: readonly HoldingView[], items: readonly TitleItem[], from: number): Line[] {
  const lines: Line[] = [];
  const end = window.offset + window.limit;
  let at = 0;
  let item = 0;
  for (const holding of holdings) {
    if (at >= window.offset && at < end) lines.push({ kind: 'holding', holding });
    at += 1;
    const first = Math.max(0, window.offset - at);
    const last = Math.min(holding.items, end - at);
    for (let index = first; index < last; index += 1) {
      const found = items[item + index - from];
      if (found) lines.push({ kind: 'item', item: found });
    }
    at += holding.items;
    item += holding.items;
  }
  return lines;
}

/** A title with its holdings and items; from it everything about them is changed. */
export async function showTitle(runtime: Runtime, id: number): Promise<void> {
  const seen: { title: TitleView | undefined; holdings: readonly HoldingView[] } = { title: undefined, holdings: [] };
  const words = () => runtime.words().catalogue;
  await openBrowse<Line>(runtime, {
    table: 'title',
    title: () => words().titleHead(printable(seen.title?.title ?? ''), printable(seen.title?.author ?? '')),
    hint: () =>
      [seen.title?.year, seen.title?.isbn, seen.title?.suppressed ? words().suppressed : '', words().titleHint]
        .filter(Boolean)
        .join(' · '),
    columns: () => {
      const { lists } = runtime.words();
      return [
        {
          name: 'what',
          head: words().columns.what,
          width: 0,
          cell: (row) =>
            row.kind === 'holding'
              ? `${row.holding.location} ${printable(row.holding.callNumber ?? '')}`
              : `   ${printable(row.item.barcode)} ${printable(row.item.description ?? '')}`,
        },
        {
          name: 'material',
          head: lists.columns.material,
          width: 10,
          cell: (row) => (row.kind === 'item' ? row.item.material : ''),
        },
        {
          name: 'policy',
          head: words().columns.policy,
          width: 9,
          cell: (row) => (row.kind === 'item' ? (row.item.policy ?? '') : ''),
        },
        {
          name: 'status',
          head: lists.columns.status,
          width: 30,
          cell: (row) => (row.kind === 'item' ? statusOf(runtime, row.item) : words().items(row.holding.items)),
        },
        {
          name: 'notes',
          head: words().columns.notes,
          width: 5,
          cell: (row) =>
            row.kind === 'item' && (row.item.notes.fulfilment || row.item.notes.public || row.item.notes.internal)
              ? '!'
              : '',
        },
      ];
    },
    keyOf: (row) => (row.kind === 'holding' ? `h${row.holding.id}` : `i${row.item.id}`),
    tone: (row) => (row.kind === 'holding' ? 'head' : 'plain'),
    itemOf: (row) => (row.kind === 'item' ? row.item.barcode : undefined),
    empty: () => words().noItems,
    read: async (window) => {
      // Each holding before the window is a line that is no item.
      const from = Math.max(0, window.offset - seen.holdings.length);
      const limit = window.limit + seen.holdings.length;
      const found = await runtime.perform(openTitle, { title: id, window: { offset: from, limit } });
      if (found.kind !== 'title') {
        if (found.kind === 'unknown') return { total: 0, lines: [] };
        runtime.refuse(found);
        return undefined;
      }
      seen.title = found.title;
      seen.holdings = found.holdings;
      const lines = linesIn(window, found.holdings, found.items, from);
      return { total: found.holdings.length + found.total, lines };
    },
    open: async (row) => {
      if (row.kind === 'item') return showItemCard(runtime, row.item.barcode);
      await editHolding(runtime, row.holding);
      await refreshBrowse(runtime);
    },
    commands: {
      request: async (row) =>
        placeByForm(
          runtime,
          row?.kind === 'item' && row.item.description !== null ? { item: row.item.barcode } : { title: id },
        ),
      queue: async () => showQueue(runtime, id),
      add: async (row) => {
        if (!seen.title) return;
        const own = row?.kind === 'holding' ? [row.holding, ...seen.holdings] : seen.holdings;
        if (own.length === 0) await newHolding(runtime, seen.title);
        else await newItem(runtime, seen.title, own);
        await refreshBrowse(runtime);
      },
      edit: async () => {
        if (seen.title) await editTitle(runtime, seen.title);
        await refreshBrowse(runtime);
      },
      delete: async (row) => {
        if (row?.kind === 'item') await removeItem(runtime, row.item.barcode, seen.title?.title ?? '');
        else if (row) await removeHolding(runtime, row.holding);
        else if (seen.title) await removeTitle(runtime, seen.title);
        await refreshBrowse(runtime);
      },
    },
  });
}

async function confirmed(runtime: Runtime, title: string): Promise<boolean> {
  const answer = await runtime.ask({ title, lines: [], why: [], choices: ['answer-yes', 'answer-cancel'] });
  return answer === 'answer-yes';
}

async function removeHolding(runtime: Runtime, holding: HoldingView): Promise<void> {
  const words = runtime.words().catalogue;
  if (!(await confirmed(runtime, words.askDeleteHolding(holding.location)))) return;
  const outcome = await runtime.perform(deleteHolding, { holding: holding.id, also: 'what-is-empty' });
  if (outcome.kind === 'deleted') return runtime.tell('done', words.deletedHolding(holding.location));
  if (outcome.kind === 'in-use') return runtime.tell('refusal', words.inUse[outcome.because]);
  return runtime.refuse(outcome);
}

async function removeTitle(runtime: Runtime, title: TitleView): Promise<void> {
  const words = runtime.words().catalogue;
  const shown = printable(title.title);
  if (!(await confirmed(runtime, words.askDeleteTitle(shown)))) return;
  const outcome = await runtime.perform(deleteTitle, { title: title.id, also: 'what-is-empty' });
  if (outcome.kind === 'in-use') return runtime.tell('refusal', words.inUse[outcome.because]);
  if (outcome.kind !== 'deleted') return runtime.refuse(outcome);
  await closeBrowse(runtime);
  runtime.tell('done', words.deletedAll(shown));
}
