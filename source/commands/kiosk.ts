import os from 'node:os';
import { DatabaseAway } from '../desk/away.ts';
import type { KioskHouse } from '../console/open.tsx';
import { MEMBER_PASSWORD } from '../training/accounts.ts';
import { trainingDirectory } from '../training/directory.ts';
import type { Context } from './context.ts';
import { logCrash, logFileOf } from './crash.ts';
import { openReady } from './database.ts';
import type { Opened } from './database.ts';
import { onTerminal } from './desk-window.ts';
import { directoryFor } from './directories.ts';
import type { Status } from './failure.ts';
import { refusedBy } from './refusals.ts';
import { keepHeapSmall } from './small-heap.ts';
import { openTrainedCopy } from './trainer.ts';

/** The database may answer again by itself: then the terminal waits for it (REL-03). */
const PASSING: readonly DatabaseAway['reason'][] = ['unreachable', 'silent', 'locked', 'refused', 'full', 'read-only'];

/** What this terminal is called: over SSH the address from which somebody comes, which they cannot choose. */
function terminalName({ options, machine }: Context): string {
  const [client = ''] = (machine.env['SSH_CONNECTION'] ?? '').split(' ');
  return (options.text('terminal') ?? (client || os.hostname())).slice(0, 100);
}

/** What the kiosk needs of an opened database. Throws Failure where there is no network, or no such library. */
function houseOf(context: Context, { perform, clock, training, network }: Opened): KioskHouse {
  const say = context.words.commands.refusal;
  if (network === null) throw refusedBy({ kind: 'invalid', path: 'network', problem: 'no-network' }, say);
  const library = context.options.text('library') ?? null;
  if (library !== null && !network.libraries.some((one) => one.code === library))
    throw refusedBy({ kind: 'unknown', what: 'LIBRARY', key: library }, say);
  return {
    perform,
    clock,
    library,
    terminal: terminalName(context),
    training,
    trainingPassword: training ? MEMBER_PASSWORD : null,
    // Made-up people are in nobody's directory.
    directory: training ? trainingDirectory(() => MEMBER_PASSWORD) : directoryFor(context),
  };
}

/**
 * Opens the patrons' terminal on whatever `openDatabase` opens, which is called again while a database that was there is away.
 * Throws Failure, and DatabaseAway for what waiting does not mend.
 */
export async function showKiosk(context: Context, openDatabase: () => Promise<Opened>): Promise<Status> {
  keepHeapSmall();
  const { openKiosk } = await import('../console/open.tsx');
  const { folders, language, options, command } = context;
  const openings: Opened[] = [];
  const logged: Promise<unknown>[] = [];
  const open = async (): Promise<KioskHouse> => {
    const opened = await openDatabase();
    openings.push(opened);
    return houseOf(context, opened);
  };
  const begun = await open().catch((error: unknown) => {
    if (error instanceof DatabaseAway && PASSING.includes(error.reason)) return undefined;
    throw error;
  });
  let first = begun;
  try {
    const status = await openKiosk({
      language,
      screenReader: options.has('screenReader'),
      open: async () => {
        const known = first;
        first = undefined;
        return known ?? open();
      },
      log: (error) => {
        logged.push(logCrash(folders, error, command));
        return logFileOf(folders);
      },
    });
    return status === 0 ? 0 : 1;
  } finally {
    await Promise.all(logged);
    for (const opened of openings) await opened.house.close();
  }
}

/** `guichet kiosk`: the patrons' own terminal (KIO-01 to KIO-07); it ends with its process alone. */
export async function run(context: Context): Promise<Status> {
  onTerminal(context);
  return showKiosk(context, async () => openReady(context, {}));
}

/** `guichet demo --kiosk`: the same on a training copy. */
export async function demonstrate(context: Context): Promise<Status> {
  return showKiosk(context, async () => (await openTrainedCopy(context, context.options.text('db'))).opened);
}
