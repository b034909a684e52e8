import path from 'node:path';
import { dayOf } from '../circulation/time.ts';
import type { ConsoleHouse } from '../console/open.tsx';
import { isPermitted } from '../desk/permissions.ts';
import type { Context } from './context.ts';
import type { Opened } from './database.ts';
import { isRefusal, refusalSentence } from './refusals.ts';

/** Names that are tried where files of that name exist already. */
const MOST_NAMES = 99;

/** `name.csv`, then `name-2.csv` … */
const numbered = (name: string, number: number): string =>
  number === 1 ? name : `${path.basename(name, path.extname(name))}-${number}${path.extname(name)}`;

/**
 * How the console writes the list that it shows to a file (TUI-09): into the folder where it was started, under the list's
 * title and the day, never over another file; who may see lists may, and the audit says so. What goes wrong is a sentence.
 */
export function exportsFor(
  context: Pick<Context, 'words' | 'language'>,
  opened: Pick<Opened, 'clock' | 'timeZone'> & Partial<Opened>,
): ConsoleHouse['exports'] {
  const { words, language } = context;
  const { clock, timeZone } = opened;
  const folder = path.resolve('.');
  return {
    folder,
    save: async (document, bytes) => {
      const { writeFile } = await import('node:fs/promises');
      for (let number = 1; ; number += 1) {
        const file = path.join(folder, numbered(path.basename(document), number));
        try {
          await writeFile(file, bytes, { flag: 'wx' });
          return { kind: 'written', file, rows: 0 };
        } catch (error) {
          const { code, message } = error as NodeJS.ErrnoException;
          if (code !== 'EEXIST' || number === MOST_NAMES) return { kind: 'failed', because: message };
        }
      }
    },
    write: async ({ title, heads, rows }, form, perform, seat) => {
      const permission = 'view-lists';
      if (!isPermitted(seat.staff.roles, permission, seat.place?.library ?? null)) {
        const refusal = { kind: 'not-permitted', permission, needs: 'role' } as const;
        return { kind: 'failed', because: refusalSentence(refusal, words.commands.refusal) };
      }
      // A start does not wait for what writes spreadsheets (PERF-01).
      const { tableFileName } = await import('../exchange/tables/index.ts');
      const { notWritten, separatorIn, writeAndNote } = await import('./list-file.ts');
      const name = tableFileName(title, dayOf(clock(), timeZone), form);
      const columns = heads.map((head) => ({ head, type: 'text' as const }));
      const options = { timeZone, separator: separatorIn(language) };
      for (let number = 1; ; number += 1) {
        const file = path.join(folder, numbered(name, number));
        const table = { name: title, columns, rows: rows() };
        const outcome = await writeAndNote({ perform, seat }, table, file, options, { list: title });
        if (outcome.kind === 'written') return { kind: 'written', file, rows: outcome.rows };
        if (isRefusal(outcome)) return { kind: 'failed', because: refusalSentence(outcome, words.commands.refusal) };
        const isTaken = outcome.kind === 'failed' && outcome.because === 'exists';
        if (!isTaken || number === MOST_NAMES) return { kind: 'failed', because: notWritten(outcome, words.lists) };
      }
    },
  };
}
