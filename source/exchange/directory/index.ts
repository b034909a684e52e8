import type { Institution } from '../../circulation/institutions.ts';
import type { Directory } from '../../desk/member-sign-in.ts';
import type { DirectoryTrouble } from './connect.ts';

export type { DirectoryTroubleKind } from './connect.ts';

/** Where the passwords of the accounts that search come from: the environment or a file, never the network. */
type Secrets = { passwordOf(institution: string): string | undefined };

/** The directories of institutions (KIO-02). ldapts is loaded when somebody first signs in: a screen does not open later for it. */
export function openDirectory({ passwordOf }: Secrets): Directory {
  return {
    async verify({ code, directory }, name, password) {
      const { ask } = await import('./ask.ts');
      try {
        const identifiers = await ask(directory, { password: passwordOf(code) }, { name, password });
        return identifiers ? { kind: 'known', identifiers } : { kind: 'wrong' };
      } catch {
        return { kind: 'away' };
      }
    },
    async answers({ code, directory }) {
      const { ask } = await import('./ask.ts');
      try {
        await ask(directory, { password: passwordOf(code) }, null);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** What is wrong between us and an institution's directory; undefined: it answers. */
export async function directoryTrouble(
  { code, directory }: Institution,
  { passwordOf }: Secrets,
): Promise<Pick<DirectoryTrouble, 'because' | 'detail'> | undefined> {
  const { ask } = await import('./ask.ts');
  try {
    await ask(directory, { password: passwordOf(code) }, null);
    return undefined;
  } catch (error) {
    return error as DirectoryTrouble;
  }
}
