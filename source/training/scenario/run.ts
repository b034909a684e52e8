import type { BlockCode } from '../../circulation/blocks.ts';
import type { FailureCode, PlainResult } from '../results.ts';
import { mismatches } from './expect.ts';
import type { Mismatch } from './expect.ts';
import type { ScenarioError } from './problems.ts';
import { readScenario } from './read.ts';
import type { Step } from './read.ts';
import { setScene } from './scene.ts';
import type { SceneOptions } from './scene.ts';
import type { Stage } from './stage.ts';
import { accountStep } from './steps/account.ts';
import { advanceStep, atStep } from './steps/clock.ts';
import { rulesStep, showStep } from './steps/consulting.ts';
import { editPatronStep } from './steps/editing-patrons.ts';
import { findStep } from './steps/finding.ts';
import { preRegisterStep, quitusStep } from './steps/kiosk-forms.ts';
import { lendStep } from './steps/lending.ts';
import { changeDueStep, deleteLoanStep, renewStep } from './steps/loans.ts';
import { lettersStep, runStep } from './steps/jobs.ts';
import { importCatalogueStep, importPatronsStep } from './steps/importing.ts';
import { networkStep } from './steps/networks.ts';
import { blockStep, noteStep, unblockStep } from './steps/notes-and-blocks.ts';
import { quickAddStep } from './steps/quick-adding.ts';
import {
  cancelRequestStep,
  clearShelfStep,
  markMissingStep,
  pickListStep,
  requestStep,
  shelfStep,
  skipLibraryStep,
} from './steps/requests.ts';
import { registerStep } from './steps/registering.ts';
import { returnStep } from './steps/returning.ts';
import { scanInStep, workOrderStep } from './steps/scanning.ts';
import { asStep, deskStep, doneStep } from './steps/session.ts';
import { forgotPasswordStep, setPasswordStep, signInStep } from './steps/signing-in.ts';
import { searchStep } from './steps/searching.ts';
import { offlineUploadStep } from './steps/uploading.ts';

/**
 * Why a step failed. `mismatch`: a figure inside `expect`; `not-done`: a step without `expect` that was blocked, refused
 * or stopped at a note; `error`: a typed error that was not expected; `no-error`: none, or another than `fails` names.
 */
export type StepFailure = { readonly kind: 'mismatch' | 'not-done' | 'error' | 'no-error' } & Mismatch;

/** What became of one step. */
type StepResult = {
  /** From 1. */
  readonly number: number;
  readonly name: Step['name'];
  readonly line?: number;
  /** The time on the clock after the step, local. */
  readonly at: string;
  /** What the step answered. */
  readonly result: PlainResult;
  /** Empty: as expected. */
  readonly failures: readonly StepFailure[];
};

/** What became of a scenario: its steps, or what is wrong with its file. */
export type ScenarioResult =
  | {
      readonly kind: 'played';
      readonly name: string;
      readonly title: string;
      readonly rules: readonly string[];
      readonly passed: boolean;
      readonly steps: readonly StepResult[];
    }
  | {
      readonly kind: 'unreadable';
      readonly name: string;
      readonly passed: false;
      readonly errors: readonly ScenarioError[];
    };

