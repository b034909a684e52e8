import { anonymise } from '../../source/desk/anonymise.ts';
import { closeLostLoans } from '../../source/desk/close-lost-loans.ts';
import { remindOfHolds } from '../../source/desk/hold-reminders.ts';
import { countNight, purgeLetters, purgePreRegistrations } from '../../source/desk/night-purge.ts';
import { findDueDates } from '../../source/jobs/move-due-dates.ts';
import { findNotices, writeNotices } from '../../source/desk/notices.ts';
import { local } from './house.ts';
import { lineOf, NETWORK, NO_DESK } from './permission-lines.ts';
import type { Line } from './permission-lines.ts';

const night = { night: '2026-05-31', kinds: ['courtesy'] } as const;
const asOf = local('2026-06-01T00:30');

/** What happens when nobody is there, for the table of permissions. */
export const NIGHT_LINES: readonly Line[] = [
  lineOf(findNotices, NETWORK, { ...night, from: { slot: null, after: null } }, NO_DESK, 'none'),
  lineOf(
    writeNotices,
    NETWORK,
    { ...night, slot: { kind: 'courtesy', library: 'sci' }, patrons: [1] },
    NO_DESK,
    'noticed',
  ),
  lineOf(closeLostLoans, NETWORK, { asOf }, NO_DESK, 'closed'),
  lineOf(anonymise, NETWORK, { asOf }, NO_DESK, 'anonymised'),
  lineOf(purgeLetters, NETWORK, { asOf }, NO_DESK, 'purged'),
  lineOf(purgePreRegistrations, NETWORK, { asOf }, NO_DESK, 'purged'),
  lineOf(findDueDates, NETWORK, { asOf }, NO_DESK, 'found'),
  lineOf(countNight, NETWORK, { day: '2026-05-31' }, NO_DESK, 'counted'),
  lineOf(remindOfHolds, NETWORK, { asOf, after: 0 }, NO_DESK, 'reminded'),
];

/** Here a night has nothing to do. */
export const NIGHT_LINES_WITHOUT_EVENT = NIGHT_LINES.map((one) => one.name);
