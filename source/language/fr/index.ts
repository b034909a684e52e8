import type { Words } from '../words.ts';
import { commands } from './commands.ts';
import { console } from './console.ts';
import { desk } from './desk.ts';
import { imports } from './import.ts';
import { letters } from './letters.ts';
import { lists } from './lists.ts';
import { network } from './network.ts';
import { patronImports } from './patron-import.ts';
import { rules } from './rules.ts';

export const fr: Words = { desk, console, commands, imports, patronImports, letters, lists, network, rules };
