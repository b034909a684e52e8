import type { Network } from '../../circulation/network.ts';
import { dayOf } from '../../circulation/time.ts';
import type { Instant } from '../../circulation/time.ts';
import { addItems } from '../../desk/add-items.ts';
import { setPatronPassword } from '../../desk/patron-passwords.ts';
import { addPatron } from '../../desk/patrons.ts';
import type { Perform, Refusal, Seat } from '../../desk/perform.ts';
import { borrowingGroup, yearAfter } from './defaults.ts';
import type { SceneItem, ScenePatron } from './format.ts';
import { faultAt, refusedByDesk } from './scene-errors.ts';
import type { SceneFault } from './scene-errors.ts';
import type { Scenario } from './read.ts';
import { setProcesses } from './processes.ts';
import { SCENE_BUILDER } from './stage.ts';

type Codes = readonly { readonly code: string }[];
type Kind = 'group' | 'campus' | 'location' | 'material' | 'policy';

function unknownCode(
  path: (string | number)[],
  kind: Kind,
  found: string | null | undefined,
  codes: Codes,
): SceneFault[] {
  if (found === undefined || found === null || codes.some((one) => one.code === found)) return [];
  return [faultAt(path, { problem: 'unknown-code', kind, found, allowed: codes.map((one) => one.code) })];
}

const locationsOf = (network: Network): Codes =>
  network.libraries.flatMap((library) => library.locations.map(({ code }) => ({ code: `${library.code}/${code}` })));

/** Every code of the people and items that the network does not have. */
function codeFaults({ patrons, items }: Scenario, network: Network): SceneFault[] {
  const locations = locationsOf(network);
  return [
    ...patrons.flatMap(({ group, campus }, at) => [
      ...unknownCode(['patrons', at, 'group'], 'group', group, network.groups),
      ...unknownCode(['patrons', at, 'campus'], 'campus', campus, network.campuses),
    ]),
    ...items.flatMap(({ location, material, policy }, at) => [
      ...unknownCode(['items', at, 'location'], 'location', location, locations),
      ...unknownCode(['items', at, 'material'], 'material', material, network.materials),
      ...unknownCode(['items', at, 'policy'], 'policy', policy, network.itemPolicies),
    ]),
  ];
}

type NewPatron = Parameters<typeof addPatron.run>[1];

/** How somebody of a scene is reached; one of the card system's people by what that says (USR-02). */
function contactsOf({ email, phone = [], address = [], kind }: ScenePatron, network: Network): NewPatron['contacts'] {
  const isNone = email !== undefined && email === network.placeholderEmail;
  const emails = email === undefined ? [] : [{ value: email, ...(isNone ? { type: 'alternative' } : {}) }];
  const nowhere = { type: null, city: null, postalCode: null, country: null };
  const all = [
    ...emails.map((one, at) => ({ ...nowhere, ...one, kind: 'email' as const, preferred: at === 0 })),
    ...phone.map((one, at) => ({ ...nowhere, ...one, kind: 'phone' as const, preferred: at === 0 })),
    ...address.map((one, at) => ({ ...nowhere, ...one, kind: 'address' as const, preferred: at === 0 })),
  ];
  return all.map((one) => ({ ...one, external: kind === 'external' }));
}

function patronRecord(one: ScenePatron, network: Network, begin: Instant): NewPatron {
  const { birthDate, campus, purge, category, statistics = [] } = one;
  const external = one.kind === 'external';
  const contacts = contactsOf(one, network);
  return {
    lastName: one.name ?? one.id,
    firstName: one.firstName ?? '',
    group: one.group === undefined ? borrowingGroup(network) : one.group,
    expiry: one.expiry === undefined ? yearAfter(dayOf(begin, network.timeZone)) : one.expiry,
    status: one.status,
    kind: one.kind,
    language: one.language,
    ...(birthDate === undefined ? {} : { birthDay: birthDate }),
    ...(campus === undefined ? {} : { campus }),
    ...(purge === undefined ? {} : { purge }),
    ...(category === undefined ? {} : { category }),
    ...(contacts === undefined ? {} : { contacts }),
    statistics: statistics.map((code) => ({ code, external })),
    identifiers: [{ type: 'PRIMARY', value: one.id }, ...one.identifiers].map((id) => ({ ...id, external })),
    notes: one.notes.map(({ text, popup = false, public: visible = false }) => ({ text, popup, visible })),
    blocks: one.blocks,
  };
}

