import { z } from 'zod';
import { isDay, parseLocal } from '../../circulation/time.ts';
import { scenarioIssue } from './problems.ts';

/** A text, or a number that is one (identifiers and barcodes need no quotes). */
export const text = z.union([z.string().min(1), z.int()]).transform(String);

/** Whether a text is a local time such as `2026-06-01T10:00`; clock changes are the network's affair. */
const isLocalTime = (written: string): boolean => parseLocal(written, 'UTC') !== undefined;

/** A local time such as `2026-06-01T10:00`. */
export const localTime = z.string().transform((written, context) => {
  if (!isLocalTime(written)) context.issues.push(scenarioIssue('not-a-local-time', { found: written }, written));
  return written;
});

/** A day or a local time. */
export const dayOrTime = z.string().transform((written, context) => {
  if (!isDay(written) && !isLocalTime(written)) {
    context.issues.push(scenarioIssue('not-a-local-time', { found: written }, written));
  }
  return written;
});

/** What is set aside: `all`, codes, or one code alone. */
export const overrides = <const Codes extends readonly string[]>(codes: Codes) =>
  z.union([z.enum(['all', ...codes]), z.array(z.enum(codes))]).transform((given): 'all' | Codes[number][] => {
    if (typeof given !== 'string') return given;
    return given === 'all' ? 'all' : [given];
  });

/** Exactly one of some fields (`least` 0: at most one). */
export function oneOf(least: 0 | 1, ...allowed: readonly string[]) {
  return (context: { value: Readonly<Record<string, unknown>>; issues: unknown[] }): void => {
    const found = allowed.filter((key) => context.value[key] !== undefined);
    if (found.length > 1 || found.length < least) {
      context.issues.push(scenarioIssue('not-one-field', { found, allowed, least }, context.value));
    }
  };
}
