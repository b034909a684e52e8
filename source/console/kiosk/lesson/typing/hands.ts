import { datesIn } from '../../../../language/dates.ts';
import type { GuidedStep, Lesson } from '../../../../training/lessons/contract.ts';
import { press, times, type } from '../../../guide/strokes.ts';
import type { Stroke } from '../../../guide/strokes.ts';
import type { Entry, FormPage, KioskState, ListPage } from '../../state.ts';
import type { Reader } from '../../visit.ts';

/** What is looked at when the next keys are made. */
export type Sight = {
  readonly state: KioskState;
  readonly reader: Reader | null;
  readonly step: GuidedStep;
  readonly fields: Readonly<Record<string, unknown>>;
  /** How often each thing was done in this step. */
  readonly memo: Map<string, number>;
  readonly facts: Lesson['kiosk'];
  readonly requestCalled: Lesson['requestCalled'];
  /** The code that somebody has been sent. */
  readonly code: string | null;
};

/** The next keys; undefined: there is no way on from here. */
export type Next = readonly Stroke[] | undefined;
/** The keys towards a place, or that it is there. */
export type Way = Next | 'there';

/** No step goes back as often as this. */
const MOST_BACK = 30;

/** Does something at most so often; undefined afterwards. */
export function atMost({ memo }: Pick<Sight, 'memo'>, limit: number, what: string, strokes: Next): Next {
  const before = memo.get(what) ?? 0;
  if (before >= limit) return undefined;
  memo.set(what, before + 1);
  return strokes;
}

/** How often something was done in this step. */
export const count = ({ memo }: Pick<Sight, 'memo'>, what: string): number => memo.get(what) ?? 0;

/** A field of the step as a text; undefined: it has none. */
export function text({ fields }: Pick<Sight, 'fields'>, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** A field of the step as a list of texts. */
export function texts({ fields }: Pick<Sight, 'fields'>, name: string): string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** A day as people write it; anything else as it is. */
export const dayTyped = ({ state }: Pick<Sight, 'state'>, day: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) ? datesIn(state.language, state.timeZone).numeric(day) : day;

const body = ({ state }: Pick<Sight, 'state'>) => state.page?.body;

/** Whether the menu on the page has these lines. */
export function offers(sight: Pick<Sight, 'state'>, ...ids: readonly string[]): boolean {
  const menu = body(sight);
  return menu?.kind === 'menu' && ids.every((id) => menu.choices.some((one) => one.id === id));
}

/** Chooses a line of the menu by its number; undefined: it is not there. */
export function choose(sight: Pick<Sight, 'state'>, id: string): Next {
  const menu = body(sight);
  const at = menu?.kind === 'menu' ? menu.choices.findIndex((one) => one.id === id) : -1;
  return at < 0 ? undefined : type(String(at + 1));
}

/** Presses the key of an action of the page; undefined: it has none of that name. */
export function act(sight: Pick<Sight, 'state'>, id: string): Next {
  const page = body(sight);
  const actions = page?.kind === 'list' || page?.kind === 'text' ? page.actions : [];
  const action = actions.find((one) => one.id === id);
  if (!action) return undefined;
  return action.key === 'tab' ? press('Tab') : action.key === '' ? press('Enter') : type(action.key);
}

/** The list that has this action (null: the catalogue's, in which one types). */
export function listWith(sight: Pick<Sight, 'state'>, id: string | null): ListPage | undefined {
  const page = body(sight);
  if (page?.kind !== 'list') return undefined;
  const isIt = id === null ? page.field !== null : page.field === null && page.actions.some((one) => one.id === id);
  return isIt ? page : undefined;
}

/** The form that has these fields. */
export function formWith(sight: Pick<Sight, 'state'>, ...names: readonly string[]): FormPage | undefined {
  const page = body(sight);
  if (page?.kind !== 'form') return undefined;
  const has = new Set(page.form.fields.map((one) => one.name));
  return names.every((name) => has.has(name)) ? page : undefined;
}

/** To an entry of a list. */
export function atEntry(sight: Sight, list: ListPage, is: (entry: Entry) => boolean): Way {
  const index = list.entries.findIndex((one) => is(one));
  if (index >= 0) {
    const by = list.offset + index - list.chosen;
    return by === 0 ? 'there' : times(by > 0 ? 'Down' : 'Up', Math.abs(by));
  }
  const isLast = list.offset + list.entries.length >= list.total;
  return isLast ? undefined : atMost(sight, MOST_BACK, 'page', press('PageDown'));
}

/** One page back. */
export const back = (sight: Sight): Next => atMost(sight, MOST_BACK, 'back', press('Escape'));
/** Ends the session of whoever has signed in. */
export const finish = (sight: Sight): Next => atMost(sight, 4, 'finish', press('F10'));

export { press, times, type };
