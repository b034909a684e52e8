import { searchPublic } from '../../../desk/public-catalogue.ts';
import type { PublicTitleLine } from '../../../desk/public-catalogue.ts';
import type { Entry } from '../state.ts';
import { BACK } from '../ui.ts';
import type { Part, Window } from '../ui.ts';
import type { Visit } from '../visit.ts';
import { showTitle } from './title.ts';

const FIELDS = ['any', 'title', 'author', 'subject', 'isbn'] as const;

/** A title as a reader looks for it: what it is, and whether there is one to be had now (KIO-01). */
function titleEntry(visit: Visit, line: PublicTitleLine): Entry {
  const { catalogue: words } = visit.words();
  const about = [line.author, line.publisher, line.year].filter(Boolean).join(', ');
  const isThere =
    line.available > 0
      ? words.available(line.available, line.availableHere)
      : line.onSite > 0
        ? words.consultation
        : line.copies.total === 0
          ? words.noCopies
          : words.unavailable;
  return {
    id: String(line.id),
    lines: [line.title, about === '' ? isThere : `${isThere} · ${about}`],
    ...(line.available > 0 ? { tone: 'done' } : {}),
  };
}

/** The public catalogue: found while one types (KIO-01). */
export async function searchCatalogue(visit: Visit): Promise<void> {
  const { ui } = visit;
  let field: (typeof FIELDS)[number] = 'any';
  let value = '';
  let at = 0;
  for (;;) {
    const { catalogue: words, back } = visit.words();
    const wanted = field;
    const find = async (text: string, window: Window): Promise<Part> => {
      const found = await visit.act(searchPublic, { text, field: wanted, window });
      if (found.kind !== 'titles') return { entries: [], total: 0 };
      return { entries: found.lines.map((line) => titleEntry(visit, line)), total: found.total, more: found.more };
    };
    const chosen = await ui.search({
      title: words.title,
      back,
      label: words.label,
      value,
      at,
      hint: words.hint(words.fields[field]),
      empty: (text) => (text.trim() === '' ? words.begin : words.nothing(text.trim())),
      found: (text, part) => (text.trim() === '' ? '' : words.found(part.total, part.more === true)),
      find,
      enter: words.open,
      actions: [{ id: 'field', key: 'tab', label: words.nextField }],
    });
    if (chosen === BACK) return;
    ({ value } = chosen);
    if (chosen.action === 'field') {
      field = FIELDS[(FIELDS.indexOf(field) + 1) % FIELDS.length] ?? 'any';
      at = 0;
    } else {
      ({ at } = chosen);
      if (chosen.id !== null) await showTitle(visit, Number(chosen.id));
    }
  }
}
