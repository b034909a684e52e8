import { DatabaseAway } from '../../desk/away.ts';
import type { AwayReason } from '../../desk/away.ts';
import { wrap } from '../../language/fit.ts';
import type { ConsoleHouse } from '../contract.ts';
import { rebind } from '../rebinding.ts';
import type { CommandName } from '../keymap.ts';
import type { Opening } from '../opening.ts';
import type { Runtime } from '../runtime.ts';
import { arrived, readNetwork, showFirstAdministrator, showSignIn, sitDown } from './arrive.ts';
import { goOffline } from './offline/index.ts';
import type { Prompt } from '../state.ts';
import { showOutage } from './outage.ts';

/** How long a start waits for its database before somebody is asked (REL-03). */
const SILENCE_MS = 1500;
/** How often a house that does not open is tried again meanwhile. */
const RETRY_MS = 3000;

/** Mistakes of the command line or the configuration: waiting mends none of them. */
const MISTAKES: readonly AwayReason[] = ['bad-url', 'no-folder'];

type Beginning = {
  /** Somebody's own keys, as they wrote them. */
  readonly keys: unknown;
  /** There is no database at all (`guichet offline`). */
  readonly alone: boolean;
  /** It can be opened again: then a database that is away ends nothing. */
  readonly again: boolean;
  readonly opened: (house: ConsoleHouse) => void;
  /** The house cannot be opened, and nothing goes on without it. */
  readonly rejected: (error: unknown) => void;
};

/** Who sits where, as soon as the house is open. */
async function settle(runtime: Runtime, house: ConsoleHouse, { keys, opened }: Beginning): Promise<void> {
  const { store } = runtime;
  opened(house);
  const [bad] = rebind(keys).bad;
  if (bad) runtime.tell('warning', runtime.words().badKey(bad.command, bad.keys));
  store.set({ timeZone: house.timeZone, training: house.training, now: house.clock(), opening: false });
  if (house.lesson) {
    await runtime.lessons.begin(house, house.lesson);
    return house.resumes && runtime.lessons.resume(house.resumes);
  }
  if (house.unstaffed) showFirstAdministrator(runtime);
  else if (!house.signedIn) showSignIn(runtime);
  else if (house.signedIn.place) {
    store.set({ staff: house.signedIn.staff });
    await sitDown(runtime, house.signedIn.place);
  } else await arrived(runtime, house.signedIn.staff, null);
  if (!house.unstaffed && !house.signedIn) await readNetwork(runtime);
  if (house.resumes) await runtime.lessons.resume(house.resumes);
}

/** The house, or why it is not there: it cannot be opened, or has not been within a moment. */
async function openedSoon(
  runtime: Runtime,
  opening: Opening,
): Promise<ConsoleHouse | AwayReason | { readonly rejected: unknown }> {
  let stop: () => void = () => undefined;
  const silent = new Promise<AwayReason>((resolve) => {
    stop = runtime.after(SILENCE_MS, () => {
      resolve('silent');
    });
  });
  try {
    return await Promise.race([opening.retry(), silent]);
  } catch (error) {
    const passes = error instanceof DatabaseAway && !MISTAKES.includes(error.reason);
    return passes ? error.reason : { rejected: error };
  } finally {
    stop();
  }
}

/** The house, however long it takes, or why it is not there. */
const openedAtAll = async (opening: Opening): Promise<ConsoleHouse | { readonly rejected: unknown }> =>
  opening.house().catch((error: unknown) => ({ rejected: error }));

/** What is asked where the database is away while the program starts. */
function startPrompt(runtime: Runtime, because: AwayReason): Prompt {
  const words = runtime.words();
  return {
    title: words.offline.start.title(words.refusal.awayBecause[because]),
    lines: wrap(words.offline.start.lines, runtime.store.get().columns - 6),
    why: [],
    choices: ['answer-offline', 'answer-retry', 'answer-assistant', 'answer-quit'],
  };
}

/**
 * The database is away while the program starts: says so, and what can be done. It is tried again meanwhile, behind the
 * question: who reaches for a letter finds it where it was.
 */
async function askAtStart(runtime: Runtime, opening: Opening, because: AwayReason): Promise<CommandName> {
  const { store } = runtime;
  let shown = startPrompt(runtime, because);
  let stop: () => void = () => undefined;
  const isOpen = (): boolean => store.get().prompt === shown;
  const settled = (): void => {
    if (isOpen()) runtime.answer('answer-retry');
  };
  const failed = (error: unknown): void => {
    if (!isOpen()) return;
    if (!(error instanceof DatabaseAway) || MISTAKES.includes(error.reason)) return settled();
    const next = startPrompt(runtime, error.reason);
    if (next.title !== shown.title) {
      shown = next;
      store.set({ prompt: shown, answer: { tone: 'refusal', text: shown.title } });
    }
    stop = runtime.after(RETRY_MS, () => {
      opening.retry().then(settled, failed);
    });
  };
  const answer = runtime.ask(shown);
  // Where it is only slow, it opens by itself.
  opening.house().then(settled, failed);
  const given = await answer;
  stop();
  return given;
}

/**
 * What happens first: somebody signs in, or sits down. Where the database is away, the desk goes on without it if somebody
 * wants so (OFF-03); without a folder to write to, it ends with what the house was rejected with.
 */
export async function begin(runtime: Runtime, opening: Opening, how: Beginning): Promise<void> {
  if (how.alone) {
    if (!(await goOffline(runtime, null, true))) await insist(runtime);
    return;
  }
  for (;;) {
    const house = runtime.offline && how.again ? await openedSoon(runtime, opening) : await openedAtAll(opening);
    if (typeof house === 'object')
      return 'rejected' in house ? how.rejected(house.rejected) : settle(runtime, house, how);
    const answer = await askAtStart(runtime, opening, house);
    if (answer === 'answer-quit') return runtime.quit(1);
    if (answer === 'answer-assistant') await showOutage(runtime);
    if (answer === 'answer-offline') await goOffline(runtime, house);
    if (runtime.store.get().offline) return;
  }
}

/** Nothing can be written: there is nothing that this program could do, but it says so and tries again. */
async function insist(runtime: Runtime): Promise<void> {
  for (;;) {
    const { answer } = runtime.store.get();
    const words = runtime.words().offline;
    const chosen = await runtime.ask({
      title: answer?.text ?? '',
      lines: [words.onPaper, words.elsewhere].flatMap((line) => wrap(line, runtime.store.get().columns - 6)),
      why: [],
      choices: ['answer-retry', 'answer-quit'],
    });
    if (chosen === 'answer-quit') return runtime.quit(1);
    if (await goOffline(runtime, null, true)) return;
  }
}
