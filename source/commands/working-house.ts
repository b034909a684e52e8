import { isUnstaffed } from '../desk/staff-accounts.ts';
import { cardSystemFor } from './card-system.ts';
import { exportsFor } from './console-exports.ts';
import type { Context } from './context.ts';
import { openReady } from './database.ts';
import type { HouseForConsole } from './desk-window.ts';
import { consoleJobs } from './console-jobs.ts';
import { printByMailFor } from './mail-printer.ts';
import { templatesFolder } from './mail-setting.ts';
import { hoped } from './refusals.ts';
import { COMMAND_LINE_SEAT } from './seat.ts';

/** Opens a working database for the console; an embedded one is made and migrated on first start. Nobody is signed in yet. */
export async function openWorkingHouse(context: Context): Promise<HouseForConsole> {
  const opened = await openReady(context, { create: true, kind: 'working' });
  const { perform, clock, timeZone } = opened;
  try {
    const { unstaffed } = hoped(await perform(COMMAND_LINE_SEAT, isUnstaffed, {}), context.words.commands.refusal);
    return {
      opened,
      house: {
        perform,
        clock,
        timeZone,
        training: null,
        unstaffed,
        exports: exportsFor(context, opened),
        jobs: consoleJobs(opened, context),
        templates: templatesFolder(context),
        printByMail: printByMailFor(context),
        cardSystem: cardSystemFor(context, opened),
        signedIn: null,
      },
    };
  } catch (error) {
    await opened.house.close();
    throw error;
  }
}
