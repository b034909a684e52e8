import { askedOf } from './catalogue-search.ts';
import type { Window } from './loans.ts';
import { publicQuestions, queryOf } from './public-question.ts';
import type { PublicField, PublicQuestion } from './public-question.ts';
import { isPostgres, row, rows } from './sql.ts';
import type { Connection, Value } from './sql.ts';
import { keyOf } from './text.ts';

/** So many titles are counted; of more it is only said that there are. */
const MOST = 500;
/** So many titles that begin with a text are looked at one by one, whoever has them. */
const MOST_BEGUN = 500;

export type PublicSearch = {
  readonly field: PublicField;
  /** Only titles that it has. */
  readonly library: string | null;
  readonly window: Window;
};

/** How many titles a text finds, `more` than that many or exactly; and the ids of a window of them. */
export type PublicFound = { readonly total: number; readonly more: boolean; readonly ids: readonly number[] };

const NOTHING: PublicFound = { total: 0, more: false, ids: [] };

/** Whether patrons see a title `t` at all, or at a library. */
const visible = (library: string | null): { readonly sql: string; readonly values: readonly Value[] } => ({
  sql: `not t.suppressed and exists (select 1 from holdings h where h.title_id = t.id and h.deleted_at is null
    ${library === null ? '' : 'and h.library = ?'})`,
  values: library === null ? [] : [library],
});

/** The title of a barcode, where patrons see it. */
async function titleOfBarcode(db: Connection, text: string, library: string | null): Promise<number | undefined> {
  const seen = visible(library);
  const found = await row<{ id: number }>(
    db,
    `select t.id from items i join titles t on t.id = i.title_id
     where i.barcode_key = ? and i.deleted_at is null and t.deleted_at is null and ${seen.sql}`,
    [keyOf(text), ...seen.values],
  );
  return found?.id;
}

type Counted = { readonly hits: number; readonly found: number; readonly begun: number; readonly id: number | null };

/** A search of which only the window is left to choose. `first`: stands before all others, and is none of them. */
type Asked = PublicSearch & { readonly begun: readonly [string, string] | null; readonly first: number };

/**
 * A window over what begins with the text, then the others with its words, each in the order of titles. One statement, which
 * reads no more than it shows where there are very many; the titles after what was found, or SQLite would read them all.
 */
async function windowOf(db: Connection, question: PublicQuestion, asked: Asked): Promise<PublicFound> {
  const { begun, first, library, window } = asked;
  const { table, query } = await queryOf(db, question, library);
  const seen = visible(library);
  const isAmong = isPostgres(db)
    ? `select w.title_id as id from ${table} w where w.words @@ cast(? as tsquery)`
    : `select rowid as id from ${table} where ${table} match ?`;
  const begins = 't.match_key >= ? and t.match_key < ?';
  const range = `select t.id, t.suppressed from titles t where ${begins} order by t.match_key, t.id limit ${MOST_BEGUN + 1}`;
  // What begins with the text is among the hits already, unless the words are whole; it stands first in any case.
  const wanted = question.isOpen ? Math.min(window.offset + window.limit, MOST) : MOST + 1;
  const isWalked = begun !== null && !question.isOpen;
  const beginnings = `begun as materialized (select id from (select t.id from (${range}) t where ${seen.sql} limit ?) b where id <> ?),`;
  // Where there are too many to count, nothing else is put in order while the window is full of what begins with the text.
  const isFull = `(select count(*) from hits) > ${MOST} and (select count(*) from begun) >= ?`;
  const found = await rows<Counted>(
    db,
    `with hits as materialized (${isAmong} limit ${MOST + 1}), ${begun ? beginnings : ''}
       found as materialized (${begun ? 'select id from begun union' : ''}
         select id from hits where id <> ? ${begun && question.isOpen ? `and not (${isFull})` : ''})
     select c.*, w.id from (select (select count(*) from hits) as hits, (select count(*) from found) as found,
         ${isWalked ? `(select count(*) from (${range}) r)` : '0'} as begun) c
       left join (select t.id, row_number() over
           (order by ${begun ? `case when ${begins} then 0 else 1 end, ` : ''}t.match_key, t.id) as place
         from found f cross join titles t where t.id = f.id) w on w.place > ? and w.place <= ?
     order by w.place`,
    [
      query,
      ...(begun ? [...begun, ...seen.values, wanted, first] : []),
      first,
      ...(begun && question.isOpen ? [wanted] : []),
      ...(isWalked ? begun : []),
      ...(begun ?? []),
      window.offset,
      Math.min(window.offset + window.limit, MOST),
    ],
    true,
  );
  const [counted] = found;
  if (!counted) return NOTHING;
  const isCut = isWalked && counted.begun > MOST_BEGUN;
  const more = counted.hits > MOST || counted.found > MOST || isCut;
  const ids = found.flatMap(({ id }) => id ?? []);
  return { total: more && !isCut ? MOST : Math.min(counted.found, MOST), more, ids };
}

/**
 * The titles that a text finds for patrons (KIO-01), of those that they see: not suppressed, with a holding (of the library,
 * if one is given). Every word must match, articles apart, the last one as a beginning; accents, case and punctuation do not
 * count; an ISBN finds the book with or without hyphens, of ten or thirteen digits; in `any` field a barcode, exactly, finds
 * its title. In a stable order: the title of a barcode; titles that begin with the text (`any`, `title`); the others, each in
 * the order of titles. Up to five hundred are counted exactly; of more, so many can be read.
 */
export async function publicTitles(db: Connection, text: string, search: PublicSearch): Promise<PublicFound> {
  const reading = askedOf(text);
  if (!reading) return NOTHING;
  const { field, library, window } = search;
  const only = field === 'any' ? await titleOfBarcode(db, reading.asked, library) : undefined;
  const { offset, limit } = window;
  const before = only === undefined ? 0 : 1;
  const shown = only !== undefined && offset === 0 && limit > 0 ? [only] : [];
  const rest = { offset: Math.max(0, offset - before), limit: Math.max(0, limit - shown.length) };
  const begun = field === 'any' || field === 'title' ? reading.begun : null;
  let found = NOTHING;
  for (const question of publicQuestions(reading.asked, field)) {
    found = await windowOf(db, question, { ...search, window: rest, begun, first: only ?? 0 });
    if (found.total > 0) break;
  }
  const total = found.more ? found.total : Math.min(MOST, found.total + before);
  return { total, more: found.more, ids: [...shown, ...found.ids] };
}
