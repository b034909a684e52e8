import type { House } from '../../desk/house.ts';
import { loadNetwork, markTraining } from '../../desk/networks.ts';
import { placeName } from '../../desk/perform.ts';
import type { Perform, Seat } from '../../desk/perform.ts';
import { NOBODY, choosePlace, placesOf, recallStaff } from '../../desk/sign-in.ts';
import { addStaff } from '../../desk/staff-accounts.ts';
import { JOBS } from '../../jobs/index.ts';
import type { Job } from '../../jobs/index.ts';
import { ACCOUNTS } from '../accounts.ts';
import { trainingDirectory } from '../directory.ts';
import { addPeopleAndItems, passwordsOf } from './people.ts';
import type { ScenarioError } from './problems.ts';
import { onItsLine } from './read.ts';
import type { Scenario, ScenarioReading } from './read.ts';
import { faultAt, refusedByDesk } from './scene-errors.ts';
import type { SceneFault } from './scene-errors.ts';
import { sceneNetwork } from './scene-network.ts';
import type { SceneNetwork } from './scene-network.ts';
import { SCENE_BUILDER, Stage } from './stage.ts';

export type SceneOptions = {
  /** The folder of the scenario: relative files are relative to it. */
  readonly directory: string;
  /** Fresh, migrated, empty. */
  readonly house: House;
  /** The jobs that `advance` runs: those of this version, unless a test brings its own. */
  readonly jobs?: readonly Job[];
};

/** A scene ready to be played, or why the file does not make one. */
export type SceneSetting = { readonly stage: Stage } | { readonly errors: readonly ScenarioError[] };

/** The operator of every library who plays where the scene names nobody; it has another name where the scene takes `bib`. */
function operatorOf(scenario: Scenario): string {
  return scenario.staff.some(({ id }) => id === 'bib') ? 'operator' : 'bib';
}

/** The accounts of a scene: its own, and those of the training copy that it does not make anew; nobody needs a password. */
async function addAccounts(perform: Perform, scenario: Scenario, { network }: SceneNetwork): Promise<SceneFault[]> {
  const known = new Set(['*', ...network.libraries.map((one) => one.code)]);
  const lost = scenario.staff.flatMap(({ libraries }, at) =>
    libraries
      .filter((found) => !known.has(found))
      .map((found) =>
        faultAt(['staff', at, 'libraries'], {
          problem: 'unknown-in-scene',
          what: 'library',
          found,
          allowed: [...known],
        }),
      ),
  );
  if (lost.length > 0) return lost;
  for (const [at, { id, role, libraries }] of scenario.staff.entries()) {
    const roles = libraries.map((library) => ({ role, library }));
    const added = await perform(SCENE_BUILDER, addStaff, { name: id, password: null, roles });
    if (added.kind !== 'added') return [refusedByDesk(['staff', at, 'id'], added)];
  }
  const own = new Set(scenario.staff.map(({ id }) => id));
  const operator = { name: operatorOf(scenario), role: 'operator' as const };
  for (const { name, role } of [operator, ...ACCOUNTS.filter((one) => one.name !== operator.name)]) {
    if (!own.has(name))
      await perform(SCENE_BUILDER, addStaff, { name, password: null, roles: [{ role, library: '*' }] });
  }
  return [];
}

/** Somebody of the scene at the first desk where they may sit; undefined: no such account. */
async function seatOf(perform: Perform, name: string, { network }: SceneNetwork): Promise<Seat | undefined> {
  const recalled = await perform({ staff: NOBODY, place: null }, recallStaff, { name });
  if (recalled.kind !== 'signed-in') return undefined;
  const { staff } = recalled;
  return { staff, place: placesOf(network, staff).find((one) => one.kind === 'desk') ?? null };
}

/** Who plays, and where: `as` at `desk`, or what stands for them. */
async function firstSeat(perform: Perform, scenario: Scenario, scene: SceneNetwork): Promise<Seat | SceneFault> {
  const name = scenario.as ?? operatorOf(scenario);
  const seat = await seatOf(perform, name, scene);
  if (!seat) {
    const allowed = [...new Set([...scenario.staff.map(({ id }) => id), ...ACCOUNTS.map((one) => one.name)])];
    return faultAt(['as'], { problem: 'unknown-in-scene', what: 'staff', found: name, allowed });
  }
  if (scenario.desk === undefined) return seat.place ? seat : faultAt(['desk'], { problem: 'no-desk' });
  const seated = await perform(seat, choosePlace, { place: scenario.desk });
  if (seated.kind === 'seated') return { ...seat, place: seated.place };
  const allowed = placesOf(scene.network, seat.staff).map(placeName);
  return faultAt(['desk'], { problem: 'unknown-in-scene', what: 'place', found: scenario.desk, allowed });
}

async function build(
  scenario: Scenario,
  scene: SceneNetwork,
  { house, directory, jobs = JOBS }: SceneOptions,
): Promise<Stage | SceneFault[]> {
  const { network, document, begin } = scene;
  const perform = house.at(() => begin);
  const marked = await perform(SCENE_BUILDER, markTraining, { clock: begin });
  const loaded = await perform(SCENE_BUILDER, loadNetwork, { network, difference: [] });
  if (marked.kind !== 'changed' || loaded.kind !== 'loaded') throw new Error('a scene needs an empty database');
  const faults = await addAccounts(perform, scenario, scene);
  if (faults.length > 0) return faults;
  const seat = await firstSeat(perform, scenario, scene);
  if ('error' in seat) return [seat];
  const operator = await seatOf(perform, operatorOf(scenario), scene);
  if (!operator) throw new Error('the operator of the scene has no account');
  const passwords = passwordsOf(scenario);
  const members = trainingDirectory((identifier) => passwords.get(identifier));
  const stage = () => new Stage(house, { network, document, now: begin, seat, jobs, directory, members });
  const more = await addPeopleAndItems(perform, scenario, { network, begin, seat, operator });
  return more.length > 0 ? more : stage();
}

/**
 * Sets the scene of a scenario in an empty, migrated house: marks it as a training copy, loads the network, adds staff,
 * people and items through the desk's own actions, and seats the first operator. Throws if the house is not empty.
 */
export async function setScene(
  reading: Extract<ScenarioReading, { scenario: Scenario }>,
  options: SceneOptions,
): Promise<SceneSetting> {
  const { scenario, lineOf } = reading;
  const placed = ({ at, error }: SceneFault): ScenarioError => onItsLine(at, error, lineOf);
  const scene = sceneNetwork(scenario, options.directory);
  if ('errors' in scene) return { errors: scene.errors.map((error) => onItsLine([error.path], error, lineOf)) };
  const stage = await build(scenario, scene, options);
  return Array.isArray(stage) ? { errors: stage.map(placed) } : { stage };
}
