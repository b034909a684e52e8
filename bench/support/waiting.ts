import { isPopular } from '../data-set/catalogue.ts';
import { BUSY_LIBRARY, sizeAt } from '../data-set/scale.ts';
import type { BenchDatabase } from './databases.ts';

/** What can be done once with the requests of the data set, by barcode. No two in a row are of the same title. */
export type WaitingSupply = {
  /** On loan, recalled for the only one who waits for the title. */
  readonly recalled: readonly string[];
  /** To be taken from the shelves of the busy library for the only one who waits for the title. */
  readonly picks: readonly string[];
  /** On loan, of titles for which fifty and more wait. */
  readonly popular: readonly string[];
  /** Their titles. */
  readonly titles: readonly number[];
};

const ALONE = `(select count(*) from requests q where q.title_id = r.title_id and q.closed_at is null) = 1`;

const RECALLED = `select i.barcode from requests r join items i on i.id = r.planned_item_id
  where r.task = 'recall' and ${ALONE} order by r.id % 997, r.id`;

const PICKS = `select i.barcode from requests r join items i on i.id = r.planned_item_id
  where r.task = 'pick' and r.asked_library = '${BUSY_LIBRARY}' and i.process is null and ${ALONE} order by r.id % 997, r.id`;

const popularCopies = (titles: number): string => `select i.barcode from items i
  where i.title_id <= ${titles} and i.process = 'LOAN' order by i.id % 10, i.title_id`;

/** Reads what the requests of the data set offer. Asked for before anything is done with them. */
export async function waitingSupply({ sql }: BenchDatabase, scale: number): Promise<WaitingSupply> {
  const size = sizeAt(scale);
  const titles = Array.from({ length: size.popular }, (_, index) => index + 1).filter((one) => isPopular(one, size));
  const barcodes = async (statement: string): Promise<string[]> =>
    (await sql<{ barcode: string }>(statement)).map((one) => one.barcode);
  return {
    recalled: await barcodes(RECALLED),
    picks: await barcodes(PICKS),
    popular: await barcodes(popularCopies(size.popular)),
    titles,
  };
}
