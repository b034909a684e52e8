import { dayOf, localText, parseLocal } from '../../circulation/time.ts';
import type { Instant } from '../../circulation/time.ts';
import { placesOf } from '../../desk/sign-in.ts';
import { printable } from '../../language/printable.ts';
import type { ConsoleTrainer } from '../contract.ts';
import { readDay } from '../day-input.ts';
import { showDesks, showSignIn } from '../flows/arrive.ts';
import { openBrowse } from '../flows/browse.ts';
import { closeRecord } from '../flows/record.ts';
import type { FormField, FormValues } from '../form.ts';
import type { CommandName } from '../keymap.ts';
import type { Runtime } from '../runtime.ts';
import { roleText, showLessons } from './list.ts';
import { putAway, sitBack } from './seat.ts';

/** The trainer's controls of the present house; where it has none, that is said. */
async function trainerOf(runtime: Runtime): Promise<ConsoleTrainer | undefined> {
  const { trainer } = await runtime.lessons.house();
  if (!trainer) runtime.tell('information', runtime.words().lessons.trainer.noTrainer);
  return trainer;
}

/** The instant of a day and an hour as typed; undefined: no such time. */
function instantOf(runtime: Runtime, values: FormValues): Instant | undefined {
  const { timeZone } = runtime.store.get();
  const today = dayOf(runtime.now(), timeZone);
  const typed = String(values['day']);
  const day = typed === '' ? today : readDay(typed, today);
  const hour = /^(\d{1,2})[:hH.]?(\d{2})?$/.exec(String(values['hour']));
  if (day === undefined || !hour) return undefined;
  return parseLocal(`${day}T${(hour[1] ?? '').padStart(2, '0')}:${hour[2] ?? '00'}`, timeZone);
}

/** A day and an hour by a form; `real`: also the real time. */
async function askMoment(runtime: Runtime, title: string, withReal: boolean): Promise<Instant | 'real' | undefined> {
  const words = runtime.words().lessons.trainer;
  const local = localText(runtime.now(), runtime.store.get().timeZone);
  const real: FormField[] = withReal
    ? [{ kind: 'yes-no', name: 'real', label: words.real, value: false, hint: words.realHint }]
    : [];
  const values = await runtime.askForm({
    key: withReal ? 'set-clock' : 'advance-clock',
    title,
    fields: [
      {
        kind: 'text',
        name: 'day',
        label: words.day,
        // What stands there would have to be taken away first.
        value: '',
        hint: words.dayHint,
      },
      { kind: 'text', name: 'hour', label: words.hour, value: local.slice(11, 16), hint: words.hourHint },
      ...real,
    ],
    check: (filled) =>
      filled['real'] === true || instantOf(runtime, filled) !== undefined
        ? undefined
        : { field: 'day', text: words.noSuchTime },
  });
  if (!values) return undefined;
  return values['real'] === true ? 'real' : instantOf(runtime, values);
}

/** The clock stands elsewhere now: nothing that is open is of that moment. */
async function tellClock(runtime: Runtime, trainer: ConsoleTrainer): Promise<void> {
  const words = runtime.words().lessons.trainer;
  runtime.store.set({ now: runtime.now() });
  const stands = trainer.standsAt();
  runtime.tell('done', stands === null ? words.isReal : words.standsAt(runtime.dates().moment(stands)));
}

async function setClock(runtime: Runtime): Promise<void> {
  const trainer = await trainerOf(runtime);
  const words = runtime.words().lessons.trainer;
  const to = trainer && (await askMoment(runtime, words.setTitle, true));
  if (!trainer || to === undefined) return;
  await closeRecord(runtime, 'left');
  if (!(await trainer.setClock(to)))
    return runtime.tell('refusal', runtime.lessons.isOpen() ? words.notBack : words.refused);
  if (runtime.store.get().place) putAway(runtime);
  await tellClock(runtime, trainer);
}

/** The header follows while nights run. */
const progress =
  (runtime: Runtime) =>
  (now: Instant): void => {
    runtime.store.set({ now });
    runtime.tell('information', runtime.words().lessons.trainer.running(runtime.dates().moment(now)));
  };

async function advanceClock(runtime: Runtime): Promise<void> {
  const trainer = await trainerOf(runtime);
  const words = runtime.words().lessons.trainer;
  const to = trainer && (await askMoment(runtime, words.advanceTitle, false));
  if (!trainer || typeof to !== 'number') return;
  await closeRecord(runtime, 'left');
  if (!(await trainer.advance(to, progress(runtime)))) return runtime.tell('refusal', words.notBack);
  if (runtime.store.get().place) putAway(runtime);
  await tellClock(runtime, trainer);
}

async function runNight(runtime: Runtime): Promise<void> {
  const trainer = await trainerOf(runtime);
  if (!trainer) return;
  await closeRecord(runtime, 'left');
  const at = await trainer.runNight(progress(runtime));
  if (at === null) return runtime.tell('refusal', runtime.words().lessons.trainer.refused);
  if (runtime.store.get().place) putAway(runtime);
  await tellClock(runtime, trainer);
}

