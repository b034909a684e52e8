import type { ProcessType } from '../circulation/loan.ts';
import type { ResourceType } from '../circulation/resource-types.ts';

/** A title as a catalogue file has it. */
export type ImportTitle = {
  /** `marc21:003:001`; null: text, author and number are what it is known by. */
  readonly controlKey: string | null;
  readonly title: string;
  readonly author: string | null;
  readonly isbn: string | null;
  readonly resourceType: ResourceType;
  readonly publisher: string | null;
  readonly year: string | null;
  /** One on each line. */
  readonly subjects: string | null;
};
/** An item as a catalogue file has it, with the network's codes. */
export type ImportItem = {
  readonly barcode: string;
  readonly library: string;
  /** `LIBRARY/LOCATION`. */
  readonly location: string;
  readonly material: string;
  readonly policy: string | null;
  readonly description: string | null;
  readonly callNumber: string | null;
  readonly fulfilmentNote: string | null;
  readonly publicNote: string | null;
  readonly internalNote: string | null;
};
/** Where copies stand, without saying which (852 without a barcode). */
export type ImportHolding = Pick<ImportItem, 'library' | 'location' | 'callNumber'>;

/** One record of a file. */
export type ImportRecord = {
  /** From 1 in the file. */
  readonly number: number;
  /** Only its items are of interest: they belong to the title of that text, which is made if there is none. */
  readonly attach: boolean;
  readonly title: ImportTitle;
  readonly items: readonly ImportItem[];
  readonly holdings: readonly ImportHolding[];
};

/** A title that may be the one of a record. */
export type KnownTitle = ImportTitle & {
  readonly id: number;
  /** Its text and author, as titles are compared; empty where it is deleted. */
  readonly matchKey: string;
  readonly digest: string | null;
  readonly deleted: boolean;
};

/** An item whose barcode a file has. */
export type KnownItem = ImportItem & {
  readonly id: number;
  readonly titleId: number;
  /** The text of its title. */
  readonly title: string;
  readonly digest: string | null;
  readonly holdingId: number | null;
  /** Stands for a while elsewhere than at its holding. */
  readonly temporary: boolean;
  readonly process: ProcessType | null;
};

/** What the database has of the records of a batch. */
export type KnownRecords = {
  readonly titles: readonly KnownTitle[];
  /** By barcode, as barcodes are compared. */
  readonly items: ReadonlyMap<string, KnownItem>;
  /** Title, barcode and digest of items that were deleted here: `deletedItem`. */
  readonly deletedItems: ReadonlySet<string>;
  /** Title, location and call number of holdings: `heldAt`. */
  readonly holdings: ReadonlySet<string>;
};
