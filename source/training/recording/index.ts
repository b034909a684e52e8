import { openHouse } from '../../desk/house.ts';
import { runScenario } from '../scenario/index.ts';
import type { ScenarioResult } from '../scenario/index.ts';
import type { Recorder } from './recorder.ts';
import type { RecordedStep } from './write.ts';

export { Recorder } from './recorder.ts';

/** After so many plays what is left is as it is played. */
const MOST_PLAYS = 5;

async function played(text: string, name: string): Promise<ScenarioResult> {
  const house = openHouse('sqlite::memory:');
  try {
    await house.migrate();
    return await runScenario(text, { name, directory: '.', house });
  } finally {
    await house.close();
  }
}

type Failures = Extract<ScenarioResult, { kind: 'played' }>['steps'][number]['failures'];

/** A step as it is played: what it does not answer there is not expected; where it is not done at all, it is only told. */
function asPlayed(step: RecordedStep, failures: Failures): RecordedStep {
  if (failures.some((one) => one.kind !== 'mismatch')) return { ...step, isOff: true };
  const wrong = new Set(failures.map((one) => one.path.split(/[.[]/u)[0]));
  const expect = Object.fromEntries(Object.entries(step.expect ?? {}).filter(([key]) => !wrong.has(key)));
  return { ...step, expect };
}

/**
 * The recording as the text of a scenario that runs: it is played in a house of its own, and what depends on more of the
 * training copy than its people, their loans and the items is not expected; a step that cannot be done there becomes a comment.
 */
export async function recordedScenario(recorder: Recorder, title: string, name: string): Promise<string> {
  let { steps } = recorder;
  for (let play = 0; play < MOST_PLAYS; play += 1) {
    const result = await played(recorder.text(title, steps), name);
    if (result.kind === 'unreadable') throw new Error(`a recording is unreadable: ${JSON.stringify(result.errors)}`);
    if (result.passed) break;
    const doing = steps.filter((one) => one.isOff !== true);
    const before = result.steps.length - doing.length;
    steps = steps.map((step) => {
      const failures = result.steps[before + doing.indexOf(step)]?.failures ?? [];
      return step.isOff === true || failures.length === 0 ? step : asPlayed(step, failures);
    });
  }
  return recorder.text(title, steps);
}
