import { DatabaseAway } from '../../desk/away.ts';
import { printable } from '../../language/printable.ts';
import { wrap } from '../../language/fit.ts';
import type { SetTimer } from '../keyboard/timers.ts';
import type { Runtime } from '../runtime.ts';
import { showIdentification } from './record.ts';

/** How often a database that is away is tried again. */
const RETRY_MS = 3000;

/**
 * Does something with a scan, and again while the database is away (REL-03): the scan stays in hand, those behind it wait in
 * view, nothing is lost and nothing goes to the wrong record. The operator may give the scan up; then an open record is
 * closed, because the scan may have been the next patron's card.
 */
export async function untilAnswered(
  runtime: Runtime,
  setTimer: SetTimer,
  code: string,
  work: () => Promise<void>,
): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error;
      if (!(await tryAgain(runtime, setTimer, code, error, tries > 0))) return giveUp(runtime, code);
    }
  }
}

async function tryAgain(
  runtime: Runtime,
  setTimer: SetTimer,
  code: string,
  error: DatabaseAway,
  silent: boolean,
): Promise<boolean> {
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
      choices: ['answer-retry', 'answer-cancel'],
    },
    { silent },
  );
  stop();
  return answer === 'answer-retry';
}

function giveUp(runtime: Runtime, code: string): void {
  if (runtime.store.get().record) showIdentification(runtime);
  runtime.tell('refusal', runtime.words().refusal.notRecorded(printable(code)));
}
