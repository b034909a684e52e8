import { readdirSync } from 'node:fs';
import type { Action } from '../../source/desk/perform.ts';

type AnyAction = Action<never, { readonly kind: string }>;

/** Every action that some module of the desk or of the jobs exports: what a caller can reach at all. */
export async function everyAction(): Promise<AnyAction[]> {
  const folders = ['desk', 'jobs'].map((room) => new URL(`../../source/${room}/`, import.meta.url));
  const files = folders.flatMap((folder) => readdirSync(folder).map((file) => new URL(file, folder).href));
  const found: AnyAction[] = [];
  for (const file of files.filter((one) => one.endsWith('.ts'))) {
    const exported = (await import(file)) as Record<string, unknown>;
    for (const one of Object.values(exported)) {
      const { name, run } = (one ?? {}) as { name?: unknown; run?: unknown };
      if (typeof run === 'function' && typeof name === 'string') found.push(one as AnyAction);
    }
  }
  return found;
}
