import { openPatron } from '../../desk/patrons.ts';
import { showItem, showTitle } from '../../desk/show.ts';
import type { Stage } from '../scenario/stage.ts';

/** How a barcode, an identifier or a name is the same, however it was typed. */
export const keyOf = (text: unknown): string => String(text).trim().replaceAll(/\s+/gu, ' ').toUpperCase();

/** Whose identifiers were which: what a step does may change the very identifier that it names. */
const known = new WeakMap<Stage, Map<string, number>>();

/** The number of a patron, by number or identifier, also by one that was theirs; undefined: nobody has it. */
export async function patronId(stage: Stage, patron: unknown): Promise<number | undefined> {
  if (typeof patron === 'number') return patron;
  const numbers = known.get(stage) ?? new Map<string, number>();
  known.set(stage, numbers);
  const opened = await stage.perform(stage.seat, openPatron, { patron: String(patron) });
  if (opened.kind !== 'opened') return numbers.get(keyOf(patron));
  const { id } = opened.pane.patron;
  numbers.set(keyOf(patron), id);
  return id;
}

/** Whether two are the same patron, by numbers or identifiers; where nobody has an identifier, by what was written. */
export async function isSamePatron(stage: Stage, one: unknown, other: unknown): Promise<boolean> {
  if (one === undefined || other === undefined) return one === other;
  const [first, second] = [await patronId(stage, one), await patronId(stage, other)];
  return first === undefined && second === undefined ? keyOf(one) === keyOf(other) : first === second;
}

type Wanted = Readonly<Record<string, unknown>>;

/** The title that is meant: by its number, its words, or one of its items. */
async function titleId(stage: Stage, { titleId: id, title, item }: Wanted): Promise<number | undefined> {
  if (typeof id === 'number') return id;
  if (item !== undefined) {
    const found = await stage.perform(stage.seat, showItem, { barcode: keyOf(item) });
    return found.kind === 'item' ? found.item.titleId : undefined;
  }
  const found = await stage.perform(stage.seat, showTitle, { text: String(title) });
  if (found.kind !== 'titles') return undefined;
  return (found.titles.find((one) => one.title === title) ?? found.titles[0])?.id;
}

/** Whether two requests ask for the same title. */
export async function isSameTitle(stage: Stage, one: Wanted, other: Wanted): Promise<boolean> {
  const first = await titleId(stage, one);
  return first !== undefined && first === (await titleId(stage, other));
}
