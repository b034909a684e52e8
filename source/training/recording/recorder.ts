import type { Instant } from '../../circulation/time.ts';
import { applyLines } from '../../desk/offline-upload.ts';
import { placeName } from '../../desk/perform.ts';
import type { Perform, Seat } from '../../desk/perform.ts';
import type { Network } from '../../circulation/network.ts';
import { doneBy } from '../lessons/done.ts';
import { isFree } from '../lessons/free.ts';
import type { Done, Seen } from '../lessons/seen.ts';
import { watch } from '../lessons/watched.ts';
import type { Watching } from '../lessons/watched.ts';
import { Cast } from './people.ts';
import { Uploads } from './uploads.ts';
import { textOf } from './write.ts';
import type { RecordedStep } from './write.ts';

/** What of a result a scenario expects: what somebody would look at. */
const EXPECTED = [
  'outcome',
  'due',
  'blocks',
  'daysLate',
  'blockedUntil',
  'instruction',
  'next',
  'destination',
  'reason',
  'task',
  'library',
  'position',
  'type',
  'id',
] as const;

const expected = (result: Done['result']): Record<string, unknown> =>
  Object.fromEntries(
    EXPECTED.flatMap((key) => {
      const value = result[key];
      const isNothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
      return isNothing ? [] : [[key, value]];
    }),
  );

/** What is recorded although it is moving about: it belongs to the story. */
const TOLD: ReadonlySet<string> = new Set(['end-session']);
/** Numbers of the database and the like, which no file has. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(['number', 'titleId', 'all']);

export type Recorded = { readonly perform: Perform; readonly clock: () => Instant; readonly network: Network };

/** Notes what is done at a console, as the steps of a scenario, with what came of each. */
export class Recorder {
  readonly perform: Perform;
  readonly #on: Recorded;
  readonly #cast: Cast;
  readonly #steps: RecordedStep[] = [];
  readonly #requests = new Map<number, string>();
  readonly #uploads = new Uploads();
  readonly #begin: Instant;
  #first: Seat | undefined;
  #seat: Seat | undefined;
  #now: Instant;
  #work: Promise<unknown> = Promise.resolve();

  constructor(on: Recorded) {
    this.#on = on;
    this.#cast = new Cast(on.perform, on.network.timeZone);
    this.#begin = on.clock();
    this.#now = this.#begin;
    this.perform = async (seat, what, request, attempt) => {
      if (what.readOnly) return on.perform(seat, what, request, attempt);
      await this.#needs(request);
      const watching: Watching = { perform: on.perform, seat };
      const { outcome, seen } = await watch(watching, () => [], [seat, what, request, attempt]);
      this.#work = this.#work.then(async () => this.#note(seat, seen));
      await this.#work;
      return outcome;
    };
  }

  /** The clock is set on, by a trainer: with the nights between, or without. */
  moved(to: Instant, nights: boolean): void {
    if (to <= this.#now) return;
    this.#now = to;
    this.#steps.push({ name: nights ? 'advance' : 'at', fields: this.#cast.local(to) });
  }

  /** The steps so far. */
  get steps(): readonly RecordedStep[] {
    return this.#steps;
  }

  /** The scenario as a file, with a title. Empty of steps, if nothing was done. */
  text(title: string, steps: readonly RecordedStep[] = this.#steps): string {
    const seat = this.#first;
    return textOf({ title, cast: this.#cast, begin: this.#begin, seat, steps, network: this.#on.network });
  }

  /** Remembers who and what a request is about, as they are before it. */
  async #needs(request: unknown): Promise<void> {
    const asked = (typeof request === 'object' && request !== null ? request : {}) as Record<string, unknown>;
    for (const key of ['patron', 'within'])
      if (typeof asked[key] === 'number' || typeof asked[key] === 'string') await this.#cast.needsPatron(asked[key]);
    const barcodes = [asked['barcode'], asked['item'], asked['barcodes'], asked['items']].flat();
    for (const one of barcodes) if (typeof one === 'string') await this.#cast.needsItem(one);
    for (const { patron, item } of Uploads.named(asked)) {
      if (typeof patron === 'string') await this.#cast.needsPatron(patron);
      if (item !== undefined) await this.#cast.needsItem(item);
    }
  }

  /** Who acts where has changed since the last step. */
  #sat(seat: Seat): void {
    const before = this.#seat;
    this.#seat = seat;
    this.#first ??= seat;
    if (!before) return;
    if (before.staff.name !== seat.staff.name) this.#steps.push({ name: 'as', fields: seat.staff.name });
    if (seat.place && placeName(before.place) !== placeName(seat.place))
      this.#steps.push({ name: 'desk', fields: placeName(seat.place) });
  }

  async #note(seat: Seat, seen: Seen): Promise<void> {
    if (seat.staff.id === 0 || (isFree(seen.what) && !TOLD.has(seen.what.name))) return;
    if (seen.what.name === applyLines.name) {
      this.#sat(seat);
      const uploaded = this.#uploads.step(seen, this.#steps.length);
      if (uploaded) this.#steps[uploaded.at] = uploaded.step;
      return;
    }
    const stage = { network: this.#on.network, openPatron: seen.patron, nameOfRequest: this.#nameOfRequest };
    const [done] = doneBy({ stage, seen });
    if (!done) return;
    this.#sat(seat);
    const { fails } = done.result;
    const result = typeof fails === 'string' ? { fails } : { expect: expected(done.result) };
    this.#steps.push({ name: done.name, fields: await this.#written(done), ...result });
  }

  readonly #nameOfRequest = (id: number): string | number => this.#requests.get(id) ?? id;

  /** Fields as a file has them: people and requests by their names. */
  async #written({ name, fields }: Done): Promise<Record<string, unknown>> {
    const said = Object.fromEntries(Object.entries(fields).filter(([key]) => !NOT_WRITTEN.has(key)));
    for (const key of ['patron', 'within']) {
      const patron = said[key];
      if (typeof patron === 'number' || typeof patron === 'string') said[key] = await this.#cast.nameOf(patron);
    }
    const number = fields['number'];
    if (name === 'request' && typeof number === 'number') {
      const called = `request-${this.#requests.size + 1}`;
      this.#requests.set(number, called);
      said['as-name'] = called;
    }
    if (typeof said['request'] === 'number') {
      const called = this.#requests.get(said['request']);
      if (called === undefined && said['item'] !== undefined) delete said['request'];
      else {
        said['request'] = called ?? String(said['request']);
        delete said['item'];
      }
    }
    return said;
  }
}
