import type { Words } from '../words.ts';
import { commands } from './commands.ts';
import { console } from './console.ts';
import { delivery } from './delivery.ts';
import { desk } from './desk.ts';
import { directories } from './directories.ts';
import { imports } from './import.ts';
import { jobs } from './jobs.ts';
import { kiosk } from './kiosk.ts';
import { letters } from './letters.ts';
import { lists } from './lists.ts';
import { network } from './network.ts';
import { patronImports } from './patron-import.ts';
import { rules } from './rules.ts';
import { uploads } from './upload.ts';

export const fr: Words = {
  delivery,
  directories,
  desk,
  jobs,
  kiosk,
  console,
  commands,
  imports,
  patronImports,
  letters,
  lists,
  network,
  rules,
  uploads,
};
