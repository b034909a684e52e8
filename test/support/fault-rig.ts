import { DatabaseAway } from '../../source/desk/away.ts';
import { openHouse } from '../../source/desk/house.ts';
import type { House } from '../../source/desk/house.ts';
import { lend } from '../../source/desk/lend.ts';
import type { Action, Attempt, Perform, Refusal, Seat } from '../../source/desk/perform.ts';
import { returnItem } from '../../source/desk/return-item.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import type { Scene } from './house.ts';

/** The three things that a desk does all day, on a patron and a copy of their own. */
export const WHATS = ['lend', 'return', 'scan-in'] as const;
export type What = (typeof WHATS)[number];

/** One of them, ready to be done; `kind`: what it answers. */
export type Ready = {
  readonly what: What;
  readonly barcode: string;
  readonly kind: string;
  attempt(perform: Perform, attempt?: Attempt): Promise<{ readonly kind: string } | Refusal>;
};

/** Makes a patron and a copy on which something can be done once: a second time it would answer otherwise. */
export async function ready(scene: Scene, what: What, number: number): Promise<Ready> {
  const [patron, barcode] = [`FP${number}`, `FB${number}`];
  await scene.patron({ id: patron });
  await scene.items({ barcode });
  if (what === 'return') await scene.lend(patron, barcode);
  const of =
    <Request, Outcome extends { readonly kind: string }>(one: Action<Request, Outcome>, request: Request) =>
    async (perform: Perform, attempt?: Attempt) =>
      perform(scene.bib, one, request, attempt);
  switch (what) {
    case 'lend':
      return { what, barcode, kind: 'lent', attempt: of(lend, { patron, barcode }) };
    case 'return':
      return { what, barcode, kind: 'returned', attempt: of(returnItem, { barcode }) };
    case 'scan-in':
      return { what, barcode, kind: 'scanned', attempt: of(scanIn, { barcode, inHouse: true }) };
  }
}

/** The events that one of them writes. */
const EVENTS: Readonly<Record<What, string>> = {
  lend: "'item-lent', 'loan-renewed'",
  return: "'item-returned', 'return-without-loan'",
  'scan-in': "'in-house-use', 'item-scanned'",
};

/** How often the database has it that something was done to a copy. */
export async function timesDone(
  database: { sql<Row>(statement: string): Promise<Row[]> },
  { what, barcode }: Ready,
): Promise<number> {
  const [found] = await database.sql<{ n: number | string }>(
    `select count(*) as n from events e join items i on i.id = e.item_id where i.barcode = '${barcode}' and e.kind in (${EVENTS[what]})`,
  );
  return Number(found?.n ?? 0);
}

/** The answer, or why there is none, as values. */
export type Told = { readonly outcome: { readonly kind: string } } | { readonly away: DatabaseAway };

export async function told(doing: Promise<{ readonly kind: string }>): Promise<Told> {
  try {
    return { outcome: await doing };
  } catch (error) {
    if (error instanceof DatabaseAway) return { away: error };
    throw error;
  }
}

/** A desk with a clock that moves by a second at each attempt, as no two of them have the same moment. */
export type OwnDesk = { readonly house: House; readonly perform: Perform; readonly seat: Seat };

/** Opens a desk on an URL of its own beside that of the scene; its clock starts where the scene's stands. */
export function deskOn(url: string, scene: Scene): OwnDesk {
  const house = openHouse(url);
  let now = scene.now();
  const perform = house.at(() => {
    now += 1000;
    return now;
  });
  return { house, perform, seat: scene.bib };
}
