import { datesIn } from '../language/dates.ts';
import { localText } from '../circulation/time.ts';
import { ACCOUNTS } from '../training/sample.ts';
import { report } from './context.ts';
import type { Context } from './context.ts';
import { databaseUrl, openFor, withDatabase } from './database.ts';
import { refused } from './failure.ts';
import type { Status } from './failure.ts';
import { openTrainingCopy } from './training-copy.ts';

/** `guichet db migrate`: brings the schema up to date, or creates it. An older program refuses a newer schema (REL-10). */
export async function migrate(context: Context): Promise<Status> {
  const { db } = context.words.commands;
  const house = openFor(context, databaseUrl(context), true);
  try {
    const done = await house.migrate();
    report(context, { where: house.where, done }, () => [
      done.length > 0 ? db.migrated(house.where, done) : db.upToDate(house.where),
    ]);
    return 0;
  } finally {
    await house.close();
  }
}

/** `guichet db status`: where the schema stands; changes nothing. Exit status 1 where there is something to do. */
export async function status(context: Context): Promise<Status> {
  const { db } = context.words.commands;
  const house = openFor(context, databaseUrl(context), false);
  try {
    const { where } = house;
    const { done, pending, unknown } = await house.status();
    report(context, { where, done, pending, unknown }, () => {
      if (unknown.length > 0) return [db.newer(where, unknown)];
      if (done.length === 0) return [db.empty(where)];
      return [pending.length > 0 ? db.pending(where, pending) : db.upToDate(where)];
    });
    return pending.length === 0 && unknown.length === 0 ? 0 : 1;
  } finally {
    await house.close();
  }
}

/** `guichet db check`: proves the invariants of the data (REL-01). Exit status 1 where one is broken. */
export async function check(context: Context): Promise<Status> {
  const { db } = context.words.commands;
  return withDatabase(context, {}, async ({ house }) => {
    const violations = await house.check();
    report(context, { where: house.where, sound: violations.length === 0, violations }, () =>
      violations.length === 0
        ? [db.sound(house.where)]
        : [
            db.violations(house.where, violations.length),
            ...violations.map(({ invariant, records }) => `  ${invariant}: ${records.join(', ')}`),
          ],
    );
    return violations.length === 0 ? 0 : 1;
  });
}

/** `guichet db sample`: fills an empty database as a training copy, as `demo` does, without a terminal. */
export async function sample(context: Context): Promise<Status> {
  const { words, language, options } = context;
  const { db, refusal } = words.commands;
  const { opened, made } = await openTrainingCopy(context, databaseUrl(context));
  try {
    const { where } = opened.house;
    if (!made) throw refused(refusal.notEmpty(where));
    const { timeZone } = opened;
    const now = opened.clock();
    const stands = options.text('at') !== undefined;
    const accounts = ACCOUNTS.map(({ name, password, role }) => ({ name, password, role }));
    report(context, { where, ...(stands ? { at: localText(now, timeZone) } : {}), accounts }, () => [
      db.sampled(where),
      ...accounts.map(({ name, password, role }) => `  ${db.account(name, password, words.desk.role[role] ?? role)}`),
      ...(stands ? [db.clockStands(datesIn(language, timeZone).moment(now))] : []),
    ]);
    return 0;
  } finally {
    await opened.house.close();
  }
}
