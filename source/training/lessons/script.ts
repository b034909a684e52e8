import type { LessonPlace } from '../scenario/lesson-format.ts';
import type { Step } from '../scenario/read.ts';
import { isSameGesture, planOf } from './plan.ts';
import type { Way } from './plan.ts';

/** The steps of a lesson, how each is gone through, and the place that has been reached. */
export class Script {
  readonly steps: readonly Step[];
  readonly #ways: readonly Way[];
  /** The step that waits, from 0; as many as there are steps: none does. */
  at = 0;

  constructor(steps: readonly Step[], place: LessonPlace) {
    this.steps = steps;
    this.#ways = planOf(steps, place);
  }

  get step(): Step | undefined {
    return this.steps[this.at];
  }

  get before(): Step | undefined {
    return this.steps[this.at - 1];
  }

  /** Whether what is done now belongs to a step of the console: the one that waits, or the one before it, which may go on. */
  get isAtConsole(): boolean {
    return this.step?.name === 'console' || this.before?.name === 'console';
  }

  get way(): Way | undefined {
    return this.#ways[this.at];
  }

  get isOver(): boolean {
    return this.at >= this.steps.length;
  }

  /** Which of the steps that are shown waits, from 1, and how many there are. */
  position(): { readonly at: number; readonly of: number } {
    const shown = this.#ways.flatMap((way, index) => (way === 'silent' ? [] : [index]));
    return { at: shown.filter((index) => index < this.at).length + 1, of: shown.length };
  }

  /** The steps that one gesture may reach at once: the one that waits, and those after it that are the same, asked and answered. */
  gesture(): readonly Step[] {
    const { step, at } = this;
    if (!step) return [];
    const rest = this.steps.slice(at + 1);
    const end = rest.findIndex((one, index) => !isSameGesture(step, one) || this.#ways[at + 1 + index] === 'told');
    return [step, ...(end < 0 ? rest : rest.slice(0, end))];
  }

  /** The places of the steps that may as well be done before the one that waits: the next ones of its name, with nothing between. */
  inAnyOrder(): readonly number[] {
    const { step, at } = this;
    const places: number[] = [];
    for (let next = at + 1; this.steps[next]?.name === step?.name && this.#ways[next] === 'do'; next += 1)
      places.push(next);
    return step === undefined || this.way !== 'do' ? [] : places;
  }
}
