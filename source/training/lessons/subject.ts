import { placeName } from '../../desk/perform.ts';
import type { GuidedName } from '../scenario/lesson-format.ts';
import type { Stage } from '../scenario/stage.ts';
import { isSamePatron, isSameTitle, keyOf, patronId } from './same.ts';

type Fields = Readonly<Record<string, unknown>>;
type Same = (stage: Stage, wanted: Fields, done: Fields) => Promise<boolean>;

const listed = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const barcodesIn = ({ item, items, all }: Fields): string[] =>
  [...listed(item), ...listed(items), ...listed(all)].map((one) => keyOf(one));

const patron: Same = async (stage, wanted, done) =>
  wanted['patron'] === undefined || isSamePatron(stage, wanted['patron'], done['patron']);

const item: Same = async (_, wanted, done) => keyOf(wanted['item']) === keyOf(done['item']);

/** Exactly those items, in any order. */
const items: Same = async (_, wanted, done) => {
  const [first, second] = [new Set(barcodesIn(wanted)), new Set(barcodesIn(done))];
  return first.size === second.size && [...first].every((one) => second.has(one));
};

const patronAndItem: Same = async (...on) => (await item(...on)) && (await patron(...on));

/** A request by its name in the file, or one that an item stands for. */
const request: Same = async (stage, wanted, done) => {
  const { request: name, item: barcode, items: several } = wanted;
  if (name !== undefined) return stage.requestCalled(name as string) === done['request'];
  return several === undefined ? barcodesIn(done).includes(keyOf(barcode)) : items(stage, wanted, done);
};

const always: Same = async () => true;

/** Who signs in: whoever it is then, else what was typed; a name of an institution is nobody's identifier here. */
const signedIn: Same = async (stage, wanted, done) => {
  if (keyOf(wanted['institution'] ?? '') !== keyOf(done['institution'] ?? '')) return false;
  const id = await patronId(stage, wanted['id']);
  if (id !== undefined && done['patron'] !== undefined) return id === done['patron'];
  return done['id'] === undefined || keyOf(wanted['id']) === keyOf(done['id']) || id === done['patron'];
};

const byName: Same = async (stage, wanted, done) => isSamePatron(stage, wanted['id'], done['id']);

/** Somebody's loans, all of them or those that are named. */
const theirLoans: Same = async (stage, wanted, done) =>
  (wanted['patron'] === undefined || (done['patron'] !== undefined && (await patron(stage, wanted, done)))) &&
  items(stage, wanted, done);

/** The same person by name, or the record that is there already. */
const newcomer: Same = async (stage, wanted, done) => {
  if (wanted['patron'] !== undefined || done['patron'] !== undefined)
    return isSamePatron(stage, wanted['patron'], done['patron']);
  const last = wanted['name'] ?? wanted['lastName'];
  const isNamed = last === undefined || keyOf(last) === keyOf(done['name']);
  return (
    isNamed && (wanted['firstName'] === undefined || keyOf(wanted['firstName']) === keyOf(done['firstName'] ?? ''))
  );
};

const shown: Same = async (stage, wanted, done) => {
  if (wanted['patron'] !== undefined) return done['patron'] !== undefined && patron(stage, wanted, done);
  if (wanted['request'] !== undefined) return stage.requestCalled(wanted['request'] as string) === done['request'];
  const key = (['item', 'loan', 'title'] as const).find((one) => wanted[one] !== undefined);
  return key !== undefined && done[key] !== undefined && keyOf(wanted[key]) === keyOf(done[key]);
};

const consulted: Same = async (_, wanted, done) =>
  (['item', 'location'] as const).every((key) => wanted[key] === undefined || keyOf(wanted[key]) === keyOf(done[key]));

/** Whether something was done to whom and what the step names. */
export const SAME_SUBJECT: Readonly<Record<Exclude<GuidedName, 'console'>, Same>> = {
  lend: patronAndItem,
  return: item,
  renew: theirLoans,
  done: patron,
  'scan-in': item,
  'change-due': items,
  'delete-loan': item,
  request: async (stage, wanted, done) => (await patron(stage, wanted, done)) && isSameTitle(stage, wanted, done),
  'cancel-request': request,
  note: async (stage, wanted, done) =>
    wanted['item'] === undefined
      ? done['patron'] !== undefined && patron(stage, wanted, done)
      : item(stage, wanted, done),
  block: patron,
  unblock: patron,
  'work-order': item,
  'quick-add': async (_, wanted, done) => keyOf(wanted['barcode']) === keyOf(done['barcode']),
  register: newcomer,
  'edit-patron': patron,
  quitus: patron,
  show: shown,
  find: always,
  rules: consulted,
  'pick-list': always,
  shelf: always,
  'activate-next': request,
  reshelve: request,
  send: request,
  'mark-missing': request,
  'skip-library': request,
  desk: async (_, wanted, done) => keyOf(wanted['place']) === keyOf(done['place']),
  'sign-in': signedIn,
  account: patron,
  search: always,
  'pre-register': async (_, wanted, done) => keyOf(wanted['email']) === keyOf(done['email']),
  'forgot-password': byName,
  'set-password': byName,
};

/** Fields of a step that must hold although the result does not name them. */
const WISHES: Partial<Readonly<Record<GuidedName, readonly string[]>>> = {
  'scan-in': ['inHouse', 'treated'],
  request: ['pickup', 'until'],
  note: ['text'],
  block: ['type', 'until', 'active'],
  unblock: ['type', 'until'],
  shelf: ['list'],
  'pre-register': ['name', 'firstName', 'birthDate', 'phone', 'occupation', 'duration'],
};

/** What a step asks for beside its subject, with what the file leaves out as the desk takes it. */
export function wishesOf(name: GuidedName, wanted: Fields, stage: Stage): Fields {
  const here = placeName(stage.seat.place).split('/')[0];
  const all: Fields = name === 'request' ? { pickup: here, ...wanted } : wanted;
  const named = (WISHES[name] ?? []).filter((key) => all[key] !== undefined);
  return Object.fromEntries(named.map((key) => [key, all[key]]));
}
