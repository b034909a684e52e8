import type { Network } from '../circulation/network.ts';
import { localText } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';

/** What is needed of a network to write local times. */
export type Zone = Pick<Network, 'timeZone'>;

/** Without what is null or undefined: absent is absent. */
export function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}

/** An instant as a local text; absent where there is none. */
export const local = (instant: Instant | null | undefined, { timeZone }: Zone): string | undefined =>
  instant === null || instant === undefined ? undefined : localText(instant, timeZone);
