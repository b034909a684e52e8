import type { Network } from '../../circulation/network.ts';
import type { Instant } from '../../circulation/time.ts';
import { localText, parseLocal } from '../../circulation/time.ts';
import type { LookUpNow, LookUpOutcome } from '../../desk/card-system.ts';
import type { Directory } from '../../desk/member-sign-in.ts';
import type { House } from '../../desk/house.ts';
import { PatronSession } from '../../desk/patron-session.ts';
import { endSession } from '../../desk/patrons.ts';
import { COMMAND_LINE } from '../../desk/perform.ts';
import type { Action, Perform, Refusal, Seat } from '../../desk/perform.ts';
import { NOBODY } from '../../desk/sign-in.ts';
import { catchUp, failureIn } from '../../jobs/index.ts';
import type { Job, JobHouse } from '../../jobs/index.ts';
import { trainingDirectory } from '../directory.ts';

/** TAB-08: ten minutes without a key or scan end the patron session. */
const IDLE = 10 * 60_000;

/** Whoever loads networks and adds people: the command line, which may do so without an account. */
export const SCENE_BUILDER: Seat = { staff: COMMAND_LINE, place: null };

type Because = 'done' | 'next-patron' | 'idle' | 'left';

/** Where a scenario is played: a house, a clock that stands still, somebody at a desk, and their patron session. */
export class Stage {
  readonly perform: Perform;
  /** What runs by itself, as the clock advances. */
  readonly jobs: JobHouse;
  /** The folder of the scenario: relative files are relative to it. */
  readonly directory: string;
  /** Where members of institutions have their passwords. */
  readonly members: Directory;
  /** Told of each moment to which the clock is set on its way. */
  onClock: (now: Instant, to: Instant) => void = () => undefined;
  #network: Network;
  #document: unknown;
  #now: Instant;
  #seat: Seat;
  /** Requests by the names that their steps gave them. */
  readonly #requests = new Map<string, number>();
  /** Looks card holders up in the file that was imported last. */
  #lookUp: LookUpNow | undefined;
  #open: { readonly session: PatronSession; used: Instant } | undefined;

