import { readPatronRecord } from '../../../desk/patron-record.ts';
import type { CommandName } from '../../keymap.ts';
import type { Runtime } from '../../runtime.ts';
import { patronInView } from '../available.ts';
import { nameOf } from '../names.ts';
import { showNotes } from '../notes.ts';
import { showBlocks } from '../patron-blocks.ts';
import { identityMessage, toggleOpen, typePassword, verify } from './actions.ts';
import { clear } from './clearance.ts';
import { showContacts } from './contacts.ts';
import { showGeneral } from './general.ts';
import { showHistory } from './history.ts';
import { showIdentifiers } from './identifiers.ts';
import { showLetters } from './letters.ts';
import { lookUp } from './look-up.ts';
import { registerAgain } from './re-register.ts';
import { showStatistics } from './statistics.ts';
import type { RecordTab, TabFrame } from './tabs.ts';

const SHOW: Readonly<Record<RecordTab, (runtime: Runtime, frame: TabFrame) => Promise<void>>> = {
  general: showGeneral,
  contacts: showContacts,
  identifiers: showIdentifiers,
  notes: showNotes,
  blocks: showBlocks,
  statistics: showStatistics,
  letters: showLetters,
  history: showHistory,
};

/** The full record of a patron, at its first tab (USR-07); their loans need not be open for it. */
async function openFullRecord(runtime: Runtime, patron: number): Promise<void> {
  const found = await runtime.perform(readPatronRecord, { patron });
  if (found.kind !== 'record') return runtime.refuse(found);
  const name = nameOf(found.record);
  const go = async (tab: RecordTab): Promise<void> => SHOW[tab](runtime, { patron, name, tab, go });
  await go('general');
}

const COMMANDS: Partial<Readonly<Record<CommandName, (runtime: Runtime, patron: number) => Promise<void>>>> = {
  'full-record': openFullRecord,
  verify,
  'open-for-update': toggleOpen,
  're-register': registerAgain,
  'identity-message': identityMessage,
  'set-password': typePassword,
  'look-up': lookUp,
  clearance: clear,
};

/** Does a command on the patron in view: the open record's, or the one that a list is about. Answers false where it is none. */
export async function patronCommand(runtime: Runtime, command: CommandName): Promise<boolean> {
  const patron = patronInView(runtime.store.get());
  const run = COMMANDS[command];
  if (!run || patron === undefined) return false;
  await run(runtime, patron);
  return true;
}
