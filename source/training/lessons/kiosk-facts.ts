import type { Directory } from '../../desk/member-sign-in.ts';
import type { Scenario, Step } from '../scenario/read.ts';
import type { Stage } from '../scenario/stage.ts';
import { latestCode } from '../scenario/steps/signing-in.ts';
import type { KioskFacts, Person } from './contract.ts';
import type { Script } from './script.ts';
import { keyOf } from './same.ts';

/** How somebody signs in by what a step has them do; undefined: the step says nothing of it. */
function signInBy({ name, fields, expect }: Step): Pick<Person, 'id' | 'password' | 'institution'> | undefined {
  if (expect?.['outcome'] === 'refused') return undefined;
  switch (name) {
    case 'sign-in':
    case 'set-password':
      return fields;
    case 'pre-register':
      return { id: fields.email, password: fields.password };
    default:
      return undefined;
  }
}

type ScenePatron = Scenario['patrons'][number];

const namesOf = ({ id, identifiers, email }: ScenePatron): string[] => [
  id,
  ...identifiers.map((one) => one.value),
  ...(email === undefined ? [] : [email]),
];
const isCalled = (patron: ScenePatron, name: string): boolean =>
  namesOf(patron).some((one) => keyOf(one) === keyOf(name));

/** Everybody's passwords and birth dates, as the scene has them and the steps so far have left them. */
function personIn({ patrons }: Scenario, { steps, at }: Script, name: string): Person {
  const theirs = patrons.find((one) => isCalled(one, name));
  const isTheirs = (id: string): boolean => keyOf(id) === keyOf(name) || (theirs !== undefined && isCalled(theirs, id));
  const known = steps
    .slice(0, at + 1)
    .flatMap((step) => signInBy(step) ?? [])
    .findLast((one) => isTheirs(one.id));
  const { id, password, institution } = known ?? { id: name, password: theirs?.password };
  const called = [name, id, ...(theirs ? namesOf(theirs) : [])];
  return { id, password, institution, birthDate: theirs?.birthDate, called };
}

/** What a terminal of the patrons needs to know of a lesson. `stage`: the one of the moment. */
export function kioskFacts(scenario: Scenario, script: Script, stage: () => Stage): KioskFacts {
  const members: Directory = {
    verify: async (...asked) => stage().members.verify(...asked),
    answers: async (institution) => stage().members.answers(institution),
  };
  return {
    members,
    seat: () => {
      const { kiosk } = stage().kioskSeat(null);
      return { terminal: kiosk?.terminal ?? '', library: stage().seat.place?.library ?? null };
    },
    person: (name) => personIn(scenario, script, name),
    title: (barcode) => scenario.items.find((one) => keyOf(one.barcode) === keyOf(barcode))?.title,
    code: async (id) => (await latestCode(stage(), id)) || undefined,
  };
}
