import type { OpenBrowse } from '../../browse.ts';
import {
  answer,
  atMost,
  clearAway,
  command,
  commandHere,
  count,
  dayTyped,
  offers,
  read,
  text,
  texts,
} from './hands.ts';
import type { Next, Sight } from './hands.ts';
import { fillForm } from './forms.ts';
import { atItem, atList, atRecord, atRow, atTab, atTitle, isOpen, topList } from './places.ts';
import type { Way } from './places.ts';
import { press, times } from '../../guide/strokes.ts';

/** `scan-in`: in-house use as the step wants it; which request, where there are several; whether a treatment is done. */
export function scanIn(sight: Sight): Next {
  const { state, fields } = sight;
  const barcode = text(sight, 'item') ?? '';
  const wanted = text(sight, 'request');
  if (state.form?.key === 'choose-request' && wanted !== undefined)
    return fillForm(sight, { request: String(sight.requestCalled(wanted) ?? '') });
  if (state.prompt && count(sight, `read ${barcode}`) > 0) {
    const isTreated = fields['treated'] === true && offers(sight, 'answer-treated');
    if (isTreated) return answer(sight, 'answer-treated');
    return offers(sight, 'answer-item') ? answer(sight, 'answer-item') : clearAway(sight);
  }
  const open = clearAway(sight);
  if (open) return open;
  if (state.screen !== 'scan-in') return atMost(sight, 3, 'scan-in', command(sight, 'scan-in'));
  if (state.modes.inHouse !== (fields['inHouse'] === true))
    return atMost(sight, 2, 'in-house', command(sight, 'in-house'));
  return read(sight, barcode);
}

/** `work-order`: on the item's card. */
export function workOrder(sight: Sight): Next {
  const barcode = text(sight, 'item') ?? '';
  const { form } = sight.state;
  if (form?.key === `item ${barcode} treatment`) {
    const department = text(sight, 'department');
    const choice = form.fields.find((one) => one.name === 'department');
    const option =
      choice?.kind === 'choice'
        ? choice.options.find((one) => one.value === department || one.value.endsWith(`/${department}`))
        : undefined;
    return fillForm(sight, {
      ...(option ? { department: option.value } : {}),
      note: text(sight, 'note') ?? '',
    });
  }
  const item = atItem(sight, barcode);
  return item === 'there' ? atMost(sight, 2, 'work-order', command(sight, 'work-order')) : item;
}

/** `request`: from the record, by way of the catalogue. */
export function request(sight: Sight): Next {
  const { state } = sight;
  const item = text(sight, 'item');
  const { form } = state;
  if (form?.key === 'request patron') return fillForm(sight, { patron: text(sight, 'patron') ?? '' });
  if (form?.key.startsWith('request volume')) return fillForm(sight, { item: item ?? '' });
  if (form && /^patron \d* request /.test(form.key)) {
    const pickup = text(sight, 'pickup');
    const until = text(sight, 'until');
    return fillForm(sight, {
      ...(pickup === undefined ? {} : { pickup }),
      ...(until === undefined ? {} : { until: dayTyped(sight, until) }),
      note: text(sight, 'note') ?? '',
    });
  }
  const patron = text(sight, 'patron') ?? '';
  if (!topList(sight, 'catalogue') || !isOpen(sight, patron)) {
    const record = atRecord(sight, patron);
    if (record !== 'there') return record;
    const tab = atTab(sight, 'requests');
    if (tab !== 'there') return tab;
  }
  const title = atTitle(sight, item ?? text(sight, 'title') ?? '');
  return title === 'there' ? atMost(sight, 2, 'request', command(sight, 'request')) : title;
}

/** The number of the request in a row of any list that shows requests. */
function requestIn(row: unknown): number | undefined {
  const { request: number, id } = row as { request?: unknown; id?: unknown };
  if (typeof number === 'number') return number;
  return typeof id === 'number' ? id : undefined;
}

const LISTS_OF_REQUESTS = ['queue', 'pick-list', 'hold-shelf'];

/** To the line of a request: in the list that is open, in the record that is, else in the queue of its title. */
function atRequest(sight: Sight): Way {
  const { state, request: found } = sight;
  const open = clearAway(sight);
  if (open) return open;
  if (!found) return undefined;
  const top = state.browse.at(-1);
  const is = (row: unknown): boolean => requestIn(row) === found.id;
  if (top && LISTS_OF_REQUESTS.includes(top.source.table)) {
    const row = atRow(sight, top, is);
    if (row) return row;
    // The queue of another title.
    if (top.source.table === 'queue') return press('Escape');
  }
  const { record } = state;
  const mine = record && record.tab === 'requests' && state.browse.length === 0 ? record.requests.findIndex(is) : -1;
  if (record && mine >= 0) {
    const by = record.offset + mine - record.selected;
    return by === 0 ? 'there' : times(by > 0 ? 'Down' : 'Up', Math.abs(by));
  }
  const title = atTitle(sight, found.title);
  return title === 'there' ? atMost(sight, 2, 'queue', command(sight, 'queue')) : title;
}

/** `cancel-request`: on its line, wherever one is. */
export function cancelRequest(sight: Sight): Next {
  const { fields } = sight;
  if (/^request \d+ cancel$/.test(sight.state.form?.key ?? ''))
    return fillForm(sight, { reason: text(sight, 'reason') ?? '', notify: fields['notify'] !== false });
  const line = atRequest(sight);
  return line === 'there' ? atMost(sight, 2, 'cancel', command(sight, 'delete')) : line;
}

