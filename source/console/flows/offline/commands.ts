import type { CommandName } from '../../keymap.ts';
import type { OfflineDesk } from '../../state.ts';

/** Commands that make sense without a database. */
const WITHOUT_DATABASE: readonly CommandName[] = [
  'help',
  'palette',
  'patron-services',
  'returns',
  'done',
  'work-offline',
  'outage',
  'bell',
  'change-language',
  'redraw',
  'quit',
  'close',
  'line-up',
  'line-down',
  'page-up',
  'page-down',
  'first-line',
  'last-line',
];

/** Whether a command can be done without the database; where there is none at all, one cannot go back to it. */
export const worksOffline = ({ alone }: OfflineDesk, command: CommandName): boolean =>
  WITHOUT_DATABASE.includes(command) && !(alone && command === 'work-offline');
