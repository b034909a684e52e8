import type { Knex } from 'knex';
import type { Migration } from './types.ts';

/** What a request needs beside its state: who is asked for it, what was recalled for it, what became of it. */
async function columns(knex: Knex): Promise<void> {
  await knex.schema.alterTable('requests', (table) => {
    /** Its place among the open requests of its title, from 1 without gaps; null: closed (REQ-03). */
    table.integer('queue_position');
    /** What is being done for one that waits: `pick`, `recall`, `reception`, `wait`; null: not planned yet (REQ-07). */
    table.text('task');
    /** The library that is to take a copy from its shelves, or to receive it; since when it is asked. */
    table.text('asked_library');
    table.bigInteger('asked_at');
    /** The copy that is meant; of a pick, any copy of that library will do (PICK-04). */
    table.integer('planned_item_id');
    /** The loan that was recalled for it (REQ-08). No reference: a loan made by mistake can be deleted (LOAN-09). */
    table.integer('recalled_loan_id');
    /** Libraries that have passed it on, as a list in JSON (PICK-05). */
    table.text('skipped').notNullable().defaultTo('[]');
    table.text('note');
    /** Taken in hand (PICK-02). */
    table.bigInteger('printed_at');
    table.bigInteger('reported_at');
    /** How it ended, by whom, why, and whether the patron is told (CAN-01, CAN-02). */
    table.text('closing');
    table.integer('closed_by');
    table.text('closed_reason');
    table.boolean('notify');
    /** The item that still stands on the hold shelf though the request has ended (CAN-03). */
    table.integer('remains_item_id');
  });
}

async function indexes(knex: Knex): Promise<void> {
  await knex.raw('drop index requests_queue');
  for (const index of [
    'index requests_queue on requests (title_id, queue_position) where closed_at is null',
    `unique index requests_one_plan_per_item on requests (planned_item_id) where closed_at is null and planned_item_id is not null`,
    `unique index requests_one_recall_per_loan on requests (recalled_loan_id) where closed_at is null and recalled_loan_id is not null`,
    'unique index requests_one_left_per_item on requests (remains_item_id) where remains_item_id is not null',
    `index requests_to_pick on requests (asked_library, placed_at) where task = 'pick' and closed_at is null`,
    `index requests_on_shelf on requests (pickup, held_until) where state = 'ON_SHELF'`,
    'index requests_left_on_shelf on requests (pickup, closed_at) where remains_item_id is not null',
    'index requests_not_needed_after on requests (not_after) where closed_at is null and not_after is not null',
  ]) {
    await knex.raw(`create ${index}`);
  }
}

type Linked = { readonly loan: number; readonly title: number };

/**
 * Requests keep their order of arrival. What was recalled is given to the first requests of its title that wait; a loan
 * without any is recalled no more. Who fills the others is decided when somebody next touches their title, or at night.
 */
async function data(knex: Knex): Promise<void> {
  await knex.raw(`update requests set queue_position = q.n
    from (select id, row_number() over (partition by title_id order by placed_at, id) as n from requests where closed_at is null) q
    where q.id = requests.id`);
  await knex.raw(
    `update requests set closing = case when state = 'FILLED' then 'filled' else 'expired' end where closed_at is not null`,
  );
  const recalled = await knex('loans')
    .where({ recalled: true })
    .whereNull('returned_at')
    .orderBy('id')
    .select<Linked[]>('id as loan', 'title_id as title');
  const given = new Set<number>();
  for (const { loan, title } of recalled) {
    const waiting = await knex('requests')
      .where({ title_id: title, state: 'WAITING' })
      .whereNull('closed_at')
      .orderBy('queue_position')
      .select<{ id: number }[]>('id');
    const first = waiting.find(({ id }) => !given.has(id));
    if (!first) {
      await knex('loans').where({ id: loan }).update({ recalled: false });
      continue;
    }
    given.add(first.id);
    const item = knex('loans').where({ id: loan }).select('item_id');
    await knex('requests')
      .where({ id: first.id })
      .update({ task: 'recall', recalled_loan_id: loan, planned_item_id: item });
  }
}

/** Requests, hold shelves, transit (issue 5). */
export const requests: Migration = {
  name: '0009-requests',
  async up(knex) {
    await columns(knex);
    await data(knex);
    await indexes(knex);
  },
  async down(knex) {
    for (const index of [
      'queue',
      'one_plan_per_item',
      'one_recall_per_loan',
      'one_left_per_item',
      'to_pick',
      'on_shelf',
      'left_on_shelf',
      'not_needed_after',
    ]) {
      await knex.raw(`drop index requests_${index}`);
    }
    await knex.schema.alterTable('requests', (table) => {
      table.dropColumns(
        'queue_position',
        'task',
        'asked_library',
        'asked_at',
        'planned_item_id',
        'recalled_loan_id',
        'skipped',
        'note',
        'printed_at',
        'reported_at',
        'closing',
        'closed_by',
        'closed_reason',
        'notify',
        'remains_item_id',
      );
    });
    await knex.raw('create index requests_queue on requests (title_id, placed_at) where closed_at is null');
  },
};
