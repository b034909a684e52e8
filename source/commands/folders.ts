import os from 'node:os';
import path from 'node:path';
import type { Machine } from './machine.ts';

/** The folders of this user for this program: nothing is made here. */
export type Folders = { readonly data: string; readonly config: string; readonly state: string };

const MAC = { data: 'Library/Application Support', config: 'Library/Preferences', state: 'Library/Logs' };
const UNIX = { data: '.local/share', config: '.config', state: '.local/state' };

/**
 * The home folder. An account may have none, or an empty HOME: then the root, as containers have it, which is written to only
 * where that is allowed. A relative one would leave patrons' data wherever the program is started.
 */
function homeFolder(env: Machine['env']): string {
  const { HOME = '' } = env;
  if (path.isAbsolute(HOME)) return HOME;
  try {
    const { homedir } = os.userInfo();
    return path.isAbsolute(homedir) ? homedir : path.parse(process.cwd()).root;
  } catch {
    return path.parse(process.cwd()).root;
  }
}

/** Where this user keeps data, configuration and logs: the XDG variables where they are set and absolute, else the platform's custom. */
export function foldersOf(env: Machine['env']): Folders {
  const custom = process.platform === 'darwin' ? MAC : UNIX;
  const home = homeFolder(env);
  const folder = (set: string | undefined, usual: string): string =>
    path.join(set !== undefined && path.isAbsolute(set) ? set : path.join(home, usual), 'guichet');
  return {
    data: folder(env['XDG_DATA_HOME'], custom.data),
    config: folder(env['XDG_CONFIG_HOME'], custom.config),
    state: folder(env['XDG_STATE_HOME'], custom.state),
  };
}
