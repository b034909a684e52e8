import type { Network } from '../../circulation/network.ts';
import type { Instant } from '../../circulation/time.ts';
import { placeName } from '../../desk/perform.ts';
import type { Perform } from '../../desk/perform.ts';
import { placesOf } from '../../desk/sign-in.ts';
import type { LessonHead } from '../scenario/lesson-format.ts';
import type { Step } from '../scenario/read.ts';
import type { Stage } from '../scenario/stage.ts';
import type { Drift, GuidedStep, Lesson, LessonEvent, LessonSeat, Said, ToldStep, WrongTurn } from './contract.ts';
import { DoneAhead } from './ahead.ts';
import { doneBy } from './done.ts';
import { SessionFollower } from './following.ts';
import { isFree } from './free.ts';
import { newScene } from './house.ts';
import type { LessonHouse, SceneSource } from './house.ts';
import { judgeGesture } from './judging.ts';
import { kioskFacts } from './kiosk-facts.ts';
import { leaveBehind } from './leave-behind.ts';
import { OTHER } from './match.ts';
import type { Progress } from './match.ts';
import { playSilently } from './playing.ts';
import { Script } from './script.ts';
import { patronId } from './same.ts';
import type { Seen } from './seen.ts';
import { stopAt } from './stops.ts';
import { Telling } from './telling.ts';
import { watch } from './watched.ts';
import { wrongTurn } from './wrong-turn.ts';

/** A lesson in a house of its own, which watches what is done at the console and goes on with it. */
export class FollowedLesson implements Lesson {
  readonly title: Said;
  readonly head: LessonHead | null;
  readonly name: string;
  readonly perform: Perform;
  readonly clock: () => Instant;
  readonly timeZone: string;
  readonly kiosk: Lesson['kiosk'];
  readonly #source: SceneSource;
  readonly #script: Script;
  readonly #on = new Telling();
  #scene: LessonHouse;
  #follower = new SessionFollower();
  #progress: Progress = new Map();
  /** The command of the `console` step that waits has been run. */
  #commandWasRun = false;
  #wrong: WrongTurn | null = null;
  readonly #ahead = new DoneAhead();
  #drift: Drift[] = [];
  #isClosed = false;

  constructor(source: SceneSource, scene: LessonHouse) {
    const { scenario, name } = source.reading;
    this.#source = source;
    this.#script = new Script(scenario.steps, scenario.lesson?.place ?? 'desk');
    this.#scene = scene;
    this.title = scenario.titles;
    this.head = scenario.lesson ?? null;
    this.name = name;
    this.timeZone = scene.stage.network.timeZone;
    this.kiosk = kioskFacts(scenario, this.#script, () => this.#stage);
    this.clock = () => this.#stage.now;
    this.perform = async (seat, what, request, attempt) => {
      await this.#on.quiet();
      const stage = this.#stage;
      if (!what.readOnly) await this.#lookUp(stage);
      const loansOf = (patron: number): readonly number[] => this.#follower.loansOf(stage, patron);
      const { outcome, seen } = await watch(stage, loansOf, [seat, what, request, attempt]);
      await this.#on.queue(async () => this.#see(stage, seen));
      return outcome;
    };
    this.#listenToClock();
  }

  get #stage(): Stage {
    return this.#scene.stage;
  }

  network(): Network {
    return this.#stage.network;
  }

  seat(): LessonSeat {
    const { staff, place } = this.#stage.seat;
    const choice = placesOf(this.#stage.network, staff).find((one) => placeName(one) === placeName(place));
    return { staff, place: choice ?? null };
  }

  current(): GuidedStep | ToldStep | null {
    return stopAt(this.#stage, this.#script);
  }

  position(): { readonly at: number; readonly of: number } {
    return this.#script.position();
  }

  wrong(): WrongTurn | null {
    return this.#wrong;
  }

  busy(): boolean {
    return this.#on.isBusy;
  }

  requestCalled(name: string): number | undefined {
    return this.#stage.requestCalled(name);
  }

  drift(): readonly Drift[] {
    return this.#drift;
  }

  listen(hear: (event: LessonEvent) => void): () => void {
    return this.#on.listen(hear);
  }

  async settled(): Promise<void> {
    await this.#on.quiet();
  }

  commandRun(command: string, screen: string): void {
    const { step } = this.#script;
    if (this.#on.isBusy || step?.name !== 'console' || this.#script.way !== 'do') return;
    this.#commandWasRun ||= step.fields.command === command;
    const { sees } = step.fields;
    if (!this.#commandWasRun || (sees && ![sees.fr, sees.en].some((one) => screen.includes(one)))) return;
    this.#reached(1, 'trainee');
    this.#goOnPlaying();
  }

  async goOn(): Promise<void> {
    await this.#on.quiet();
    if (this.current()?.kind === 'told') await this.#itself(async () => this.#playOne());
  }

  async skip(): Promise<void> {
    await this.#on.quiet();
    if (this.current() !== null) await this.#itself(async () => this.#playOne());
  }

  async takeBack(): Promise<void> {
    await this.#on.quiet();
    await this.#again(this.#script.at);
  }

  async reset(): Promise<void> {
    await this.#on.quiet();
    await this.#again(0);
  }

  async setClock(to: Instant): Promise<boolean> {
    return this.#moving(to, async (stage) => stage.moveTo(to));
  }

  async advance(to: Instant): Promise<boolean> {
    return this.#moving(to, async (stage) => stage.advanceTo(to));
  }

  async #moving(to: Instant, move: (stage: Stage) => Promise<unknown>): Promise<boolean> {
    await this.#on.quiet();
    if (to < this.#stage.now) return false;
    await this.#itself(async () => {
      await this.#telling(async () => {
        await move(this.#stage);
      });
    }, false);
    return true;
  }

  async close(): Promise<void> {
    await this.#on.quiet();
    this.#on.hush();
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#scene.house.close();
  }

  /** Plays the silent steps at the beginning. */
  async begin(): Promise<void> {
    await this.#itself(async () => undefined);
  }

  /** Notes who is meant by the step that waits, before what is done may change their identifier. */
  async #lookUp(stage: Stage): Promise<void> {
    const fields = this.#script.step?.fields;
    if (typeof fields !== 'object' || fields === null || !('patron' in fields) || fields.patron === undefined) return;
    await patronId(stage, fields.patron);
  }

