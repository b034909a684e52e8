import { addDays, instantOf } from '../../circulation/time.ts';
import type { Day, Instant } from '../../circulation/time.ts';
import { lend } from '../../desk/lend.ts';
import type { Place } from '../../desk/perform.ts';
import { returnItem } from '../../desk/return-item.ts';
import { declareLost, queueRequest, sceneAct } from '../../desk/setting-the-scene.ts';
import type { SceneAct } from '../../desk/setting-the-scene.ts';
import { SAMPLE_ITEMS, loanedBook, loanedElsewhere } from './items.ts';
import { patronIn } from './people.ts';
import type { SampleState } from './people.ts';

const SCI: Place = { kind: 'desk', library: 'sci', code: 'PRET' };
const MAN: Place = { kind: 'desk', library: 'MAN', code: 'PRET' };

/** Minutes after midnight. */
const TEN = 600;
const FOUR = 960;

/**
 * What has happened before the scene begins, oldest first. Loans that are to be late were made so long ago that no closure
 * can have moved their due date past today: the longest one of the network is shorter than a month.
 */
export function sampleHistory(today: Day, timeZone: string): SceneAct[] {
  const acts: SceneAct[] = [];
  const moment = (daysAgo: number, minutes: number): Instant => instantOf(addDays(today, -daysAgo), minutes, timeZone);
  const bib = (daysAgo: number, minutes: number, place: Place) => ({ at: moment(daysAgo, minutes), by: 'bib', place });
  const unseated = (daysAgo: number) => ({ at: moment(daysAgo, TEN), by: null, place: null });

  const lent = (state: SampleState, barcode: string, daysAgo: number, { place = SCI, minutes = TEN } = {}): void => {
    const request = { patron: patronIn(state), barcode, override: { codes: 'all' as const } };
    acts.push(sceneAct(bib(daysAgo, minutes, place), lend, request, 'lent'));
  };
  const returned = (barcode: string, daysAgo: number, place = SCI): void => {
    acts.push(sceneAct(bib(daysAgo, FOUR, place), returnItem, { barcode }, 'returned'));
  };
  const requested = (state: SampleState, barcode: string, daysAgo: number): void => {
    const request = { patron: patronIn(state), barcode, pickup: 'sci' };
    acts.push(sceneAct(unseated(daysAgo), queueRequest, request, 'placed'));
  };

  // A loan that has been lost for three months.
  lent('lost-an-item', SAMPLE_ITEMS.lost, 150);
  acts.push(sceneAct(unseated(90), declareLost, { barcode: SAMPLE_ITEMS.lost }, 'lost'));
  // Late returns, and loans that are late now.
  lent('block-ended', loanedBook(0), 120);
  returned(loanedBook(0), 70);
  lent('late-here', loanedBook(1), 60);
  lent('late-elsewhere', loanedElsewhere(0), 62, { place: MAN });
  lent('late-here-and-elsewhere', loanedBook(2), 61);
  lent('late-here-and-elsewhere', loanedElsewhere(1), 61, { place: MAN });
  lent('blocked-once', loanedBook(3), 70);
  returned(loanedBook(3), 1);
  lent('blocked-twice', loanedBook(4), 70);
  lent('blocked-twice', loanedBook(5), 65);
  returned(loanedBook(4), 3);
  returned(loanedBook(5), 1);
  lent('late-and-blocked', loanedBook(6), 70);
  lent('late-and-blocked', loanedBook(7), 69);
  returned(loanedBook(6), 2);
  // Many loans in good order.
  for (let index = 0; index < 19; index += 1) lent('many-loans', loanedBook(10 + index), 10, { minutes: TEN + index });
  for (let index = 0; index < 10; index += 1)
    lent('limit-reached', loanedBook(30 + index), 5, { minutes: TEN + index });
  for (const [index, barcode] of SAMPLE_ITEMS.dvds.slice(0, 2).entries())
    lent('dvd-limit-reached', barcode, 3, { minutes: TEN + index });
  lent('doctoral-student', loanedBook(40), 4);
  lent('doctoral-student', SAMPLE_ITEMS.issues[0], 4);
  lent('authorised-reader', loanedBook(41), 2);
  // Requests: one on the shelf since yesterday, one on its way, one that waits for the professor's book.
  lent('doctoral-student', SAMPLE_ITEMS.held, 12);
  requested('request-on-shelf', SAMPLE_ITEMS.held, 8);
  returned(SAMPLE_ITEMS.held, 1);
  lent('doctoral-student', SAMPLE_ITEMS.onItsWayToARequester, 12, { place: MAN });
  requested('request-on-its-way', SAMPLE_ITEMS.onItsWayToARequester, 8);
  returned(SAMPLE_ITEMS.onItsWayToARequester, 1, MAN);
  requested('request-waiting', loanedBook(10), 6);
  // Returned at another library than their own; the first one should have arrived long ago.
  lent('doctoral-student', SAMPLE_ITEMS.onItsWayHome, 11);
  returned(SAMPLE_ITEMS.onItsWayHome, 9, MAN);
  lent('doctoral-student', SAMPLE_ITEMS.onItsWayToAnotherLibrary, 11, { place: MAN });
  returned(SAMPLE_ITEMS.onItsWayToAnotherLibrary, 1);
  return acts.toSorted((one, other) => one.at - other.at);
}
