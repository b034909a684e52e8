import type { Instant } from '../circulation/time.ts';
import type { ConsoleHouse } from '../console/open.tsx';
import { NOBODY, recallStaff } from '../desk/sign-in.ts';
import type { Perform } from '../desk/perform.ts';
import { listStaff } from '../desk/staff-accounts.ts';
import { ROLES } from '../desk/permissions.ts';
import type { Grant } from '../desk/permissions.ts';
import { COMMAND_LINE_SEAT } from './seat.ts';

type Trainer = NonNullable<ConsoleHouse['trainer']>;

const HOUR = 3_600_000;
/** There is a night in every so many hours, also where the clocks change. */
const ONE_NIGHT = 26 * HOUR;
/** The clock stands so long after the night has begun, at half past midnight: in the morning. */
const NIGHT_LASTS = 7.5 * HOUR;

/** The accounts of a training copy or a scene, and signing in by them without a password. */
export function operatorsBy(perform: Perform): Pick<Trainer, 'operators' | 'switchTo'> {
  return {
    async operators() {
      const found = await perform(COMMAND_LINE_SEAT, listStaff, {});
      if (found.kind !== 'staff') return [];
      return found.accounts
        .filter((one) => one.active)
        .map(({ name, displayName, roles }) => ({
          name,
          displayName,
          roles: roles.filter((one): one is Grant => (ROLES as readonly string[]).includes(one.role)),
        }));
    },
    async switchTo(name) {
      const found = await perform({ staff: NOBODY, place: null }, recallStaff, { name });
      return found.kind === 'signed-in' ? { kind: 'signed-in', staff: found.staff } : found;
    },
  };
}

/** What runs by itself after a moment and up to another, in its order. */
async function dueBetween(perform: Perform, after: Instant, until: Instant) {
  const [{ runsDue }, { dailyUnits }, { JOBS }] = await Promise.all([
    import('../jobs/history.ts'),
    import('../jobs/run.ts'),
    import('../jobs/index.ts'),
  ]);
  const due = await perform(COMMAND_LINE_SEAT, runsDue, { units: dailyUnits(JOBS), until });
  return due.kind === 'due' ? due.runs.filter((one) => one.at > after) : [];
}

/**
 * The nights, months and daily jobs between two moments, each with its moment and how it is run. A training copy was opened a
 * year ago by its own clock: what could have run before is left alone. What it writes is never mailed.
 */
export async function nightsBetween(perform: Perform, after: Instant, until: Instant) {
  const { JOBS, runJob } = await import('../jobs/index.ts');
  const due = await dueBetween(perform, after, until);
  return due.map(({ at, name, day }) => ({ at, go: async () => runJob({ perform, jobs: JOBS }, { name, day }) }));
}

/** When the next night that has not been run will be over. Undefined: no job runs at night. */
export async function afterNextNight(perform: Perform, now: Instant): Promise<Instant | undefined> {
  const night = (await dueBetween(perform, now, now + ONE_NIGHT)).find((one) => one.name === 'nightly');
  return night && night.at + NIGHT_LASTS;
}
