import { currentNetwork } from '../../desk/networks.ts';
import { placeName } from '../../desk/perform.ts';
import type { StaffMember } from '../../desk/perform.ts';
import { choosePlace, listPlaces, signIn } from '../../desk/sign-in.ts';
import type { PlaceChoice } from '../../desk/sign-in.ts';
import { addFirstAdministrator } from '../../desk/staff-accounts.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';
import { choicesKey, readChoices } from '../columns.ts';
import { forgetBrowse } from './browse.ts';
import { recallModes } from './modes.ts';
import { showIdentification } from './record.ts';
import { tellWaiting } from './waiting-files.ts';

/** Shows the sign-in form, empty. */
export function showSignIn(runtime: Runtime): void {
  const label = runtime.words().signIn.name;
  runtime.store.set({
    screen: 'sign-in',
    staff: null,
    place: null,
    record: null,
    matches: null,
    overlay: null,
    browse: [],
    under: null,
    returns: [],
    given: [],
    field: { label, value: '', masked: false },
  });
}

/** Shows the form for the first administrator of an empty house (DESK-03). */
export function showFirstAdministrator(runtime: Runtime): void {
  runtime.store.set({
    screen: 'first-administrator',
    given: [],
    field: { label: runtime.words().signIn.name, value: '', masked: false },
  });
}

/** Reads the network: names of codes and the time zone. */
export async function readNetwork(runtime: Runtime): Promise<void> {
  const { network } = await runtime
    .perform(currentNetwork, {})
    .then((found) => (found.kind === 'network' ? found : { network: null }));
  runtime.store.set({ network, timeZone: network?.timeZone ?? runtime.store.get().timeZone });
  if (network) runtime.outage.keep(network);
}

/** Sits down at a place and waits for the first card. */
export async function sitDown(runtime: Runtime, place: PlaceChoice): Promise<void> {
  const outcome = await runtime.perform(choosePlace, { place: placeName(place) });
  if (outcome.kind !== 'seated') return runtime.refuse(outcome);
  await readNetwork(runtime);
  const { staff } = runtime.store.get();
  const columnChoices = readChoices(runtime.recall(choicesKey(staff?.name ?? '')));
  runtime.store.set({ place: outcome.place, returns: [], scannedIn: [], answer: null, columnChoices });
  forgetBrowse(runtime);
  recallModes(runtime, staff?.name ?? '', placeName(outcome.place));
  runtime.newPatron();
  runtime.otherPlace();
  showIdentification(runtime);
  runtime.remember('lastPlace', placeName(outcome.place));
  await tellWaiting(runtime);
}

/** Shows the desks of the person, the last one first (DESK-01). */
export async function showDesks(runtime: Runtime, lastPlace: string | null): Promise<void> {
  const found = await runtime.perform(listPlaces, {});
  if (found.kind !== 'places') return runtime.refuse(found);
  const last = found.places.filter((one) => placeName(one) === lastPlace);
  const places = [...last, ...found.places.filter((one) => placeName(one) !== lastPlace)];
  await readNetwork(runtime);
  runtime.store.set({
    screen: 'choose-desk',
    places,
    record: null,
    matches: null,
    overlay: null,
    field: { label: '›', value: '', masked: false },
    answer: null,
  });
  const words = runtime.words().desk;
  const [only] = places;
  if (places.length === 0) runtime.tell('warning', runtime.store.get().network ? words.none : words.noNetwork);
  else if (places.length === 1 && only) await sitDown(runtime, only);
}

/** Somebody has signed in. */
export async function arrived(runtime: Runtime, staff: StaffMember, lastPlace: string | null): Promise<void> {
  runtime.store.set({ staff, given: [], answer: null });
  await showDesks(runtime, lastPlace);
}

/** Enter in the sign-in form: the name, then the password. In a training copy an empty name is the first account. */
export async function submitSignIn(runtime: Runtime, text: string): Promise<void> {
  const { given, training } = runtime.store.get();
  const words = runtime.words().signIn;
  const [name] = given;
  const [first] = training?.accounts ?? [];
  if (name === undefined) {
    if (text.trim() !== '')
      return runtime.store.set({
        given: [text.trim()],
        answer: null,
        field: { label: words.password, value: '', masked: true },
      });
    if (!first) return;
  }
  const account = name === undefined && first ? first : { name: name ?? '', password: text };
  const outcome = await runtime.perform(signIn, { name: account.name, password: account.password });
  if (outcome.kind === 'signed-in') return arrived(runtime, outcome.staff, outcome.lastPlace);
  showSignIn(runtime);
  if (outcome.kind === 'wrong') runtime.tell('refusal', words.wrong);
  else if (outcome.kind === 'locked') runtime.tell('refusal', words.locked(runtime.dates().hour(outcome.until)));
  else runtime.refuse(outcome);
}

/** Enter in the first administrator's form: name, password, password again. */
export async function submitFirstAdministrator(runtime: Runtime, text: string): Promise<void> {
  const { given } = runtime.store.get();
  const words = runtime.words().signIn;
  const [name, password] = given;
  const startAgain = (message: string) => {
    showFirstAdministrator(runtime);
    runtime.tell('refusal', message);
  };
  if (name === undefined) {
    if (text.trim() === '') return startAgain(words.empty);
    return runtime.store.set({
      given: [text.trim()],
      answer: null,
      field: { label: words.password, value: '', masked: true },
    });
  }
  if (password === undefined) {
    return runtime.store.set({
      given: [name, text],
      answer: null,
      field: { label: words.again, value: '', masked: true },
    });
  }
  if (password !== text) return startAgain(words.different);
  const outcome = await runtime.perform(addFirstAdministrator, { name, password });
  if (outcome.kind === 'added') {
    showSignIn(runtime);
    runtime.tell('information', words.created(printable(name)));
  } else if (outcome.kind === 'invalid' && outcome.problem === 'weak-password') startAgain(words.weak);
  else {
    showSignIn(runtime);
    runtime.refuse(outcome);
  }
}
