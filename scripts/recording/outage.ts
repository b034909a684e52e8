import { rename } from 'node:fs/promises';
import path from 'node:path';
import { handsIn, PACE } from './hands.ts';
import type { Recording } from './play.ts';

const ENDINGS = ['', '-wal', '-shm'];
const DATABASE = 'training.db';
const [ANA, FIRST, SECOND, THIRD] = ['9921000000164', '37000034179', '37000034180', '37000034181'];

/** Gives the files of a database another name; without its files the program has no database. */
async function moveDatabase(folder: string, from: string, to: string): Promise<void> {
  for (const ending of ENDINGS)
    await rename(path.join(folder, from + ending), path.join(folder, to + ending)).catch(() => undefined);
}

/** The database of a training copy goes away in mid-session: the desk goes on without it, comes back, and uploads. */
export const outage: Recording = {
  name: 'outage',
  title: { fr: 'Une panne de la base', en: 'An outage of the database' },
  args: (folder) => [
    'demo',
    '--db',
    `sqlite:${path.join(folder, DATABASE)}`,
    '--at',
    '2026-06-01T10:00',
    '--as',
    'bib',
    '--desk',
    'sci/PRET',
  ],
  // The folder of a training copy's journal is named after its process.
  steady: (text) => text.replaceAll(/\S*guichet-training-\d+/gu, '/tmp/guichet-training'),
  moves: async (language) => {
    const { card, press, scan, words } = handsIn(language);
    const { offline } = words;
    const away = async (folder: string): Promise<void> => moveDatabase(folder, DATABASE, 'away.db');
    const back = async (folder: string): Promise<void> => moveDatabase(folder, 'away.db', DATABASE);
    return [
      { see: words.identify.title, after: 0 },
      card(ANA, 'MARTIN Ana'),
      ...scan(FIRST, /22\/06/u),
      // The scan in hand when the database goes is the first one in the file.
      ...scan(SECOND, offline.lent(SECOND, 'MARTIN Ana'), { act: away }),
      ...scan(THIRD, offline.lent(THIRD, 'MARTIN Ana'), { pictured: true }),
      press('returns', offline.title.return, { after: PACE.read }),
      ...scan(FIRST, offline.returned(FIRST)),
      // Every three seconds the desk looks whether the database answers, and asks what is to be done.
      { act: back, see: offline.back.title, after: PACE.read },
      press('answer-upload', offline.upload.check(3), { after: PACE.read }),
      press('answer-upload', offline.upload.done({ completed: 3, failed: 0, duplicates: 0 }), { after: PACE.read }),
    ];
  },
};
