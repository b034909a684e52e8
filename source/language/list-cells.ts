import type { Network } from '../circulation/network.ts';
import { dayOf, localText } from '../circulation/time.ts';
import { datesIn } from './dates.ts';
import { wordsIn } from './index.ts';
import type { Language } from './index.ts';
import { namedIn } from './named.ts';
import { sayingIn } from './saying.ts';

/** What stands in a cell of a list, and what kind of value it is (`ColumnType` of the desk). */
type Value = string | number | null | undefined;
type Kind =
  | 'text'
  | 'number'
  | 'instant'
  | 'day'
  | 'library'
  | 'location'
  | 'material'
  | 'group'
  | 'campus'
  | 'desk'
  | 'status'
  | 'reason'
  | 'treatment'
  | 'task'
  | 'closing'
  | 'event'
  | 'flag'
  | 'data';

/** How the cells of a list are said in a language, with the names that a network gives. */
export type ListCells = {
  /** With names for codes; numbers, instants and days stay what they are: for spreadsheets. */
  value(kind: Kind, value: Value): string | number | null;
  /** As people read it: for screens and paper. Not yet printable. */
  text(kind: Kind, value: Value): string;
};

/** How the instants are called that events keep; no other number under these names is as large as an instant. */
const MOMENT = /(?:At|Until|due|since|before|after)$/;
const SMALLEST_INSTANT = 1e11;

/** What an event has kept, its instants as local times; what is no JSON stays as it is. */
function withLocalTimes(data: string, timeZone: string): string {
  try {
    return JSON.stringify(JSON.parse(data), (key, found: unknown) =>
      typeof found === 'number' && found >= SMALLEST_INSTANT && MOMENT.test(key) ? localText(found, timeZone) : found,
    );
  } catch {
    return data;
  }
}

/** Cells of lists in a language; days are those of the time zone (IANA name). */
export function listCells(network: Network | null, language: Language, timeZone: string): ListCells {
  const { desk, lists, console } = wordsIn(language);
  const say = sayingIn(network, language, timeZone);
  const dates = datesIn(language, timeZone);
  const deskName = (code: string): string => {
    const [library, place] = code.split('/');
    const name = network?.libraries.find((one) => one.code === library)?.desks.find((one) => one.code === place)?.name;
    return name === undefined ? code : `${code} · ${name}`;
  };
  const names: Readonly<Partial<Record<Kind, (code: string) => string>>> = {
    library: say.library,
    material: say.material,
    group: say.group,
    campus: (code) => network?.campuses.find((one) => one.code === code)?.name ?? code,
    desk: deskName,
    status: (code) => namedIn(desk.loanStatus, code),
    reason: (code) => namedIn(lists.reason, code),
    treatment: (code) => namedIn(lists.treatment, code),
    task: (code) => namedIn(lists.task, code),
    closing: (code) => namedIn(lists.closing, code),
    event: (code) => namedIn(console.audit.kind, code),
    data: (data) => withLocalTimes(data, timeZone),
  };
  const value: ListCells['value'] = (kind, found) => {
    if (kind === 'flag') return found === 1 ? console.form.yes : null;
    return typeof found === 'string' ? (names[kind]?.(found) ?? found) : (found ?? null);
  };
  return {
    value,
    text: (kind, found) => {
      if (found === null || found === undefined) return '';
      if (kind === 'instant' && typeof found === 'number')
        return `${dates.numeric(dayOf(found, timeZone))} ${dates.hour(found)}`;
      if (kind === 'day' && typeof found === 'string') return dates.numeric(found);
      return String(value(kind, found) ?? '');
    },
  };
}
