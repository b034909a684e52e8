import type { Step } from '../scenario/read.ts';
import type { Done } from './seen.ts';
import { keyOf } from './same.ts';

/** Which pages of the account show what a step expects of it. */
const PAGES: Readonly<Record<string, string>> = {
  loans: 'loans',
  earlier: 'earlier',
  requests: 'requests',
  notes: 'messages',
  blocks: 'messages',
};

/** The pages that have to be looked at for all that an `account` step expects; where it names none of them, the account itself. */
export function pagesOf({ expect }: { readonly expect?: Step['expect'] | null }): readonly string[] {
  const pages = Object.keys(expect ?? {}).flatMap((key) => PAGES[key] ?? []);
  return pages.length === 0 ? ['account'] : [...new Set(pages)];
}

/** Whether an `account` step has been done: `seen` remembers its pages, one after the other. */
export function hasLooked(step: Step, done: Done, seen: Map<string, unknown>): boolean {
  const { part, sort } = done.fields as { readonly part: string; readonly sort?: string };
  const wanted = step.name === 'account' ? step.fields.sort : undefined;
  if (part !== 'loans' || sort === wanted) seen.set(part, true);
  return pagesOf(step).every((page) => seen.has(page));
}

/** Whether what a `search` step looks for has been looked for. */
export function hasSought(step: Step, { fields }: Done): boolean {
  const wanted = step.fields as Readonly<Record<string, unknown>>;
  const same = (key: string, usual?: string): boolean => keyOf(wanted[key] ?? usual) === keyOf(fields[key] ?? usual);
  return same('text') && same('field', 'any') && same('library', '');
}
