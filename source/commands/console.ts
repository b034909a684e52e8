import { isUnstaffed } from '../desk/staff-accounts.ts';
import type { ConsoleHouse } from '../console/open.tsx';
import type { Context } from './context.ts';
import { openReady } from './database.ts';
import type { Opened } from './database.ts';
import { onTerminal, showConsole } from './desk-window.ts';
import type { Status } from './failure.ts';
import { hoped } from './refusals.ts';
import { COMMAND_LINE_SEAT } from './seat.ts';

/** What the console gets of a working database; nobody is signed in yet. */
async function houseOf(context: Context, { perform, clock, timeZone }: Opened): Promise<ConsoleHouse> {
  const { unstaffed } = hoped(await perform(COMMAND_LINE_SEAT, isUnstaffed, {}), context.words.commands.refusal);
  return { perform, clock, timeZone, training: null, unstaffed, signedIn: null };
}

/** `guichet`: the console on a working database; an embedded one is made and migrated on first start. */
export async function run(context: Context): Promise<Status> {
  onTerminal(context);
  return showConsole(context, async () => {
    const opened = await openReady(context, { create: true, kind: 'working' });
    return { opened, house: await houseOf(context, opened) };
  });
}