/** Makes the copy anew after a question; a lesson begins anew without one. */
async function resetScene(runtime: Runtime): Promise<void> {
  if (runtime.lessons.isOpen()) return runtime.lessons.run('lesson-again');
  const trainer = await trainerOf(runtime);
  if (!trainer) return;
  const words = runtime.words().lessons.trainer;
  const answer = await runtime.ask({
    title: words.askReset,
    lines: words.resetLines,
    why: [],
    choices: ['answer-yes', 'answer-cancel'],
  });
  if (answer !== 'answer-yes') return;
  const { staff, place } = runtime.store.get();
  // Whose record was open is nobody any more: there is no session to end.
  putAway(runtime);
  const made = await trainer.resetScene();
  if (!made) return runtime.tell('refusal', words.refused);
  const again = made.seat === null && staff ? await trainer.switchTo(staff.name) : undefined;
  const seat = again?.kind === 'signed-in' ? { staff: again.staff, place } : made.seat;
  if (seat) await sitBack(runtime, seat);
  else showSignIn(runtime);
  runtime.store.set({ now: runtime.now() });
  runtime.tell('done', words.reset);
}

type Account = Awaited<ReturnType<ConsoleTrainer['operators']>>[number];

/** Another account takes the seat; the place stays where they may sit there, else they choose one. */
async function switchTo(runtime: Runtime, trainer: ConsoleTrainer, name: string): Promise<void> {
  const signedIn = await trainer.switchTo(name);
  if (signedIn.kind !== 'signed-in') return runtime.refuse(signedIn);
  await closeRecord(runtime, 'left');
  const { place, network } = runtime.store.get();
  const { staff } = signedIn;
  const stays =
    place &&
    network &&
    placesOf(network, staff).find((one) => one.library === place.library && one.code === place.code);
  runtime.store.set({ staff, place: stays ?? null });
  putAway(runtime);
  if (!stays) await showDesks(runtime, null);
  runtime.tell('done', runtime.words().lessons.trainer.now(printable(staff.displayName)));
}

async function switchOperator(runtime: Runtime): Promise<void> {
  const trainer = await trainerOf(runtime);
  if (!trainer) return;
  const accounts = await trainer.operators();
  const words = () => runtime.words().lessons.trainer;
  const roles = ({ roles: held }: Account): string =>
    [...new Set(held.map((one) => roleText(runtime, one.role)))].join(', ');
  await openBrowse<Account>(runtime, {
    table: 'operators',
    title: () => words().operators,
    hint: () => words().operatorsHint,
    columns: () => [
      { name: 'account', head: words().account, width: 16, cell: (row) => printable(row.name) },
      { name: 'name', head: words().name, width: 0, cell: (row) => printable(row.displayName) },
      { name: 'role', head: words().role, width: 30, cell: roles },
    ],
    keyOf: (row) => row.name,
    empty: () => '',
    begin: Math.max(
      0,
      accounts.findIndex((one) => one.name === runtime.store.get().staff?.name),
    ),
    read: async ({ offset, limit }) => ({ total: accounts.length, lines: accounts.slice(offset, offset + limit) }),
    open: async (row) => switchTo(runtime, trainer, row.name),
  });
}

function toggleKeys(runtime: Runtime): void {
  const shown = runtime.store.get().shownKeys === null;
  runtime.store.set({ shownKeys: shown ? [] : null });
  const words = runtime.words().lessons;
  runtime.tell('information', shown ? words.keysShown : words.keysHidden);
}

function toggleSlow(runtime: Runtime): void {
  const slowMotion = !runtime.store.get().slowMotion;
  runtime.store.set({ slowMotion });
  const words = runtime.words().lessons;
  runtime.tell('information', slowMotion ? words.slow : words.fast);
}

/** Does a command of lessons or trainers. Answers false where it is none. */
export async function trainingCommand(runtime: Runtime, command: CommandName): Promise<boolean> {
  switch (command) {
    case 'lessons':
      await showLessons(runtime);
      return true;
    case 'lesson-next':
    case 'lesson-back':
    case 'lesson-again':
    case 'lesson-skip':
    case 'lesson-leave':
      await runtime.lessons.run(command);
      return true;
    case 'show-keys':
      toggleKeys(runtime);
      return true;
    case 'slow-motion':
      toggleSlow(runtime);
      return true;
    case 'set-clock':
      await setClock(runtime);
      return true;
    case 'advance-clock':
      await advanceClock(runtime);
      return true;
    case 'run-night':
      await runNight(runtime);
      return true;
    case 'reset-scene':
      await resetScene(runtime);
      return true;
    case 'switch-operator':
      await switchOperator(runtime);
      return true;
    default:
      return false;
  }
}
