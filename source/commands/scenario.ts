import path from 'node:path';
import { openHouse } from '../desk/house.ts';
import type { House } from '../desk/house.ts';
import type { Words } from '../language/words.ts';
import { runScenario } from '../training/scenario/index.ts';
import type { ScenarioResult, StepFailure } from '../training/scenario/index.ts';
import { complain, print, printJson } from './context.ts';
import type { Context } from './context.ts';
import { isEmptyHouse, openFor } from './database.ts';
import { misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { errorLines } from './scenario-report.ts';
import { readTextFile } from './text-files.ts';

const written = (value: unknown): string => JSON.stringify(value) ?? 'null';

function failureLine({ kind, path: where, expected, actual }: StepFailure, words: Words): string {
  const say = words.commands.scenario;
  switch (kind) {
    case 'mismatch':
      return say.mismatch(where, written(expected), written(actual));
    case 'not-done':
      return say.notDone(written(actual));
    case 'error':
      return say.error(written(actual));
    case 'no-error':
      return say.noError(String(expected), written(actual));
  }
}

/** Tells what became of a scenario: one line if it passed, every wrong figure if not. */
function tell(context: Context, result: ScenarioResult): void {
  const { words } = context;
  const say = words.commands.scenario;
  if (result.kind === 'unreadable') {
    complain(context, say.broken(result.name));
    for (const line of result.errors.flatMap((error) => errorLines(error, words))) complain(context, `  ${line}`);
    return;
  }
  if (result.passed) {
    if (!context.options.has('json')) print(context, say.passed(result.title, result.steps.length));
    return;
  }
  complain(context, say.failed(result.title));
  for (const { number, name, line, failures } of result.steps) {
    if (failures.length === 0) continue;
    complain(context, `  ${say.step(number, name, line ?? null)}`);
    for (const failure of failures) complain(context, `    ${failureLine(failure, words)}`);
  }
}

/** The database of a scenario: a new one in memory, or an empty one that `--db` names. Nothing that is not empty is touched. */
async function freshHouse(context: Context): Promise<House> {
  const url = context.options.text('db');
  const house = url === undefined ? openHouse('sqlite::memory:') : openFor(context, url, true);
  try {
    const { done, unknown } = await house.status();
    if (done.length > 0 && unknown.length === 0 && !(await isEmptyHouse(house)))
      throw refused(context.words.commands.refusal.notEmpty(house.where));
    await house.migrate();
    return house;
  } catch (error) {
    await house.close();
    throw error;
  }
}

async function play(context: Context, file: string): Promise<ScenarioResult> {
  const text = readTextFile(context, file);
  const house = await freshHouse(context);
  try {
    return await runScenario(text, { name: file, directory: path.dirname(path.resolve(file)), house });
  } finally {
    await house.close();
  }
}

/** `guichet scenario run FILE…`: plays each scenario in a database of its own and compares what is expected (spec 8). */
export async function run(context: Context): Promise<Status> {
  const { input, options, words } = context;
  if (input.length > 1 && options.text('db') !== undefined) throw misused(words.commands.refusal.oneScenarioAtATime);
  const results: ScenarioResult[] = [];
  for (const file of input) {
    const result = await play(context, file);
    tell(context, result);
    results.push(result);
  }
  const passed = results.filter((one) => one.passed).length;
  if (options.has('json')) printJson(context, { passed, failed: results.length - passed, scenarios: results });
  else print(context, words.commands.scenario.total(passed, results.length - passed));
  return passed === results.length ? 0 : 1;
}
