// A writer of a journal in a process of its own. FILE, and what it does: `write RUN` records loans and returns until it is killed
// and prints each one that is on the disk; `hold` opens the file and waits; `few COUNT` records so many and prints the answers.
import { writeSync } from 'node:fs';
import process from 'node:process';
// What a writer needs and no more: a hundred of them are started.
import { openJournal } from '../../source/offline/journal.ts';
import { CSV_WORDS } from './journal-words.ts';

const [file = '', what = '', count = ''] = process.argv.slice(2);
/** Written before anything else happens: what has been printed has been acknowledged. A pipe that is full is tried again. */
function say(text: string): void {
  for (;;) {
    try {
      writeSync(1, `${text}\n`);
      return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EAGAIN') throw error;
    }
  }
}

say('starting');
const opened = await openJournal({ file, timeZone: 'Europe/Paris', clock: Date.now, csv: CSV_WORDS });
if (opened.kind === 'problem') {
  say(opened.problem);
  process.exit(1);
}
const { journal } = opened;
say('open');

if (what === 'write') {
  for (let number = 1; ; number += 1) {
    const item = `${count}-${number}`;
    const recorded = await journal.record(
      number % 3 === 0 ? { kind: 'return', item } : { kind: 'loan', patron: `P${count}`, item },
    );
    say(recorded.kind === 'recorded' ? item : JSON.stringify(recorded));
  }
}
if (what === 'few') {
  for (let number = 1; number <= Number(count); number += 1) {
    const recorded = await journal.record({ kind: 'loan', patron: 'P1', item: `B${number}` });
    say(recorded.kind === 'problem' ? recorded.problem : recorded.kind);
  }
  await journal.close();
}
if (what === 'hold') process.stdin.resume();
