import type { Knex } from 'knex';
import { isPostgres, plainText } from './types.ts';
import type { Migration } from './types.ts';

/** Gives every item its holding: one for each title, location and call number. */
export const HOLDINGS_OF_ITEMS = [
  `insert into holdings (title_id, library, location, call_number, created_at)
   select title_id, library, location, call_number, min(created_at) from items group by title_id, library, location, call_number`,
  `update items set holding_id = (select h.id from holdings h where h.title_id = items.title_id and h.location = items.location
     and coalesce(h.call_number, '') = coalesce(items.call_number, '') order by h.id limit 1)`,
];

/** Fills the full text with the words of all titles that there are. */
function wordsOfTitles(kind: 'sqlite' | 'postgres'): string {
  const postgres = kind === 'postgres';
  const words = `replace(t.match_key, ${postgres ? 'chr(1)' : 'char(1)'}, ' ') || ' ' || coalesce(t.isbn, '')`;
  const calls = postgres ? "string_agg(lower(i.call_number), ' ')" : "group_concat(lower(i.call_number), ' ')";
  const text = `${words} || ' ' || coalesce(${calls}, '')`;
  return `insert into title_words (${postgres ? 'title_id' : 'rowid'}, words)
    select t.id, ${postgres ? `to_tsvector('simple', ${text})` : text}
    from titles t left join items i on i.title_id = t.id group by t.id`;
}

/** Holdings, and what imports and quick add must know of a title (TAB-06, ITEM-02). Deleted records stay for their loans' sake. */
async function catalogue(knex: Knex): Promise<void> {
  await knex.schema.alterTable('titles', (table) => {
    table.text('resource_type').notNullable().defaultTo('BOOK');
    table.text('publisher');
    table.text('year');
    table.boolean('suppressed').notNullable().defaultTo(false);
    plainText(table, knex, 'control_key');
    table.text('import_digest');
    table.bigInteger('deleted_at');
  });
  await knex.raw('create unique index titles_by_control_key on titles (control_key) where control_key is not null');
  await knex.schema.createTable('holdings', (table) => {
    table.increments('id');
    table.integer('title_id').notNullable().references('id').inTable('titles').index();
    table.text('library').notNullable().references('code').inTable('libraries');
    table.text('location').notNullable().references('code').inTable('locations');
    table.text('call_number');
    table.text('note');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('deleted_at');
  });
  await knex.schema.alterTable('items', (table) => {
    table.integer('holding_id').references('id').inTable('holdings').index();
    table.boolean('temporary').notNullable().defaultTo(false);
    table.boolean('quick_add').notNullable().defaultTo(false);
    table.text('import_digest');
    table.bigInteger('deleted_at');
  });
  for (const statement of HOLDINGS_OF_ITEMS) await knex.raw(statement);
}

/** What titles are found by: plain words, in each database's own full text (one function in `records/` reads both). */
async function search(knex: Knex): Promise<void> {
  if (isPostgres(knex)) {
    await knex.raw(
      'create table title_words (title_id integer primary key references titles (id) on delete cascade, words tsvector not null)',
    );
    await knex.raw(wordsOfTitles('postgres'));
    await knex.raw('create index title_words_found on title_words using gin (words)');
    return;
  }
  await knex.raw(
    `create virtual table title_words using fts5(words, content='', contentless_delete=1, prefix='3', tokenize='unicode61 remove_diacritics 0')`,
  );
  await knex.raw(wordsOfTitles('sqlite'));
}

/** Internal treatment (ITEM-01) and the stops of items on their way (SCAN-05). */
async function treatment(knex: Knex): Promise<void> {
  await knex.schema.createTable('work_orders', (table) => {
    table.increments('id');
    table.integer('item_id').notNullable().references('id').inTable('items');
    table.text('library').notNullable().references('code').inTable('libraries');
    table.text('department').notNullable();
    table.text('type').notNullable();
    table.text('note');
    table.bigInteger('ordered_at').notNullable();
    table.integer('ordered_by').references('id').inTable('staff');
    table.bigInteger('received_at');
    table.bigInteger('closed_at');
    /** Closed because it was done; else because it was withdrawn. */
    table.boolean('done').notNullable().defaultTo(false);
  });
  await knex.raw('create unique index work_orders_one_open_per_item on work_orders (item_id) where closed_at is null');
  await knex.raw('create index work_orders_open on work_orders (library, department) where closed_at is null');
  await knex.raw("update items set department = coalesce(department, 'ACQ') where process = 'WORK_ORDER_DEPARTMENT'");
  await knex.raw(
    `insert into work_orders (item_id, library, department, type, ordered_at, received_at)
     select id, library, department, 'TREATMENT', created_at, created_at from items where process = 'WORK_ORDER_DEPARTMENT'`,
  );
  await knex.schema.alterTable('transits', (table) => {
    table.text('to_department');
  });
  await knex.schema.createTable('transit_stops', (table) => {
    table.increments('id');
    table.integer('transit_id').notNullable().references('id').inTable('transits').index();
    table.text('library').notNullable();
    table.text('desk').notNullable();
    table.bigInteger('at').notNullable();
    table.integer('staff_id').references('id').inTable('staff');
  });
}