  constructor(
    house: House,
    scene: {
      network: Network;
      document: unknown;
      now: Instant;
      seat: Seat;
      jobs: readonly Job[];
      directory: string;
      members?: Directory;
    },
  ) {
    this.members = scene.members ?? trainingDirectory(() => undefined);
    this.perform = house.at(() => this.#now);
    this.directory = scene.directory;
    this.#network = scene.network;
    this.#document = scene.document;
    this.#now = scene.now;
    this.#seat = scene.seat;
    this.jobs = { perform: this.perform, jobs: scene.jobs };
  }

  get network(): Network {
    return this.#network;
  }

  /** The network as plain values, as `mergeNetwork` takes it. */
  get document(): unknown {
    return this.#document;
  }

  get now(): Instant {
    return this.#now;
  }

  get seat(): Seat {
    return this.#seat;
  }

  /** The time on the clock, `2026-06-01T10:00`. */
  get localNow(): string {
    return localText(this.#now, this.#network.timeZone);
  }

  /** Does an action at the seat, now; the desk is not idle then. */
  async act<Request, Outcome>(what: Action<Request, Outcome>, request: Request): Promise<Outcome | Refusal> {
    if (this.#open) this.#open.used = this.#now;
    return this.perform(this.#seat, what, request);
  }

  /** A terminal of the patrons (KIO-07), at which somebody has signed in (null: nobody). */
  kioskSeat(patron: number | null): Seat {
    return { staff: NOBODY, place: null, kiosk: { terminal: 'scenario', library: null, patron } };
  }

  /** Does an action at a terminal of the patrons, as the one who has signed in there (null: nobody), now. */
  async atKiosk<Request, Outcome>(
    patron: number | null,
    what: Action<Request, Outcome>,
    request: Request,
  ): Promise<Outcome | Refusal> {
    return this.perform(this.kioskSeat(patron), what, request);
  }

  /** A local time of the network as an instant; undefined if it is none. */
  instantOf(local: string): Instant | undefined {
    return parseLocal(local, this.#network.timeZone);
  }

  /** From now on, card holders are looked up there (IMP-04). */
  useCardSystem(lookUp: LookUpNow): void {
    this.#lookUp = lookUp;
  }

  /** Looks a record up that is to be overwritten, in the file that was imported last. */
  async lookUpNow(patronId: number): Promise<LookUpOutcome> {
    return this.#lookUp ? this.#lookUp(this.perform, this.#seat, patronId) : { kind: 'no-card-system' };
  }

  /** From now on, steps may call a request by this name. */
  nameRequest(name: string, id: number): void {
    this.#requests.set(name, id);
  }

  /** The request of that name, or of that number; undefined: nothing is called so. */
  requestCalled(name: string): number | undefined {
    return this.#requests.get(name) ?? (/^\d+$/.test(name) ? Number(name) : undefined);
  }

  /** What a request is called; its number, where it has no name. */
  readonly nameOfRequest = (id: number): string | number =>
    [...this.#requests].find(([, one]) => one === id)?.[0] ?? id;

  /** A network has been loaded: everything from now on goes by it. */
  useNetwork(network: Network, document: unknown): void {
    this.#network = network;
    this.#document = document;
  }

  /** Somebody else sits down, or elsewhere: that ends the patron session (BLK-03). */
  async sit(seat: Seat): Promise<void> {
    await this.endSession('left');
    this.#seat = seat;
  }

  /** Somebody has sat down elsewhere by themselves, and has ended their own session. */
  follow(seat: Seat): void {
    this.#seat = seat;
  }

  /** Sets the clock to a later moment without running anything; a session that was left idle meanwhile ends (TAB-08). */
  async moveTo(instant: Instant): Promise<void> {
    await this.#leaveIdle(instant);
    this.#now = instant;
    this.onClock(instant, instant);
  }

  /** Ends the session where it is left idle until then. */
  async #leaveIdle(instant: Instant): Promise<void> {
    if (this.#open && instant >= this.#open.used + IDLE) {
      this.#now = Math.max(this.#now, this.#open.used + IDLE);
      await this.endSession('idle');
    }
  }

  /**
   * Moves the clock and runs every job that falls due on the way, in order; nights that `moveTo` skipped are caught up,
   * but the clock never goes back for them. Answers with the names of what ran: nights, months, daily jobs. Throws what a
   * job that failed has thrown.
   */
  async advanceTo(target: Instant): Promise<string[]> {
    const before = this.#now;
    await this.#leaveIdle(target);
    // What falls due until then is looked for from there.
    this.#now = target;
    const ran = await catchUp(this.jobs, {
      before: ({ at }) => {
        this.#now = Math.max(before, at);
        this.onClock(this.#now, target);
      },
      onRun: ({ outcome }) => {
        const failure = failureIn(outcome);
        if (failure) throw failure.cause;
      },
    });
    this.#now = target;
    this.onClock(target, target);
    return ran.map((one) => one.name);
  }

  /** The open session of a patron; another patron's ends first. */
  async sessionOf(patronId: number): Promise<PatronSession> {
    if (this.#open?.session.patronId !== patronId) {
      await this.endSession('next-patron');
      this.#open = { session: new PatronSession(patronId), used: this.#now };
    }
    return this.#open.session;
  }

  /** The session that is open, with its loans and what was set aside; undefined: none. */
  get session(): PatronSession | undefined {
    return this.#open?.session;
  }

  /** Somebody else has ended the open session: it is only forgotten. */
  forgetSession(): void {
    this.#open = undefined;
  }

  /** The patron whose record is open; undefined: none. */
  get openPatron(): number | undefined {
    return this.#open?.session.patronId;
  }

  /** Ends the open session, if there is one: what was set aside in it no longer holds. */
  async endSession(because: Because): Promise<Refusal | undefined> {
    const session = this.#open?.session;
    this.#open = undefined;
    if (!session) return undefined;
    const { patronId: patron, loans, returned } = session;
    const ended = await this.act(endSession, { patron, loans, returned, because });
    return ended.kind === 'ended' ? undefined : ended;
  }
}
