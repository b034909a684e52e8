import { fileLocker, takeAway } from './broken-files.ts';
import type { SmallDisk } from './broken-files.ts';
import type { TestDatabase } from './databases.ts';
import type { FaultyLine } from './faulty-line.ts';
import type { OwnPostgres } from './own-postgres.ts';

/** Something that goes wrong with a database until it is lifted. */
export type Fault = {
  readonly name: string;
  inject(): Promise<void>;
  lift(): Promise<void>;
};

const fault = (name: string, inject: () => unknown, lift: () => unknown): Fault => ({
  name,
  inject: async () => {
    await inject();
  },
  lift: async () => {
    await lift();
  },
});

/** What can happen to a line to PostgreSQL, and to the server itself. `random`: a number below a limit. */
export function postgresFaults(line: FaultyLine, server: OwnPostgres, random: (below: number) => number): Fault[] {
  const forget = (): void => {
    line.forget();
  };
  /** Where it is planned for the next COMMIT, it may not come to that. */
  let isRefusing = false;
  const refuse = async (): Promise<void> => {
    isRefusing = true;
    await line.refuse();
  };
  const accept = async (): Promise<void> => {
    forget();
    await pending;
    if (isRefusing) await line.accept();
    isRefusing = false;
  };
  let pending: Promise<unknown> | undefined;
  /** Does something once a COMMIT has met its fate, if it ever does. */
  const then = (happened: Promise<void>, next: () => Promise<void>): void => {
    void happened.then(() => {
      pending = next();
    });
  };
  let isPaused = false;
  const pause = async (): Promise<void> => {
    await server.pause();
    isPaused = true;
  };
  const resume = async (): Promise<void> => {
    forget();
    await pending;
    if (isPaused) await server.resume();
    isPaused = false;
    line.release();
  };
  return [
    fault('cut before COMMIT', () => void line.atCommit('cut-before'), forget),
    fault('cut after COMMIT', () => void line.atCommit('cut-after'), forget),
    fault('cut before COMMIT, then no server', () => then(line.atCommit('cut-before'), refuse), accept),
    fault('cut after COMMIT, then no server', () => then(line.atCommit('cut-after'), refuse), accept),
    fault('COMMIT without an answer', () => void line.atCommit('swallow'), forget),
    fault(
      'COMMIT held on the line',
      () => void line.atCommit('hold'),
      () => {
        forget();
        line.release();
      },
    ),
    fault(
      'COMMIT before a paused server',
      () =>
        then(line.atCommit('hold'), async () => {
          await pause();
          line.release();
        }),
      resume,
    ),
    fault('cut at any byte', () => void line.cutAfter(random(6000)), forget),
    fault(
      'silence',
      () => {
        line.silence();
      },
      () => {
        line.speak();
      },
    ),
    fault(
      'slow',
      () => {
        line.slow(20);
      },
      () => {
        line.slow(0);
      },
    ),
    fault('no server', refuse, accept),
    fault('server paused', pause, resume),
    fault('server killed', server.kill, server.start),
    fault('server stopped', server.stop, server.start),
  ];
}

/** What can happen to a SQLite file; `disk`: the one on which it is, if that can be filled. Answers with how to end it. */
export async function sqliteFaults(
  { url, sql }: TestDatabase,
  disk: SmallDisk | undefined,
): Promise<{ readonly faults: Fault[]; end(): Promise<void> }> {
  const file = url.slice('sqlite:'.length);
  const other = await fileLocker(file);
  let putBack: (() => Promise<void>) | undefined;
  const faults = [
    fault('file locked', other.lock, other.unlock),
    fault(
      'file taken away',
      async () => {
        putBack = await takeAway(file);
      },
      async () => putBack?.(),
    ),
  ];
  if (disk) {
    const fill = async (): Promise<void> => {
      // Room in the log is room too.
      await sql('pragma busy_timeout = 5000; pragma wal_checkpoint(truncate)');
      await disk.fill();
    };
    faults.push(fault('disk full', fill, disk.free));
  }
  return { faults, end: other.leave };
}
