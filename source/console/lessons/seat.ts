import type { Seat } from '../../desk/perform.ts';
import { placesOf } from '../../desk/sign-in.ts';
import type { PlaceChoice } from '../../desk/sign-in.ts';
import type { Lesson } from '../../training/lessons/contract.ts';
import type { ConsoleHouse } from '../contract.ts';
import { readNetwork, showDesks, showSignIn } from '../flows/arrive.ts';
import { refreshBrowse } from '../flows/browse.ts';
import { closeRecord, refreshList, refreshPane, showIdentification } from '../flows/record.ts';
import type { Runtime } from '../runtime.ts';
import type { State } from '../state.ts';
import type { ShownLesson } from '../guide/shown.ts';

/** What of the training copy comes back when the lesson is left. */
type Kept = Pick<
  State,
  'staff' | 'place' | 'network' | 'timeZone' | 'training' | 'modes' | 'columnChoices' | 'returns' | 'scannedIn'
>;

/** The stay in a lesson's house. `isHome`: the console was opened in it, and there is nowhere to go back to. */
export type Visit = { readonly isHome: boolean; readonly kept: Kept };

/** Ends the open session where one is, and notes where one comes from. */
export async function visitOf(runtime: Runtime, isHome: boolean): Promise<Visit> {
  await closeRecord(runtime, 'left');
  const { staff, place, network, timeZone, training, modes, columnChoices, returns, scannedIn } = runtime.store.get();
  return { isHome, kept: { staff, place, network, timeZone, training, modes, columnChoices, returns, scannedIn } };
}

/** Back to waiting for a card: nothing of what was open is left, nothing is done about it. */
export function putAway(runtime: Runtime): void {
  runtime.newPatron();
  runtime.otherPlace();
  runtime.store.set({ paletteText: '', answer: null, orphans: [], unknownItem: null });
  showIdentification(runtime);
}

/** The place of a seat, with its names. */
function placeOf(lesson: Lesson, { staff, place }: Seat): PlaceChoice | null {
  if (!place) return null;
  return (
    placesOf(lesson.network(), staff).find((one) => one.library === place.library && one.code === place.code) ?? null
  );
}

/** Sits down where the lesson says, as whom it says. */
export function sitAs(runtime: Runtime, lesson: Lesson, seat: Seat): void {
  runtime.store.set({
    staff: seat.staff,
    place: placeOf(lesson, seat),
    network: lesson.network(),
    now: lesson.clock(),
    modes: { bookDrop: null, inHouse: false, slips: false },
    returns: [],
    returnsSelected: 0,
    scannedIn: [],
    scannedInSelected: 0,
  });
  putAway(runtime);
}

/** In the house of a lesson: its clock, its network, its people. */
export function beginSeat(runtime: Runtime, house: ConsoleHouse, lesson: Lesson, shown: ShownLesson): void {
  const { training, timeZone } = house;
  runtime.store.set({ training, timeZone, lesson: shown, columnChoices: {}, opening: false, away: false });
  sitAs(runtime, lesson, lesson.seat());
}

/** Back where one was before the lesson. */
export async function leaveSeat(runtime: Runtime, { kept }: Visit): Promise<void> {
  runtime.store.set({ ...kept, lesson: null, now: runtime.now() });
  putAway(runtime);
  if (!kept.staff) showSignIn(runtime);
  else if (!kept.place) await showDesks(runtime, null);
}

/** Sits down again in a copy that was made anew: the same account at the same place, else where it may. */
export async function sitBack(runtime: Runtime, { staff, place }: Seat): Promise<void> {
  await readNetwork(runtime);
  const { network } = runtime.store.get();
  const places = network ? placesOf(network, staff) : [];
  const stays = place && places.find((one) => one.library === place.library && one.code === place.code);
  runtime.store.set({ staff, place: stays ?? null, returns: [], scannedIn: [] });
  putAway(runtime);
  if (!stays) await showDesks(runtime, null);
}

/** Steps that are done by looking: what is shown is not read again for them, or they would be done by themselves. */
const DONE_BY_LOOKING: readonly string[] = ['show', 'find', 'rules', 'pick-list', 'shelf'];

/** The lesson has played something: what is on the screen says what holds now. */
export async function refreshAll(runtime: Runtime, lesson: Lesson): Promise<void> {
  const { store } = runtime;
  store.set({ network: lesson.network(), now: lesson.clock() });
  const current = lesson.current();
  if (current?.kind === 'do' && DONE_BY_LOOKING.includes(current.name)) return;
  if (store.get().record) {
    await refreshPane(runtime);
    await refreshList(runtime);
  }
  await refreshBrowse(runtime);
}
