import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What this user has set: one small file, readable by nobody else (REL-07). */
export type Settings = {
  readonly file: string;
  /** The file is there but cannot be understood; only `doctor` goes on then. */
  readonly broken: boolean;
  /** A value; undefined where nothing is set. */
  get(key: string): unknown;
  /** Sets a value; written in the background, one after the other. */
  set(key: string, value: unknown): void;
  /** Everything that was set has been written. Throws what went wrong with it. */
  settled(): Promise<void>;
};

/** The configuration file is there but no configuration. */
export class SettingsBroken extends Error {
  readonly file: string;
  constructor(file: string, cause: unknown) {
    super('configuration cannot be understood', { cause });
    this.name = 'SettingsBroken';
    this.file = file;
  }
}

const NAME = 'config';

function readStore(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {};
  try {
    const store: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof store === 'object' && store !== null && !Array.isArray(store)) return { ...store };
    throw new TypeError('no map');
  } catch (error) {
    throw new SettingsBroken(file, error);
  }
}

/**
 * Opens the settings in a folder. They are read straight from the file, since every start waits for that; `conf`, which
 * writes them whole or not at all and for this user alone (0600), is loaded when something is first set. Throws
 * SettingsBroken.
 */
export function openSettings(folder: string): Settings {
  const file = path.join(folder, `${NAME}.json`);
  const store = readStore(file);
  let writing: Promise<void> = Promise.resolve();
  const write = async (key: string, value: unknown): Promise<void> => {
    const { default: Conf } = await import('conf');
    const conf = new Conf<Record<string, unknown>>({
      cwd: folder,
      configName: NAME,
      projectName: 'guichet',
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
    });
    conf.set(key, value);
  };
  return {
    file,
    broken: false,
    get: (key) => store[key],
    set: (key, value) => {
      store[key] = value;
      writing = writing.then(
        async () => write(key, value),
        async (error: unknown) => {
          // What could not be written then is no reason not to write this.
          await write(key, value);
          throw error;
        },
      );
      // Whoever waits for `settled` hears of it; a desk must not stop because a preference was not kept.
      writing.catch(() => undefined);
    },
    settled: async () => writing,
  };
}

/** Settings for a command that goes on although their file is broken: nothing is set, nothing is written. */
export function brokenSettings(file: string): Settings {
  return { file, broken: true, get: () => undefined, set: () => undefined, settled: async () => undefined };
}