/** Does a step and answers with what came of it. Throws what a job has thrown, and DatabaseAway. */
export async function play(stage: Stage, step: Step): Promise<PlainResult> {
  switch (step.name) {
    // What only the console does is no affair of the desk.
    case 'console':
      return { outcome: 'shown' };
    case 'at':
      return atStep(stage, step.fields);
    case 'advance':
      return advanceStep(stage, step.fields);
    case 'as':
      return asStep(stage, step.fields);
    case 'desk':
      return deskStep(stage, step.fields);
    case 'lend':
      return lendStep(stage, step.fields);
    case 'return':
      return returnStep(stage, step.fields);
    case 'renew':
      return renewStep(stage, step.fields);
    case 'change-due':
      return changeDueStep(stage, step.fields);
    case 'delete-loan':
      return deleteLoanStep(stage, step.fields);
    case 'scan-in':
      return scanInStep(stage, step.fields);
    case 'work-order':
      return workOrderStep(stage, step.fields);
    case 'quick-add':
      return quickAddStep(stage, step.fields);
    case 'register':
      return registerStep(stage, step.fields);
    case 'edit-patron':
      return editPatronStep(stage, step.fields);
    case 'block':
      return blockStep(stage, step.fields);
    case 'unblock':
      return unblockStep(stage, step.fields);
    case 'note':
      return noteStep(stage, step.fields);
    case 'request':
      return requestStep(stage, step.fields);
    case 'cancel-request':
      return cancelRequestStep(stage, step.fields);
    case 'account':
      return accountStep(stage, step.fields);
    case 'search':
      return searchStep(stage, step.fields);
    case 'pick-list':
      return pickListStep(stage, step.fields);
    case 'mark-missing':
      return markMissingStep(stage, step.fields);
    case 'skip-library':
      return skipLibraryStep(stage, step.fields);
    case 'activate-next':
    case 'reshelve':
    case 'send':
      return clearShelfStep(stage, step.name, step.fields);
    case 'shelf':
      return shelfStep(stage, step.fields);
    case 'quitus':
      return quitusStep(stage, step.fields);
    case 'pre-register':
      return preRegisterStep(stage, step.fields);
    case 'sign-in':
      return signInStep(stage, step.fields);
    case 'forgot-password':
      return forgotPasswordStep(stage, step.fields);
    case 'set-password':
      return setPasswordStep(stage, step.fields);
    case 'done':
      return doneStep(stage, step.fields);
    case 'rules':
      return rulesStep(stage, step.fields);
    case 'show':
      return showStep(stage, step.fields);
    case 'find':
      return findStep(stage, step.fields);
    case 'network':
      return networkStep(stage, step.fields);
    case 'run':
      return runStep(stage, step.fields);
    case 'letters':
      return lettersStep(stage, step.fields);
    case 'import-patrons':
      return importPatronsStep(stage, step.fields);
    case 'import-catalogue':
      return importCatalogueStep(stage, step.fields);
    case 'offline-upload':
      return offlineUploadStep(stage, step.fields);
  }
}

/** Outcomes that are no success where a step says nothing of what it expects. */
const NOT_DONE: ReadonlySet<unknown> = new Set(['blocked', 'refused', 'note']);

/** Blocks that say what a typed error says. */
const SAME_AS: Partial<Record<FailureCode, BlockCode>> = {
  UNKNOWN_ITEM: 'ITEM_UNKNOWN',
  UNKNOWN_PATRON: 'PATRON_UNKNOWN',
};

function hasFailed(result: PlainResult, code: FailureCode): boolean {
  const { blocks } = result;
  const same = SAME_AS[code];
  return result.fails === code || (same !== undefined && Array.isArray(blocks) && blocks.includes(same));
}

/** What is not as the step expects it: empty, if all is. */
export function judge(step: Pick<Step, 'expect' | 'fails'>, result: PlainResult): StepFailure[] {
  const wrong = mismatches(step.expect ?? {}, result).map(({ path, expected, actual }): StepFailure => ({
    kind: 'mismatch',
    path,
    expected,
    actual,
  }));
  if (step.fails !== undefined) {
    if (hasFailed(result, step.fails)) return wrong;
    return [
      { kind: 'no-error', path: 'fails', expected: step.fails, actual: result.fails ?? result['outcome'] ?? null },
      ...wrong,
    ];
  }
  if (result.fails !== undefined) return [{ kind: 'error', path: 'fails', expected: null, actual: result }];
  if (step.expect === undefined && NOT_DONE.has(result['outcome'])) {
    return [{ kind: 'not-done', path: 'outcome', expected: null, actual: result }];
  }
  return wrong;
}

async function playStep(stage: Stage, step: Step): Promise<StepResult> {
  const { number, name, line } = step;
  const about = { number, name, ...(line === undefined ? {} : { line }) };
  const result = await play(stage, step);
  return { ...about, at: stage.localNow, result, failures: judge(step, result) };
}

/**
 * Plays a scenario (spec 8) headless in a fresh, migrated, empty house and compares every `expect`; every step is played,
 * also after one that failed. `name`: what the file is called; `directory`: what its relative files are relative to.
 * Throws DatabaseAway, and an Error if the house is not empty.
 */
export async function runScenario(
  text: string,
  { name, ...options }: SceneOptions & { readonly name: string },
): Promise<ScenarioResult> {
  const reading = readScenario(text, name);
  if ('errors' in reading) return { kind: 'unreadable', name, passed: false, errors: reading.errors };
  const { title, rules } = reading.scenario;
  const setting = await setScene(reading, options);
  if ('errors' in setting) return { kind: 'unreadable', name, passed: false, errors: setting.errors };
  const steps: StepResult[] = [];
  for (const step of reading.scenario.steps) steps.push(await playStep(setting.stage, step));
  return { kind: 'played', name, title, rules, passed: steps.every((one) => one.failures.length === 0), steps };
}
