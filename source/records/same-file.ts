import { stat } from 'node:fs/promises';

/** Which file it is, whatever its name: undefined where there is none. */
async function identityOf(file: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(file);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

/** `same`, `gone`, or `other`: another file has taken its name. */
export type FileFate = 'same' | 'gone' | 'other';

export type FileWatch = {
  look(): Promise<FileFate>;
  forget(): void;
  /** Whether there was such a file: if it is not there now, it has been taken away. */
  wasSeen(): boolean;
};

/**
 * Watches whether a database file is still the one that was opened: an open file can be deleted or replaced, and SQLite
 * would go on writing into nowhere (REL-01).
 */
export function watchFile(file: string): FileWatch {
  let known: string | undefined;
  return {
    wasSeen: () => known !== undefined,
    async look() {
      const now = await identityOf(file);
      if (known === undefined) {
        known = now;
        return 'same';
      }
      if (now === undefined) return 'gone';
      return now === known ? 'same' : 'other';
    },
    forget() {
      known = undefined;
    },
  };
}