/** Blocks that are switched off without being deleted (USR-10). */
async function blocks(knex: Knex): Promise<void> {
  await knex.schema.alterTable('patron_blocks', (table) => {
    table.boolean('active').notNullable().defaultTo(true);
  });
}

/** What may never change of an event. */
const LASTING = ['at', 'kind', 'staff_id', 'desk', 'item_id', 'loan_id'];
/** What may change of an event only together with the link to its patron, who is taken away (JOB-06). */
const PERSONAL = ['patron_id', 'data', 'cause'];
const NOT_ANONYMISED = 'when (old.patron_id is null or new.patron_id is not null)';
/** The reason of an override is free text: it may be taken away, when its event has no patron any more. */
const REASON_STAYS =
  'new.reason is not null or exists (select 1 from events e where e.id = old.event_id and e.patron_id is not null)';

/** The audit only grows (REL-09): the database itself refuses to delete or rewrite it. */
async function audit(knex: Knex): Promise<void> {
  const refusal = 'the audit is append-only';
  if (isPostgres(knex)) {
    await knex.raw(
      `create function refuse_change() returns trigger language plpgsql as $$ begin raise exception '${refusal}'; end $$`,
    );
    await knex.raw(
      `create trigger events_stay before delete or update of ${LASTING.join(', ')} on events for each row execute function refuse_change()`,
    );
    await knex.raw(
      `create trigger events_personal before update of ${PERSONAL.join(', ')} on events for each row ${NOT_ANONYMISED} execute function refuse_change()`,
    );
    await knex.raw(
      'create trigger overrides_stay before delete or update of event_id, code, automatic on overrides for each row execute function refuse_change()',
    );
    await knex.raw(
      `create function refuse_reason() returns trigger language plpgsql as $$ begin if ${REASON_STAYS} then raise exception '${refusal}'; end if; return new; end $$`,
    );
    await knex.raw(
      'create trigger overrides_reason before update of reason on overrides for each row execute function refuse_reason()',
    );
    return;
  }
  const refuse = `begin select raise(abort, '${refusal}'); end`;
  await knex.raw(`create trigger events_stay before delete on events ${refuse}`);
  await knex.raw(`create trigger events_unchanged before update of ${LASTING.join(', ')} on events ${refuse}`);
  await knex.raw(
    `create trigger events_personal before update of ${PERSONAL.join(', ')} on events ${NOT_ANONYMISED} ${refuse}`,
  );
  await knex.raw(`create trigger overrides_stay before delete on overrides ${refuse}`);
  await knex.raw(`create trigger overrides_reason before update of reason on overrides when ${REASON_STAYS} ${refuse}`);
  await knex.raw(
    `create trigger overrides_unchanged before update of event_id, code, automatic on overrides ${refuse}`,
  );
}

/** What returns, scanning in, notes, quick add and the catalogue need. */
export const theWholeDesk: Migration = {
  name: '0006-the-whole-desk',
  async up(knex) {
    await catalogue(knex);
    await search(knex);
    await treatment(knex);
    await blocks(knex);
    await audit(knex);
  },
  async down(knex) {
    if (isPostgres(knex)) {
      await knex.raw('drop function refuse_change() cascade');
      await knex.raw('drop function refuse_reason() cascade');
    } else {
      for (const name of [
        'events_stay',
        'events_unchanged',
        'events_personal',
        'overrides_reason',
        'overrides_stay',
        'overrides_unchanged',
      ])
        await knex.raw(`drop trigger ${name}`);
    }
    await knex.schema.alterTable('patron_blocks', (table) => {
      table.dropColumn('active');
    });
    await knex.schema.dropTable('transit_stops');
    await knex.schema.alterTable('transits', (table) => {
      table.dropColumn('to_department');
    });
    await knex.schema.dropTable('work_orders');
    await knex.raw('drop table title_words');
    await knex.schema.alterTable('items', (table) => {
      table.dropForeign('holding_id');
      table.dropColumns('holding_id', 'temporary', 'quick_add', 'import_digest', 'deleted_at');
    });
    await knex.schema.dropTable('holdings');
    await knex.raw('drop index titles_by_control_key');
    await knex.schema.alterTable('titles', (table) => {
      table.dropColumns(
        'resource_type',
        'publisher',
        'year',
        'suppressed',
        'control_key',
        'import_digest',
        'deleted_at',
      );
    });
  },
};
