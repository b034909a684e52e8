import type { House } from '../../source/desk/house.ts';
import type { GuidedStep, Lesson } from '../../source/training/lessons/index.ts';
import { readScenario } from '../../source/training/scenario/index.ts';
import type { Step } from '../../source/training/scenario/read.ts';
import { play } from '../../source/training/scenario/run.ts';
import { Stage } from '../../source/training/scenario/stage.ts';

/** Somebody who follows a lesson by doing each step's own use case through what the lesson watches. */
export class Trainee {
  readonly #lesson: Lesson;
  readonly #directory: string;
  readonly #steps: readonly Step[];
  #stage: Stage;

  constructor(lesson: Lesson, { text, directory }: { readonly text: string; readonly directory: string }) {
    const reading = readScenario(text, 'lesson');
    if ('errors' in reading) throw new Error(JSON.stringify(reading.errors));
    this.#lesson = lesson;
    this.#directory = directory;
    this.#steps = reading.scenario.steps;
    this.#stage = this.#sitDown();
    lesson.listen((event) => {
      if (event.kind === 'session-ended') this.#stage.forgetSession();
      if (event.kind === 'seated' || event.kind === 'anew') this.#stage = this.#sitDown();
    });
  }

  #sitDown(): Stage {
    const { perform } = this.#lesson;
    const house = { at: () => perform } as unknown as House;
    const { members } = this.#lesson.kiosk;
    const at = { now: this.#lesson.clock(), seat: this.#lesson.seat(), network: this.#lesson.network(), members };
    return new Stage(house, { ...at, document: undefined, jobs: [], directory: this.#directory });
  }

  /** Does a step; of a `console` step, says that its command was run and that the screen shows what it names. */
  async do({ number, console: only }: GuidedStep): Promise<void> {
    const step = this.#steps[number - 1];
    if (!step) throw new Error(`no step ${number}`);
    if (only) return this.#lesson.commandRun(only.command, only.sees?.fr ?? '');
    const { request } = (typeof step.fields === 'object' ? (step.fields ?? {}) : {}) as { request?: string };
    const id = request === undefined ? undefined : this.#lesson.requestCalled(request);
    if (request !== undefined && id !== undefined) this.#stage.nameRequest(request, id);
    await play(this.#stage, step);
    // What the lesson has set aside itself is asked of a person.
    const isWaiting = this.#lesson.current()?.number === number && !this.#lesson.busy();
    if (isWaiting && step.name === 'lend')
      await play(this.#stage, { ...step, fields: { ...step.fields, override: 'all' } });
  }
}