  #listenToClock(): void {
    this.#stage.onClock = (now, to) => this.#on.tell({ kind: 'clock', now, to });
  }

  /** Does something itself, and plays on to the next step with text unless `on` is false. */
  async #itself(work: () => Promise<void>, on = true): Promise<void> {
    await this.#on.alone(async () => {
      await work();
      if (on) await this.#playOn();
    });
    if (on && this.#script.isOver) this.#on.tell({ kind: 'finished' });
  }

  #goOnPlaying(): void {
    // What a step throws is kept as a drift; nothing else can go wrong here.
    void this.#itself(async () => undefined);
  }

  /** Does something with the stage, and tells who sits where and whose session has ended when that has changed. */
  async #telling(work: () => Promise<void>): Promise<void> {
    const { seat, openPatron } = this.#stage;
    await work();
    if (openPatron !== undefined && this.#stage.openPatron !== openPatron) {
      this.#follower.forget();
      this.#on.tell({ kind: 'session-ended', patron: openPatron });
    }
    if (this.#stage.seat !== seat) this.#on.tell({ kind: 'seated', seat: this.seat() });
  }

  async #play(step: Step): Promise<void> {
    await this.#telling(async () => {
      const drift = await playSilently(this.#stage, step);
      if (drift) this.#drift.push(drift);
    });
  }

  /** Plays the step that waits. */
  async #playOne(): Promise<void> {
    if (this.#script.step) await this.#play(this.#script.step);
    this.#reached(1, 'lesson');
  }

  async #playOn(): Promise<void> {
    while (this.#script.way === 'silent' && this.#script.step) {
      await this.#play(this.#script.step);
      this.#script.at += 1;
    }
  }

  /** So many steps from the one that waits have been done, and those that were done ahead: these are told first. */
  #reached(count: number, by: 'trainee' | 'lesson'): void {
    const { at, steps } = this.#script;
    this.#script.at = this.#ahead.past(at + count);
    const passed = [...steps.slice(at + count, this.#script.at), ...steps.slice(at, at + count)];
    this.#forgetTurn();
    for (const { number, then } of passed) this.#on.tell({ kind: 'done', number, then: then ?? null, by });
  }

  /** What was done of the step that waited, or instead of it. */
  #forgetTurn(): void {
    this.#progress = new Map();
    this.#commandWasRun = false;
    this.#wrong = null;
  }

  async #again(until: number): Promise<void> {
    await this.#itself(async () => {
      const scene = await newScene(this.#source);
      // The file made a scene before: it makes one again.
      if ('errors' in scene) throw new Error(`the scene of ${this.name} cannot be set again`);
      await this.#scene.house.close();
      this.#scene = scene;
      this.#follower = new SessionFollower();
      this.#forgetTurn();
      this.#ahead.forget();
      this.#drift = [];
      this.#script.at = 0;
      for (const step of this.#script.steps.slice(0, until)) {
        const drift = await playSilently(this.#stage, step);
        if (drift) this.#drift.push(drift);
        this.#script.at += 1;
      }
      this.#listenToClock();
      this.#on.tell({ kind: 'anew', seat: this.seat() });
    });
  }

  async #see(stage: Stage, seen: Seen): Promise<void> {
    // The scene has been made anew meanwhile.
    if (stage !== this.#stage) return;
    await this.#follower.follow(stage, seen);
    const script = this.#script;
    if (this.#on.isBusy || script.isOver) return;
    const dones = doneBy({ stage, seen });
    const judged =
      script.way === 'do' ? await judgeGesture(stage, script.gesture(), dones, this.#progress) : { first: OTHER };
    if ('step' in judged) {
      leaveBehind(stage, judged.step, dones, seen);
      this.#reached(judged.count, 'trainee');
      this.#goOnPlaying();
      return;
    }
    // What no step is like is done in steps of the console, or behind them.
    const isTurn = seen.wrote && !isFree(seen.what, script.step?.name) && dones.length > 0 && !script.isAtConsole;
    if (judged.first.kind === 'part' || !isTurn) return;
    if (await this.#ahead.note(stage, script, dones, seen)) return;
    this.#wrong = wrongTurn(seen, dones, judged.first);
    this.#on.tell({ kind: 'wrong', turn: this.#wrong });
    this.#on.tell({ kind: 'changed' });
  }
}
