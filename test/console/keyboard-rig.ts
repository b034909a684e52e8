import { PassThrough } from 'node:stream';
import { createKeyboard } from '../../source/console/keyboard/dispatch.ts';
import type { KeyboardOptions } from '../../source/console/keyboard/dispatch.ts';
import { chordOf } from '../../source/console/keyboard/keys.ts';
import type { ConsoleEvent } from '../../source/console/keyboard/keys.ts';
import { createHandClock } from './hand-clock.ts';

/** An event in few words: `scan:…`, `text:…` or the name of the key. */
export function tell(event: ConsoleEvent): string {
  return event.kind === 'key' ? (chordOf(event) ?? '') : `${event.kind}:${event.text}`;
}

/** Whether a promise has settled when everything that could settle it without time passing has had its turn. */
export async function hasSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.finally(() => {
    settled = true;
  });
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

/** A keyboard on a stream and a clock that the test moves, which writes down what it is handed. */
export function setUpKeyboard(changed: Partial<KeyboardOptions> = {}) {
  const clock = createHandClock();
  const input = new PassThrough();
  const told: string[] = [];
  const failures: unknown[] = [];
  const keyboard = createKeyboard({
    ...clock,
    input,
    onEvent: (event) => {
      told.push(tell(event));
      return Promise.resolve();
    },
    onFailure: (error) => failures.push(error),
    ...changed,
  });
  return { clock, input, keyboard, told, failures };
}