/** Processes that an item can be in by itself; the others need a loan, a request or a journey. */
const ALONE: ReadonlySet<string> = new Set(['MISSING', 'ACQ', 'WORK_ORDER_DEPARTMENT']);
const AT_A_DEPARTMENT: ReadonlySet<string> = new Set(['ACQ', 'WORK_ORDER_DEPARTMENT']);

function itemRecord(one: SceneItem, network: Network, seat: Seat): Parameters<typeof addItems.run>[1]['items'][number] {
  const home = network.libraries.find((library) => library.code === seat.place?.library) ?? network.libraries[0];
  const location = one.location ?? `${home?.code ?? ''}/${home?.locations[0]?.code ?? ''}`;
  const [library = ''] = location.split('/');
  const owner = network.libraries.find(({ code }) => code === library);
  const book = network.materials.find(({ code }) => code === 'BOOK') ?? network.materials[0];
  const {
    author = null,
    isbn = null,
    subjects = [],
    policy = null,
    description = null,
    callNumber = null,
    note = null,
    process,
  } = one;
  return {
    barcode: one.barcode,
    title: one.title ?? one.barcode,
    library,
    location,
    material: one.material ?? book?.code ?? '',
    author,
    isbn,
    subjects,
    policy,
    description,
    callNumber,
    fulfilmentNote: note,
    process: process !== undefined && ALONE.has(process) ? process : null,
    department: process !== undefined && AT_A_DEPARTMENT.has(process) ? (owner?.departments[0]?.code ?? null) : null,
  };
}

/** What members of institutions sign in with elsewhere, by each of their identifiers. */
export function passwordsOf({ patrons }: Scenario): ReadonlyMap<string, string> {
  return new Map(
    patrons.flatMap(({ id, identifiers, kind, password }) =>
      kind === 'external' && password !== undefined
        ? [id, ...identifiers.map(({ value }) => value)].map((one): [string, string] => [one, password])
        : [],
    ),
  );
}

/** Gives somebody of a scene their password; a member of an institution has it there, not here (USR-11). */
async function passwordFault(perform: Perform, patron: number, password: string): Promise<Refusal | undefined> {
  const set = await perform(SCENE_BUILDER, setPatronPassword, { patron, password });
  if (set.kind === 'weak') return { kind: 'invalid', path: 'password', problem: 'weak-password' };
  return set.kind === 'password-set' || set.kind === 'external' ? undefined : set;
}

/** Adds the people and the items of a scene, through the desk's own actions. Faults: what the network or the desk refuses. */
export async function addPeopleAndItems(
  perform: Perform,
  scenario: Scenario,
  scene: { network: Network; begin: Instant; seat: Seat; operator: Seat },
): Promise<SceneFault[]> {
  const { network, begin, seat, operator } = scene;
  const faults = codeFaults(scenario, network);
  if (faults.length > 0) return faults;
  for (const [at, one] of scenario.patrons.entries()) {
    const added = await perform(SCENE_BUILDER, addPatron, patronRecord(one, network, begin));
    if (added.kind !== 'added') return [refusedByDesk(['patrons', at, 'id'], added)];
    const refused = one.password === undefined ? undefined : await passwordFault(perform, added.id, one.password);
    if (refused) return [refusedByDesk(['patrons', at, 'password'], refused)];
  }
  const items = scenario.items.map((one) => itemRecord(one, network, seat));
  const added = await perform(SCENE_BUILDER, addItems, { items });
  if (added.kind !== 'added') return [refusedByDesk(['items', wrongItem(scenario, added), 'barcode'], added)];
  const libraries = items.map(({ library }) => library);
  return setProcesses(perform, scenario.items, { network, operator, libraries });
}

/** Which of the items was refused: its path says so. */
function wrongItem({ items }: Scenario, answer: object): number {
  const path = 'path' in answer ? String(answer.path) : '';
  const index = /\[(\d+)\]/.exec(path)?.[1];
  return Math.min(Number(index ?? 0), Math.max(0, items.length - 1));
}
