// A worker in a process of its own: `node night-worker.ts URL NOW DAY MODE`. A line on standard output after each batch, `done` at
// the end. MODE `run`: as the scheduler does; `unlocked`: the notices alone, past the lock that keeps two workers apart.
import type { Action } from '../../source/desk/perform.ts';
import { COMMAND_LINE } from '../../source/desk/perform.ts';
import { openHouse } from '../../source/desk/house.ts';
import { JOBS, runJob } from '../../source/jobs/index.ts';
import type { JobWork } from '../../source/jobs/index.ts';
import { writeAllNotices } from '../../source/jobs/write-notices.ts';
import { NOTICE_KINDS } from '../../source/circulation/letters.ts';

const [url = '', now = '0', day = '', mode = ''] = process.argv.slice(2);
const house = openHouse(url);
const perform = house.at(() => Number(now));
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

if (mode === 'unlocked') {
  const seat = { staff: COMMAND_LINE, place: null };
  const batch = async <Request, Outcome>(what: Action<Request, Outcome>, request: Request) => {
    const done = await perform(seat, what, request);
    say('batch');
    return done;
  };
  const on = { day, perform, seat, batch, signal: new AbortController().signal } as unknown as JobWork;
  await writeAllNotices(on, NOTICE_KINDS);
  say('done');
} else {
  const outcome = await runJob({ perform, jobs: JOBS }, { name: 'nightly', day, onProgress: () => say('batch') });
  say(outcome.kind);
}
await house.close();
