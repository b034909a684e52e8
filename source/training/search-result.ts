import type { Network } from '../circulation/network.ts';
import type {
  PublicItem,
  PublicHolding,
  PublicTitle,
  PublicTitleLine,
  PublicTitlesFound,
} from '../desk/public-catalogue.ts';
import type { Refusal } from '../desk/perform.ts';
import { local, present } from './plain.ts';
import { failureResult } from './results.ts';
import type { PlainResult } from './results.ts';

function itemLine({ location }: PublicHolding, item: PublicItem, network: Network): Record<string, unknown> {
  const { barcode, description, callNumber, status, policy, elsewhere, publicNotes } = item;
  const due = local(item.due, network);
  const [note] = publicNotes;
  return present({
    item: barcode,
    description,
    callNumber,
    location,
    status,
    due,
    policy,
    elsewhere: elsewhere?.location,
    note,
  });
}

function titleLine(line: PublicTitleLine, opened: PublicTitle | undefined, network: Network): Record<string, unknown> {
  const { title, author, year, copies, available, availableHere, onSite } = line;
  const { holdings = [], requests, title: record } = opened ?? {};
  return present({
    title,
    author,
    year,
    isbn: record?.isbn,
    subjects: record?.subjects,
    copies: copies.total,
    lendable: copies.lendable,
    available,
    here: availableHere,
    onSite,
    requests,
    items: holdings.flatMap((one) => one.items.map((item) => itemLine(one, item, network))),
  });
}

/** Titles that a patron finds: `count`, and in `lines` what they see of each, with its items when it is opened (KIO-01). */
export function searchResult(
  found: PublicTitlesFound | Refusal,
  opened: ReadonlyMap<number, PublicTitle>,
  network: Network,
): PlainResult {
  if (found.kind !== 'titles') return failureResult(found);
  const { total, more, lines } = found;
  return {
    count: total,
    ...(more ? { more } : {}),
    lines: lines.map((one) => titleLine(one, opened.get(one.id), network)),
  };
}