/** `show: {request}`: why this copy, on its line. */
export function showRequest(sight: Sight): Next {
  const line = atRequest(sight);
  return line === 'there' ? atMost(sight, 2, 'why', command(sight, 'rules')) : line;
}

const FILTERS = ['location', 'destination', 'type', 'printed', 'reported'] as const;

/** `pick-list`: opened anew; with its filters. */
export function pickList(sight: Sight): Next {
  const { state, fields } = sight;
  const asked = FILTERS.filter((name) => fields[name] !== undefined);
  if (state.form?.key === 'pick-list') {
    const said = asked.map((name): [string, string] => {
      const value = fields[name];
      return [name, typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)];
    });
    return fillForm(sight, Object.fromEntries(said));
  }
  const open = clearAway(sight);
  if (open) return open;
  if (count(sight, 'pick-list') === 0 && (asked.length === 0 || !topList(sight, 'pick-list')))
    return atMost(sight, 1, 'pick-list', command(sight, 'pick-list'));
  return asked.length === 0 ? undefined : atMost(sight, 2, 'filters', commandHere(sight, 'edit'));
}

/** Whether a row is the pick or the line that the step means. */
function meant(sight: Sight): (row: unknown) => boolean {
  const name = text(sight, 'request');
  const id = name === undefined ? undefined : sight.requestCalled(name);
  const items = [text(sight, 'item'), ...texts(sight, 'items')].map((one) => one?.toUpperCase());
  return (row) => {
    if (name !== undefined) return requestIn(row) === id;
    const { item } = row as { item?: string | null };
    return item != null && items.includes(item.toUpperCase());
  };
}

/** To the row that the step means in the pick list. */
function atPick(sight: Sight): Way {
  const list = atList(sight, 'pick-list', 'pick-list');
  const top = topList(sight, 'pick-list');
  return list === 'there' && top ? atRow(sight, top, meant(sight)) : list;
}

/** `mark-missing`: which copies, where some are left out. */
export function markMissing(sight: Sight): Next {
  const { form } = sight.state;
  if (form && /^request \d+ missing$/.test(form.key)) {
    const items = texts(sight, 'items');
    const copies = form.fields.filter((one) => one.name.startsWith('item '));
    const wanted = copies.map((one): [string, boolean] => [
      one.name,
      items.length === 0 || items.includes(one.name.slice('item '.length)),
    ]);
    return fillForm(sight, Object.fromEntries(wanted));
  }
  const line = atPick(sight);
  return line === 'there' ? atMost(sight, 2, 'missing', command(sight, 'missing')) : line;
}

/** `skip-library`. */
export function skipLibrary(sight: Sight): Next {
  const line = atPick(sight);
  return line === 'there' ? atMost(sight, 2, 'skip', command(sight, 'skip')) : line;
}

/** The lists of the hold shelf, in the order in which the key goes through them; and how they are sorted. */
const SHELVES = ['active', 'reshelve', 'send', 'next', 'expired'];
const SORTS = ['placed', 'expiry', 'patron', 'callNumber', 'title'];

/** To one of the lists of the hold shelf, opened anew. */
function atShelf(sight: Sight, list: string, sort = 'placed'): Way {
  const open = clearAway(sight);
  if (open) return open;
  if (count(sight, 'hold-shelf') === 0) return atMost(sight, 1, 'hold-shelf', command(sight, 'hold-shelf'));
  if (count(sight, 'other-list') < SHELVES.indexOf(list))
    return atMost(sight, SHELVES.length, 'other-list', commandHere(sight, 'other-list'));
  if (count(sight, 'sort-list') < SORTS.indexOf(sort))
    return atMost(sight, SORTS.length, 'sort-list', commandHere(sight, 'sort-list'));
  return 'there';
}

/** `shelf`: the active one, or one of the expired lists. */
export function shelf(sight: Sight): Next {
  const way = atShelf(sight, text(sight, 'list') ?? 'active', text(sight, 'sort'));
  return way === 'there' ? undefined : way;
}

const CLEARS = { reshelve: 'reshelve', send: 'send', 'activate-next': 'next' } as const;

const isMarked = (top: OpenBrowse, row: unknown): boolean =>
  top.marked.some((one) => top.source.keyOf(one) === top.source.keyOf(row));

/** `reshelve`, `send`, `activate-next`: the line, or several that are marked; then *Done*. */
export function clearShelf(sight: Sight): Next {
  const name = sight.step.name as keyof typeof CLEARS;
  const way = atShelf(sight, CLEARS[name]);
  const top = topList(sight, 'hold-shelf');
  if (way !== 'there' || !top) return way === 'there' ? undefined : way;
  const is = meant(sight);
  const several = texts(sight, 'items').length > 1;
  const left = several ? top.lines.find((row) => is(row) && !isMarked(top, row)) : undefined;
  if (several && left === undefined) return atMost(sight, 2, 'treat', commandHere(sight, 'done'));
  const row = atRow(sight, top, left === undefined ? is : (one) => one === left);
  if (row !== 'there') return row;
  return left === undefined ? atMost(sight, 2, 'treat', commandHere(sight, 'done')) : press('Space');
}
