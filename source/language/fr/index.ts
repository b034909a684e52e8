import type { Words } from '../words.ts';
import { commands } from './commands.ts';
import { console } from './console.ts';
import { desk } from './desk.ts';
import { network } from './network.ts';
import { rules } from './rules.ts';

export const fr: Words = { desk, console, commands, network, rules };
