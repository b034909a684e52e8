import type { ItemState } from '../../desk/show.ts';
import { printable } from '../../language/printable.ts';
import type { BrowseColumn } from '../browse.ts';
import type { Runtime } from '../runtime.ts';
import { nameOf } from './names.ts';

/** A line of a card: what it is about, and what is so. */
export type CardLine = { readonly name: string; readonly label: string; readonly value: string };

/** Two columns: what a line is about, and what is so. */
export const cardColumns = (runtime: Runtime): BrowseColumn<CardLine>[] => {
  const words = runtime.words().itemCard;
  return [
    { name: 'label', head: words.what, width: 22, cell: (row) => row.label },
    { name: 'value', head: words.is, width: 0, cell: (row) => row.value },
  ];
};

/** Where the item is, in the words of the instruction it is under. */
function statusOf(runtime: Runtime, { item, patron, stops, underWay }: ItemState): CardLine[] {
  const words = runtime.words();
  const dates = runtime.dates();
  const { itemCard: card } = words;
  const lines: CardLine[] = [];
  const add = (name: string, label: string, value: string) => {
    lines.push({ name, label, value });
  };
  add('status', card.status, item.process === null ? words.lists.inPlace : words.lists.process[item.process]);
  if (item.loan) {
    const who = patron ? nameOf(patron) : '';
    add('borrower', card.borrower, [who, card.due(dates.moment(item.loan.due))].filter(Boolean).join(' · '));
  }
  if (item.transit) {
    const to = item.transit.department === null ? item.transit.to : `${item.transit.to}/${item.transit.department}`;
    add('transit', card.transit, card.fromTo(item.transit.from, to, dates.moment(item.transit.since)));
    add('why', card.why, words.transits.reasons[item.transit.reason]);
    if (underWay) {
      const { days, alertDays, tooLong } = underWay;
      add('underWay', card.underWay, tooLong ? card.daysTooLong(days, alertDays) : card.days(days));
    }
    for (const stop of stops) add('stop', card.stop, `${dates.moment(stop.at)} · ${stop.desk}`);
  }
  if (item.hold) {
    const until = item.hold.until === null ? '' : card.until(dates.day(item.hold.until));
    add('hold', card.hold, [item.hold.pickup, until].filter(Boolean).join(' · '));
  }
  if (item.workOrder) {
    const { department, note, received } = item.workOrder;
    const state = received ? card.inDepartment : card.awaited;
    add('treatment', card.treatment, [department, state, printable(note ?? '')].filter(Boolean).join(' · '));
  }
  return lines;
}

/** Everything that is known of an item, a line each (ITEM-03). */
export function cardLines(runtime: Runtime, state: ItemState): CardLine[] {
  const card = runtime.words().itemCard;
  const say = runtime.say();
  const { item, lastPatron } = state;
  const optional = (name: string, label: string, value: string | null): CardLine[] =>
    value === null || value === '' ? [] : [{ name, label, value: printable(value) }];
  const always = (name: string, label: string, value: string): CardLine[] => [{ name, label, value: printable(value) }];
  return [
    ...always('title', card.title, item.title),
    ...optional('author', card.author, item.author),
    ...optional('description', card.description, item.description),
    ...always('barcode', card.barcode, item.barcode),
    ...statusOf(runtime, state),
    ...always('location', card.location, item.temporary ? card.temporarily(item.location) : item.location),
    ...optional('callNumber', card.callNumber, item.callNumber),
    ...always('material', card.material, say.material(item.material)),
    ...optional('policy', card.policy, item.policy === null ? null : say.policy(item.policy)),
    ...optional('fulfilmentNote', card.fulfilmentNote, item.fulfilmentNote),
    ...optional('publicNote', card.publicNote, item.publicNote),
    ...optional('internalNote', card.internalNote, item.internalNote),
    ...optional('isbn', card.isbn, item.isbn),
    ...optional('lastPatron', card.lastBorrower, lastPatron ? nameOf(lastPatron) : null),
  ];
}
