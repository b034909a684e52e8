import type { BlockCode, BlockFacts, RenewalRefusal } from '../circulation/blocks.ts';
import type { OverrideLevel } from '../circulation/network.ts';
import type { Dates } from './dates.ts';

/** How codes and dates are said: names come from the network, dates from the library's time zone. */
export type Saying = {
  readonly dates: Dates;
  /** The name of a user group, library, material or policy; the code itself where the network has no name. */
  group(code: string): string;
  library(code: string): string;
  material(code: string): string;
  policy(code: string): string;
};

/** Where an item goes, as plain data. */
export type InstructionFacts = {
  readonly next: 'reshelve' | 'hold-shelf' | 'transit' | 'department';
  readonly destination: string | null;
  /** The department meant there; null or absent: its desk. */
  readonly department?: string | null;
  /** `department`: it is in that department now; else it is to be carried there. */
  readonly received?: boolean;
  readonly requester: string | null;
  readonly heldUntil: string | null;
};

/** What happens at a desk. */
export type DeskWords = {
  /** Short names of blocks, for the first column of a prompt. */
  readonly block: Readonly<Record<BlockCode, string>>;
  /** One sentence per fact of a block. */
  readonly fact: { readonly [Code in BlockCode]: (fact: BlockFacts[Code], say: Saying) => string };
  /** Why that block exists: the rule behind it. */
  readonly why: Readonly<Record<BlockCode, string>>;
  readonly andMore: (count: number) => string;
  readonly level: Readonly<Record<OverrideLevel, string>>;
  /** The manual's wording of refused renewals (III.1). */
  readonly renewal: Readonly<Record<RenewalRefusal, string>>;
  readonly daysLate: (days: number) => string;
  /** Roles of staff accounts. */
  readonly role: Readonly<Record<string, string>>;
  readonly loanStatus: {
    readonly Normal: string;
    readonly Renewed: string;
    readonly Recalled: string;
    readonly Lost: string;
  };
  /** The one instruction of a return or a scan, in capitals. */
  readonly instruction: (facts: InstructionFacts, say: Saying) => string;
};
