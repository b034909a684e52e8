import { stringify } from 'yaml';
import type { Instant } from '../../circulation/time.ts';
import type { Network } from '../../circulation/network.ts';
import { placeName } from '../../desk/perform.ts';
import type { Seat } from '../../desk/perform.ts';
import type { Cast } from './people.ts';

/** A step as it is written; `fails`: a typed error. */
export type RecordedStep = {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>> | string;
  readonly expect?: Readonly<Record<string, unknown>>;
  readonly fails?: string;
  /** It cannot be done in a scene of its own: only a comment. */
  readonly isOff?: boolean;
};

type Written = {
  readonly title: string;
  readonly cast: Pick<Cast, 'people' | 'items' | 'loans' | 'local'>;
  readonly begin: Instant;
  readonly seat: Seat | undefined;
  readonly steps: readonly RecordedStep[];
  readonly network: Network;
};

/** Who may set everything aside in a scene (the accounts of a training copy): it makes the loans that were there before. */
const SETTER = 'chef';

const flow = (value: unknown): string => stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();

/** The lines of an offline file stand one below the other, as they do there. */
function fieldLines(name: string, fields: RecordedStep['fields']): string[] {
  if (name !== 'offline-upload' || typeof fields === 'string') return [`  - ${name}: ${flow(fields)}`];
  const lines: unknown = fields['lines'];
  if (!Array.isArray(lines)) return [`  - ${name}: ${flow(fields)}`];
  return [`  - ${name}:`, '      lines:', ...lines.map((one) => `        - ${JSON.stringify(one)}`)];
}

/** A step of a file, with what it expects. */
export function stepLines({ name, fields, expect, fails, isOff }: RecordedStep): string[] {
  if (isOff === true) return stepLines({ name, fields }).map((line) => line.replace('  ', '  # '));
  const head = fieldLines(name, fields);
  if (fails !== undefined) return [...head, `    fails: ${fails}`];
  return expect && Object.keys(expect).length > 0 ? [...head, `    expect: ${flow(expect)}`] : head;
}

/** The loans that people had before, made at their own times by somebody who may. */
function before({ cast, begin, seat, network }: Written): { readonly at: string; readonly lines: readonly string[] } {
  const [first] = cast.loans;
  const { local } = cast;
  const start = local.call(cast, begin);
  if (!first) return { at: start, lines: [] };
  let at = local.call(cast, first.at);
  const lines = [`  # Loans that were there already.`];
  let desk: string | undefined;
  for (const loan of cast.loans) {
    const moment = local.call(cast, loan.at);
    if (moment > at) lines.push(...stepLines({ name: 'at', fields: moment }));
    at = moment > at ? moment : at;
    const library = network.libraries.find((one) => one.code === loan.library);
    const here = library?.desks[0] ? `${library.code}/${library.desks[0].code}` : undefined;
    if (here !== undefined && here !== desk) lines.push(...stepLines({ name: 'desk', fields: here }));
    desk = here ?? desk;
    const all = { override: 'all', expiry: 'keep', acknowledge: true };
    lines.push(...stepLines({ name: 'lend', fields: { patron: loan.patron, item: loan.item, ...all } }));
  }
  lines.push(...stepLines({ name: 'at', fields: start }));
  lines.push(...stepLines({ name: 'as', fields: seat?.staff.name ?? SETTER }));
  if (seat?.place) lines.push(...stepLines({ name: 'desk', fields: placeName(seat.place) }));
  return { at: local.call(cast, first.at), lines };
}

/** The file of a scenario, ready to be edited. */
export function textOf(written: Written): string {
  const { title, cast, seat, steps } = written;
  const earlier = before(written);
  const isSetBefore = earlier.lines.length > 0;
  const list = (name: string, of: readonly unknown[]): string[] =>
    of.length === 0 ? [] : [`${name}:`, ...of.map((one) => `  - ${flow(one)}`)];
  return [
    `title: ${flow(title)}`,
    'network: toulouse',
    `at: ${earlier.at}`,
    `as: ${isSetBefore ? SETTER : (seat?.staff.name ?? 'bib')}`,
    ...(seat?.place ? [`desk: ${placeName(seat.place)}`] : []),
    ...list('patrons', cast.people),
    ...list('items', cast.items),
    ...(steps.every((one) => one.isOff === true) && earlier.lines.length === 0
      ? ['steps: []', ...steps.flatMap(stepLines)]
      : ['steps:', ...earlier.lines, ...steps.flatMap(stepLines)]),
    '',
  ].join('\n');
}
