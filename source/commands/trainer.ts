import { rmSync } from 'node:fs';
import type { Instant } from '../circulation/time.ts';
import type { ConsoleHouse } from '../console/open.tsx';
import { markTraining, trainingCopy } from '../desk/networks.ts';
import type { Perform } from '../desk/perform.ts';
import { openHouse } from '../desk/house.ts';
import type { House } from '../desk/house.ts';
import type { Context } from './context.ts';
import { fileOf } from './database.ts';
import type { Opened } from './database.ts';
import { COMMAND_LINE_SEAT } from './seat.ts';
import { afterNextNight, nightsBetween, operatorsBy } from './trainer-means.ts';
import { fillTrainingCopy, openTrainingCopy, THROW_AWAY } from './training-copy.ts';

type Trainer = NonNullable<ConsoleHouse['trainer']>;

/** A training copy whose clock a trainer sets, and which can be made anew behind the same `opened`. */
export type TrainedCopy = { readonly opened: Opened; readonly trainer: Trainer };

/** Whether the database is a training copy: nothing that a trainer does touches another one. */
async function isTraining(perform: Perform): Promise<boolean> {
  const found = await perform(COMMAND_LINE_SEAT, trainingCopy, {});
  return found.kind === 'training' && found.training;
}

/** The files of an embedded database, and nothing else. */
function removeFiles(file: string): void {
  for (const one of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) rmSync(one, { force: true });
}

/** Opens a training copy, as `openTrainingCopy`, with what a trainer may do. Throws Failure and DatabaseAway. */
export async function openTrainedCopy(context: Context, url: string | undefined): Promise<TrainedCopy> {
  let { opened: current } = await openTrainingCopy(context, url);
  const clockOf = async (): Promise<Instant | null> => {
    const found = await current.perform(COMMAND_LINE_SEAT, trainingCopy, {});
    return found.kind === 'training' ? found.clock : null;
  };
  let standsAt = await clockOf();
  const begunAt = standsAt;
  const clock = (): Instant => standsAt ?? context.machine.clock();
  let raw = current.house.at(clock);
  const perform: Perform = async (seat, what, request, attempt) => raw(seat, what, request, attempt);
  // Always the house of the moment, whatever was made anew.
  const house: House = {
    ...current.house,
    at: (moment) => current.house.at(moment),
    migrate: async () => current.house.migrate(),
    status: async () => current.house.status(),
    check: async () => current.house.check(),
    close: async () => current.house.close(),
  };
  const opened: Opened = { ...current, perform, clock, house };

  const setClock = async (to: Instant | null): Promise<boolean> => {
    if (!(await isTraining(perform))) return false;
    const marked = await perform(COMMAND_LINE_SEAT, markTraining, { clock: to });
    if (marked.kind === 'changed') standsAt = to;
    return marked.kind === 'changed';
  };

  const advance: Trainer['advance'] = async (to, onProgress) => {
    const { failureIn } = await import('../jobs/index.ts');
    const before = clock();
    if (to < before || !(await setClock(to))) return false;
    for (const run of await nightsBetween(perform, before, to)) {
      standsAt = run.at;
      onProgress?.(run.at);
      const failure = failureIn(await run.go());
      if (failure) throw failure.cause;
    }
    standsAt = to;
    onProgress?.(to);
    return true;
  };

  /** An empty house in the place of the one that there is; undefined: it is a server's, which nobody empties. */
  const emptied = async () => {
    const file = url === undefined ? undefined : fileOf(url);
    if (url !== undefined && file === undefined) return undefined;
    await current.house.close();
    if (file !== undefined) removeFiles(file);
    return openHouse(url ?? THROW_AWAY);
  };

  return {
    opened,
    trainer: {
      ...operatorsBy(perform),
      throwAway: url === undefined,
      standsAt: () => standsAt,
      setClock: async (to) => setClock(to === 'real' ? null : to),
      advance,
      async runNight(onProgress) {
        if (!(await isTraining(perform))) return null;
        const to = await afterNextNight(perform, clock());
        return to !== undefined && (await advance(to, onProgress)) ? to : null;
      },
      async resetScene() {
        if (!(await isTraining(perform))) return null;
        const empty = await emptied();
        if (!empty) return null;
        const made = await fillTrainingCopy(context, empty, begunAt);
        current = made.opened;
        standsAt = begunAt;
        raw = current.house.at(clock);
        return { seat: null };
      },
    },
  };
}
