import { isPatronLevel } from '../circulation/blocks.ts';
import type { BlockCode } from '../circulation/blocks.ts';

/**
 * What holds from opening a patron's record at the desk until *Done* (BLK-03): the overrides given meanwhile, the loans
 * made and those that came back. Patron-level overrides hold for the session, item-level ones for their item until it is lent.
 */
export class PatronSession {
  readonly patronId: number;
  readonly #forPatron = new Set<BlockCode>();
  readonly #forItems = new Map<string, Set<BlockCode>>();
  readonly #loans: number[] = [];
  readonly #returned: number[] = [];

  constructor(patronId: number) {
    this.patronId = patronId;
  }

  /** Ids of the loans of this session, in order. */
  get loans(): readonly number[] {
    return this.#loans;
  }

  /** Ids of the loans that came back while the record was open, in order. */
  get returned(): readonly number[] {
    return this.#returned;
  }

  /** The codes that need not be asked again for an item. */
  standing(barcode: string): BlockCode[] {
    return [...this.#forPatron, ...(this.#forItems.get(barcode) ?? [])];
  }

  /** Remembers overrides that took effect: in a loan, at the opening of the record, or while a note waits (BLK-10). */
  remember(codes: readonly BlockCode[], barcode?: string): void {
    for (const code of codes) {
      if (isPatronLevel(code)) this.#forPatron.add(code);
      else if (barcode !== undefined) this.#forItems.set(barcode, (this.#forItems.get(barcode) ?? new Set()).add(code));
    }
  }

  /** A loan was made: it belongs to the session, and what was set aside for its item is used up. */
  lent(loanId: number, barcode: string): void {
    if (!this.#loans.includes(loanId)) this.#loans.push(loanId);
    this.#forItems.delete(barcode);
  }

  /** A loan has ended while the record was open (RET-01). */
  cameBack(loanId: number): void {
    this.#returned.push(loanId);
  }
}
