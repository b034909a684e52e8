import { DatabaseAway } from '../../desk/away.ts';
import { wrap } from '../../language/fit.ts';
import { printable } from '../../language/printable.ts';
import type { Hand } from '../database-calls.ts';
import type { SetTimer } from '../keyboard/timers.ts';
import type { CommandName } from '../keymap.ts';
import type { Runtime } from '../runtime.ts';
import type { State } from '../state.ts';
import { goOffline, scanOffline } from './offline/index.ts';
import { showIdentification } from './record.ts';

/** How often a database that is away is tried again, where somebody waits for it. */
const RETRY_MS = 3000;
/** A server that is started again is back within this time: then nobody notices. */
const GRACE_MS = 1000;
const GRACE_STEP_MS = 250;

/**
 * Does something with a scan (REL-03). While the database is away, loans and returns go on without it within two seconds
 * (OFF-03): the scan in hand is the first to be written into the journal, those behind it follow. Anywhere else the scan stays
 * in hand and is tried again; nothing is lost and nothing goes to the wrong record.
 */
export async function untilAnswered(
  runtime: Runtime,
  setTimer: SetTimer,
  code: string,
  work: () => Promise<void>,
): Promise<void> {
  const hand: Hand = { lost: [] };
  let began: number | undefined;
  for (let tries = 0; ;) {
    try {
      await runtime.inHand(hand, work);
      return;
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error;
      began ??= performance.now();
      const canGoOn = runtime.offline !== undefined && isLoanOrReturn(runtime.store.get(), code);
      if (canGoOn && error.reason === 'unreachable' && performance.now() - began < GRACE_MS) {
        await pause(setTimer, GRACE_STEP_MS);
        continue;
      }
      if (canGoOn && (await carryOn(runtime, code, error, hand))) return;
      const answer = await askWhatNow(runtime, setTimer, code, error, tries > 0);
      tries += 1;
      if (answer === 'answer-offline') {
        // Where there is nowhere to write either, the scan stays in hand.
        if (!(await goOffline(runtime, error.reason))) continue;
        // It was neither a loan nor a return: that is for when the database is back.
        return runtime.tell('refusal', runtime.words().refusal.notRecorded(printable(code)));
      }
      if (answer !== 'answer-retry') return giveUp(runtime, code);
    }
  }
}

const pause = async (setTimer: SetTimer, milliseconds: number): Promise<void> => {
  await new Promise<void>((resolve) => {
    setTimer(milliseconds, resolve);
  });
};

/** Whether a code here is a card, a loan or a return: what can be done without the database. */
function isLoanOrReturn({ screen, under, place }: State, code: string): boolean {
  if (place?.kind === 'department') return false;
  const beneath = under?.screen ?? screen;
  return ['patron', 'returns'].includes(beneath) || (beneath === 'identify' && /\d/.test(code));
}

/** Goes on without the database: the scan in hand may have been recorded at the moment of its last try, so that is its time. */
async function carryOn(runtime: Runtime, code: string, error: DatabaseAway, { lost }: Hand): Promise<boolean> {
  const wasIdentifying = runtime.store.get().screen === 'identify';
  if (!(await goOffline(runtime, error.reason))) return false;
  await scanOffline(runtime, code, wasIdentifying ? undefined : lost.at(-1));
  return true;
}

/** Tries again every few seconds, until it works or somebody decides otherwise. */
async function askWhatNow(
  runtime: Runtime,
  setTimer: SetTimer,
  code: string,
  error: DatabaseAway,
  silent: boolean,
): Promise<CommandName> {
  const words = runtime.words().refusal;
  const stop = setTimer(RETRY_MS, () => {
    if (runtime.store.get().prompt?.title === title) runtime.answer('answer-retry');
  });
  const title = words.away(words.awayBecause[error.reason]);
  const answer = await runtime.ask(
    {
      title,
      lines: [words.awayScan(printable(code)), '', ...wrap(words.awayRetries, runtime.store.get().columns - 6)],
      why: [],
      choices: ['answer-retry', ...(runtime.offline ? (['answer-offline'] as const) : []), 'answer-cancel'],
    },
    { silent },
  );
  stop();
  return answer;
}

function giveUp(runtime: Runtime, code: string): void {
  if (runtime.store.get().record) showIdentification(runtime);
  runtime.tell('refusal', runtime.words().refusal.notRecorded(printable(code)));
}
