import type { ConsoleEvent } from '../keyboard/keys.ts';

/** The name of a key that was pressed alone. */
export const plainKey = (event: ConsoleEvent): string | undefined =>
  event.kind === 'key' && !event.alt && !event.ctrl ? event.name : undefined;

/** One letter or digit, as pages compare it; more at once is a paste or a scan, which chooses nothing. */
export const letter = (event: ConsoleEvent): string | undefined =>
  event.kind === 'text' && Array.from(event.text).length === 1 ? event.text.toLowerCase() : undefined;
