import type { OpenBrowse } from '../../browse.ts';
import { chosenItem } from '../../flows/chosen.ts';
import type { CommandName } from '../../keymap.ts';
import type { OpenRecord, State } from '../../state.ts';
import { atMost, clearAway, command, commandHere, lines, read } from './hands.ts';
import type { Next, Sight } from './hands.ts';
import { press, type } from '../../guide/strokes.ts';

/** Whether one is where one wants to be; else the next keys on the way there. */
export type Way = 'there' | Next;

/** Whether the record of the patron with that identifier is open. */
export const isOpen = ({ state: { record } }: Pick<Sight, 'state'>, key: string): boolean =>
  record?.pane.patron.identifiers.some((one) => one.value.toUpperCase() === key.toUpperCase()) === true;

/** Places where a card that is scanned opens its record. */
const TAKES_CARDS: readonly State['screen'][] = ['identify', 'patron', 'returns', 'scan-in', 'browse'];

/** To the open record of a patron, with nothing over it; their card is scanned where another one is open, or none. */
export function atRecord(sight: Sight, patron: string): Way {
  const { browse, screen } = sight.state;
  const open = clearAway(sight);
  if (open) return open;
  if (isOpen(sight, patron)) return browse.length > 0 ? press('Escape') : 'there';
  if (screen === 'browse') {
    const { scan, scansIn } = browse.at(-1)?.source ?? {};
    if (!scan && scansIn !== true) return press('Escape');
  }
  // What is too short for a scanner is typed, and in some lists typing searches.
  if (!TAKES_CARDS.includes(screen) || (screen === 'browse' && patron.length < 4))
    return atMost(
      sight,
      4,
      'patron-services',
      screen === 'browse' ? press('Escape') : command(sight, 'patron-services'),
    );
  return read(sight, patron);
}

/** To a tab of the open record. */
export function atTab(sight: Sight, tab: OpenRecord['tab']): Way {
  if (sight.state.record?.tab === tab) return 'there';
  return command(sight, `${tab}-tab`);
}

/** The loans that are shown, with the number of the first. */
function shownLoans(record: OpenRecord): { first: number; barcodes: (string | undefined)[] } {
  if (record.all) return { first: record.offset, barcodes: record.loans.map((one) => one.barcode) };
  return { first: 0, barcodes: record.lent.map((one) => (one.kind === 'loan' ? one.barcode : undefined)) };
}

/** To the line of a loan of the open record: among those of the session, else among all. */
export function atLoan(sight: Sight, barcode: string): Way {
  const { record } = sight.state;
  if (!record) return undefined;
  const tab = atTab(sight, 'loans');
  if (tab !== 'there') return tab;
  const { first, barcodes } = shownLoans(record);
  const index = barcodes.findIndex((one) => one?.toUpperCase() === barcode.toUpperCase());
  if (index >= 0) return record.selected === first + index ? 'there' : lines(record.selected, first + index);
  if (!record.all) return atMost(sight, 2, 'all loans', command(sight, 'other-list'));
  const more = first + barcodes.length < record.total;
  return more ? atMost(sight, 20, 'further loans', press('PageDown')) : undefined;
}

/** The list on top, if it is that one. */
export function topList({ state }: Pick<Sight, 'state'>, table: string): OpenBrowse | undefined {
  const top = state.browse.at(-1);
  return top?.source.table === table ? top : undefined;
}

/** To a row of the list on top; undefined: it has none like this. */
export function atRow(sight: Sight, top: OpenBrowse, is: (row: unknown) => boolean): Way {
  const index = top.lines.findIndex(is);
  if (index >= 0) {
    const target = top.offset + index;
    return top.selected === target ? 'there' : lines(top.selected, target);
  }
  const more = top.offset + top.lines.length < top.total;
  return more ? atMost(sight, 20, `further rows ${top.source.table}`, press('PageDown')) : undefined;
}

/** To a list that a command opens, with nothing over it. */
export function atList(sight: Sight, table: string, opens: CommandName): Way {
  const open = clearAway(sight);
  if (open) return open;
  if (topList(sight, table)) return 'there';
  return atMost(sight, 4, `open ${table}`, commandHere(sight, opens) ?? press('Escape'));
}

/** Types into the field of a list that searches. */
export function searchFor(sight: Sight, top: OpenBrowse, wanted: string): Way {
  const { field } = sight.state;
  if (top.text === wanted && field.value === wanted) return 'there';
  if (field.value !== '') return press(...Array.from(field.value, () => 'Backspace'));
  return atMost(sight, 3, `search ${wanted}`, type(wanted));
}

/** To the catalogue with that text looked up. */
export function atCatalogue(sight: Sight, wanted: string): Way {
  const list = atList(sight, 'catalogue', 'catalogue');
  const top = topList(sight, 'catalogue');
  if (list !== 'there' || !top) return list;
  return searchFor(sight, top, wanted);
}

/** To the title of that text in the catalogue: the one of that very text, else the first. */
export function atTitle(sight: Sight, wanted: string): Way {
  const found = atCatalogue(sight, wanted);
  const top = topList(sight, 'catalogue');
  if (found !== 'there' || !top) return found;
  const titles = top.lines as readonly { readonly title: string }[];
  const exact = titles.find((one) => one.title === wanted) ?? titles[0];
  return exact === undefined ? undefined : atRow(sight, top, (row) => row === exact);
}

/** To an item: its line where one is chosen already, else its card, by way of the catalogue. */
export function atItem(sight: Sight, barcode: string, only: 'anywhere' | 'card' = 'anywhere'): Way {
  const open = clearAway(sight);
  if (open) return open;
  const is = (code: string | undefined): boolean => code?.toUpperCase() === barcode.toUpperCase();
  const top = sight.state.browse.at(-1);
  if (is(chosenItem(sight.state)) && (only === 'anywhere' || top?.source.table === 'item-card')) return 'there';
  const title = topList(sight, 'title');
  if (title) {
    const row = atRow(sight, title, (one) => {
      const line = one as { kind: string; item?: { barcode: string } };
      return line.kind === 'item' && is(line.item?.barcode);
    });
    return row === 'there' ? press('Enter') : (row ?? press('Escape'));
  }
  if (barcode.length >= 4) {
    if (topList(sight, 'catalogue') ?? topList(sight, 'item-card')) return read(sight, barcode);
    return atMost(sight, 3, 'catalogue', command(sight, 'catalogue'));
  }
  // Too short for a scanner: looked up, then the item in its title.
  if (topList(sight, 'item-card')) return press('Escape');
  const found = atTitle(sight, barcode);
  return found === 'there' ? atMost(sight, 2, 'open title', press('Enter')) : found;
}
