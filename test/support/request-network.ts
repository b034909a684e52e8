import type { Network } from '../../source/circulation/network.ts';
import { days, library, network } from './network.ts';

/** Open around the clock on every day: a hold ends a number of calendar days after it has begun. */
const ALWAYS = Array.from({ length: 7 }, () => [{ opens: 0, closes: 24 * 60 }]);
export const HELD_DAYS = 2;
export const LIMIT = 3;
export const LIBRARIES = ['a', 'b', 'c', 'd'] as const;
export const PATRONS = ['P1', 'P2', 'P3', 'P4', 'P5'] as const;
/** What can be asked for: a title by any copy of it, or a volume. */
export const TARGETS = ['A1', 'D1', 'V1', 'V2'] as const;
export const TITLES = ['T1', 'T2', 'T3'] as const;
/** Every library has one department, which acquires and treats. */
export const DEPARTMENT = 'ACQ';

const place = (code: string, more: Partial<Network['libraries'][number]>) =>
  library({
    code,
    hours: ALWAYS,
    locations: [
      { code: 'MAG', name: 'Magasin', onShelfRequests: true, quickAdd: false },
      { code: 'LIBRE', name: 'Libre accès', onShelfRequests: false, quickAdd: false },
    ],
    holdShelf: { openDays: HELD_DAYS, reminderAfterDays: 1 },
    ...more,
  });

/**
 * Four libraries on two campuses. `b`: not on site while it is on its shelf; `c`: own library only; `d`: everywhere but at
 * `b`; `a` shortens what it recalls. Nobody is ever late, so that only requests matter.
 */
export const requestNetwork: Network = network({
  requestLimit: LIMIT,
  campuses: ['C1', 'C2'].map((code) => ({ code, name: code })),
  libraries: [
    place('a', { campus: 'C1', deliveryDays: { default: 3, d: 1 }, recall: { dueWithinDays: 200 } }),
    place('b', { campus: 'C1', pickup: [{ at: 'any', notOnSite: true }] }),
    place('c', { campus: 'C2', pickup: [{ at: 'own' }] }),
    place('d', { campus: 'C2', pickup: [{ at: 'any', except: ['b'] }], deliveryDays: { default: 2 } }),
  ],
  loanRules: [{ policy: ['P48NN'], period: days(300), requestable: false }, { period: days(300) }],
  limits: [],
});
