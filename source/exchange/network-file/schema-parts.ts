import { z } from 'zod';
import type { Week } from '../../circulation/network.ts';
import { isEmail } from '../../circulation/contacts.ts';
import { isDay } from '../../circulation/time.ts';
import type { ProblemCode, ProblemFacts, TextFormat } from './problems.ts';
import { daysIn, idleIn, isCode, monthsIn, periodIn, secondsIn, weekIn } from './values.ts';

/** A problem of our own inside a zod issue; `issues.ts` takes it out again. */
export function ownIssue<Code extends ProblemCode>(
  problem: Code,
  facts: ProblemFacts[Code],
  input: unknown,
  path: (string | number)[] = [],
): {
  code: 'custom';
  params: Record<string, unknown>;
  input: unknown;
  path: (string | number)[];
  message: string;
} {
  return { code: 'custom', params: { ...facts, problem }, input, path, message: problem };
}

/** A text in one of the file's formats, read into what it means. `hints` go to the JSON Schema only. */
export function formatted<Value>(
  format: TextFormat,
  read: (text: string) => Value | undefined,
  hints: Record<string, unknown>,
) {
  return z
    .string()
    .meta(hints)
    .transform((text, context) => {
      const value = read(text);
      if (value !== undefined) return value;
      context.issues.push(ownIssue('bad-format', { found: text, allowed: format }, text));
      return z.NEVER;
    });
}

/** A text as it is, where it is written as it must be. */
export const where = (holds: (text: string) => boolean) => (text: string) => (holds(text) ? text : undefined);

/** A map with no other keys than these; the message of its error is the list of them. */
export function strictMap<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });
}

export const name = z.string().min(1);
export const code = formatted('code', where(isCode), { pattern: '^[^\\s/,]+$', examples: ['sci'] });
export const day = formatted('day', where(isDay), { format: 'date' });
export const email = formatted('email', where(isEmail), { format: 'email' });
const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s"'<>]+$/u.test(text) && URL.canParse(text);
/** A page of the web, as letters show it: nothing that a mail program would run. */
export const webAddress = formatted('web-address', where(isWebAddress), {
  format: 'uri',
  examples: ['https://bibliotheque.example.org'],
});
/** A page of the web that a machine asks for: no account stands in its address. */
export const openAddress = formatted(
  'web-address',
  where((text) => isWebAddress(text) && new URL(text).username === '' && new URL(text).password === ''),
  { format: 'uri', examples: ['https://status.example.org'] },
);
/** A print queue: never an option of `lp`, and nothing that a queue's name cannot have. */
export const queue = formatted(
  'queue',
  where((text) => /^[^\s\p{Cc}#-][^\s\p{Cc}#]*$/u.test(text)),
  { examples: ['banque-de-pret'] },
);
const isPattern = (text: string): boolean => {
  try {
    // By itself as well: what closes our own bracket would match something else than is written.
    return text !== '' && [text, `^(?:${text})$`].every((one) => new RegExp(one, 'u').source !== '');
  } catch {
    return false;
  }
};
/** A regular expression that a whole barcode must match. */
export const pattern = formatted(
  'pattern',
  where((text) => text.length <= 200 && isPattern(text)),
  {
    examples: [String.raw`\d{11}`],
  },
);
export const period = formatted('period', periodIn, {
  examples: ['21 days', '3 weeks', '2 hours'],
});
export const days = formatted('days', daysIn, { examples: ['4 days', '1 week'] });
export const minutes = formatted('minutes', idleIn, { examples: ['2 minutes'] });
export const seconds = formatted('seconds', secondsIn, { examples: ['5 seconds'] });
export const months = formatted('months', monthsIn, { examples: ['3 months', '1 year'] });
export const monthDay = formatted(
  'month-day',
  where((text) => isDay(`2028-${text}`)),
  { examples: ['10-30'] },
);

const isTimeZone = (text: string): boolean => {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
export const timeZone = formatted('time-zone', where(isTimeZone), { examples: ['Europe/Paris'] });

/** `LIBRARY/LOCATION`. */
export const location = formatted(
  'location',
  where((text) => text.split('/').length === 2 && text.split('/').every(isCode)),
  { examples: ['sci/63S'] },
);

/** One value or a list of them: `group: L` as well as `group: [D, PROF]`. */
export function oneOrMore<Value>(one: z.ZodType<Value, string>) {
  return z.union([one.transform((value): Value[] => [value]), z.array(one).min(1)]);
}

/** A name in both languages; a plain text is the same in both. */
export const words = z.union([name.transform((text) => ({ fr: text, en: text })), strictMap({ fr: name, en: name })]);

export const count = z.int().min(0).max(100_000);

const hoursOfDay = z.string().meta({ examples: ['08:00-12:00, 14:00-18:00', 'closed'] });
const weekdays = z.string().meta({ examples: ['mon', 'mon-fri', 'mon,wed'] });

/** Opening hours of a week. */
export const hours = z.record(weekdays, hoursOfDay).transform((written, context): Week => {
  const { week, faults } = weekIn(written);
  for (const fault of faults) {
    const text = written[fault.key] ?? '';
    const at = [fault.key];
    if (fault.fault === 'bad-weekdays') {
      context.issues.push(ownIssue('bad-format', { found: fault.key, allowed: 'weekdays' }, text, at));
    } else if (fault.fault === 'bad-format') {
      context.issues.push(ownIssue('bad-format', { found: text, allowed: 'hours' }, text, at));
    } else if (fault.fault === 'weekday-twice') {
      context.issues.push(ownIssue('weekday-twice', { found: fault.day, other: fault.other }, text, at));
    } else if (fault.fault === 'range-backwards') {
      context.issues.push(ownIssue('range-backwards', { found: fault.found }, text, at));
    } else {
      context.issues.push(ownIssue('hours-overlap', { found: fault.found, other: fault.other }, text, at));
    }
  }
  return week;
});
