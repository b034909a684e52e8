// A worker in a process of its own: `node night-worker.ts URL NOW DAY MODE`. A line on standard output after each batch, `done` at
// the end. MODE `run`: as the scheduler does; `unlocked`: the notices alone, past the lock that keeps two workers apart.
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
  const batch: JobWork['batch'] = async (what, request) => {
    const done = await perform(seat, what, request);
    say('batch');
    return done as Exclude<Awaited<ReturnType<typeof what.run>>, { kind: 'not-permitted' | 'unknown' | 'invalid' }>;
  };
  const on = { day, perform, seat, batch, signal: new AbortController().signal } as unknown as JobWork;
  await writeAllNotices(on, NOTICE_KINDS);
  say('done');
} else {
  const outcome = await runJob({ perform, jobs: JOBS }, { name: 'nightly', day, onProgress: () => say('batch') });
  say(outcome.kind);
}
await house.close();
