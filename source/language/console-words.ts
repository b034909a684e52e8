import type { CommandKey, CommandText } from './command-keys.ts';
import type { ProcessType } from '../circulation/loan.ts';
import type { PatronSearchWords } from './patron-search-words.ts';
import type { LessonWords } from './lesson-words.ts';
import type { OfflineWords } from './offline-words.ts';
import type { OutageWords } from './outage-words.ts';
import type { RecordWords } from './record-words.ts';
import type { RequestWords } from './request-words.ts';
import type { ScreenWords } from './screen-words.ts';
import type { DatabaseTrouble } from './trouble.ts';

/** Screens, prompts, keys. Names from data come in already printable. */
export type ConsoleWords = RequestWords &
  RecordWords &
  ScreenWords &
  PatronSearchWords & {
    readonly command: Readonly<Record<CommandKey, CommandText>>;
    /** Lessons, and what trainers do. */
    readonly lessons: LessonWords;
    /** The desk without its database. */
    readonly offline: OfflineWords;
    /** What to do when the system is down. */
    readonly outage: OutageWords;
    readonly training: string;
    readonly department: string;
    readonly online: string;
    readonly away: string;
    readonly working: string;
    readonly keysTitle: string;
    readonly keysEverywhere: string;
    readonly keysHere: string;
    readonly keysInLists: string;
    readonly keysOnRows: string;
    readonly keysInForms: string;
    readonly keysAtPrompts: string;
    readonly scrollHint: string;
    readonly paletteTitle: string;
    readonly paletteNone: string;
    readonly signIn: {
      readonly title: string;
      readonly opening: string;
      readonly name: string;
      readonly password: string;
      readonly again: string;
      readonly wrong: string;
      readonly locked: (hour: string) => string;
      readonly accounts: string;
      readonly accountsHint: string;
      readonly first: string;
      readonly firstHint: string;
      readonly weak: string;
      readonly different: string;
      readonly empty: string;
      readonly created: (name: string) => string;
      readonly signedOut: string;
    };
    readonly desk: {
      readonly title: string;
      readonly hint: string;
      readonly none: string;
      readonly noNetwork: string;
      readonly needed: string;
      readonly desk: string;
      readonly department: string;
    };
    readonly identify: {
      readonly title: string;
      readonly field: string;
      readonly hint: string;
      readonly unknown: (text: string, register: string) => string;
      readonly thatIsAnItem: (text: string) => string;
      readonly theseAreItems: (barcodes: readonly string[]) => string;
      readonly matches: (count: number) => string;
      readonly noMatch: (text: string) => string;
      readonly choose: (count: number) => string;
      readonly recent: string;
      readonly noRecent: string;
      readonly columns: {
        readonly name: string;
        readonly identifier: string;
        readonly group: string;
        readonly born: string;
      };
    };
    readonly patron: {
      readonly expires: (day: string) => string;
      readonly expired: (day: string) => string;
      readonly noExpiry: string;
      readonly inactive: string;
      readonly noGroup: string;
      readonly notes: (count: number) => string;
      readonly loans: (count: number, late: number, here: number) => string;
      readonly requests: (count: number, here: number, elsewhere: number) => string;
      readonly blocks: (count: number) => string;
      readonly opened: string;
      readonly ended: (name: string) => string;
      readonly cleared: (name: string) => string;
      readonly clearsIn: (seconds: number) => string;
      readonly needsPatron: string;
      readonly details: string;
      readonly identifiers: string;
      readonly blocksTitle: string;
      readonly notesTitle: string;
      readonly none: string;
    };
    readonly tabs: { readonly loans: string; readonly returns: string; readonly requests: string };
    readonly lists: {
      readonly session: string;
      readonly all: string;
      readonly earlier: string;
      readonly sortedBy: (order: string) => string;
      readonly orders: {
        readonly due: string;
        readonly title: string;
        readonly library: string;
        readonly loaned: string;
        readonly status: string;
      };
      readonly position: (first: number, last: number, total: number) => string;
      readonly emptyLoans: string;
      readonly emptyAll: string;
      readonly emptyReturns: string;
      readonly emptyEarlier: string;
      readonly emptyRequests: string;
      readonly emptyScans: string;
      readonly inPlace: string;
      readonly process: Readonly<Record<ProcessType, string>>;
      readonly columns: {
        readonly title: string;
        readonly barcode: string;
        readonly due: string;
        readonly status: string;
        readonly patron: string;
        readonly next: string;
        readonly returned: string;
        readonly library: string;
        readonly state: string;
        readonly pickup: string;
        readonly author: string;
        readonly description: string;
        readonly callNumber: string;
        readonly location: string;
        readonly material: string;
        readonly loaned: string;
        readonly renewals: string;
        readonly placed: string;
      };
      readonly late: (days: number) => string;
      readonly notLent: string;
      readonly notReturned: string;
    };
    readonly loan: {
      readonly field: string;
      readonly lent: (title: string, due: string) => string;
      readonly lentAfterReturn: (title: string, due: string, from: string) => string;
      readonly renewed: (title: string, due: string) => string;
      readonly notRenewed: (title: string, reason: string) => string;
      readonly unknown: (barcode: string, create?: string) => string;
      readonly cancelled: (title: string) => string;
      readonly refused: (title: string) => string;
    };
    readonly renewing: {
      readonly done: (count: number) => string;
      readonly some: (done: number, refused: number) => string;
      readonly title: string;
      readonly line: (title: string, says: string) => string;
      readonly due: (moment: string) => string;
      readonly none: string;
      readonly mayOverride: string;
      readonly notOnLoan: string;
    };
    readonly dueDate: {
      readonly title: (count: number, library: string) => string;
      readonly hint: string;
      readonly chosen: (day: string) => string;
      readonly moved: (day: string) => string;
      readonly typed: (text: string) => string;
      readonly bad: string;
      readonly past: string;
      readonly changed: (count: number, moment: string) => string;
      readonly weekdays: readonly string[];
      readonly month: (day: string) => string;
    };
    readonly deleting: {
      readonly ask: (title: string) => string;
      readonly done: (title: string, instruction: string) => string;
      readonly kept: (title: string) => string;
    };
    readonly rulesScreen: {
      readonly title: string;
      readonly hint: string;
      readonly who: string;
      readonly what: string;
      readonly keys: string;
      readonly unknownWho: (text: string) => string;
      readonly unknownWhat: (text: string) => string;
    };
    readonly returning: {
      readonly title: string;
      readonly field: string;
      readonly returned: (instruction: string, title: string) => string;
      readonly notOnLoan: (instruction: string, title: string) => string;
      readonly late: (days: number) => string;
      readonly blockedUntil: (day: string) => string;
      readonly blockedShort: (day: string) => string;
      readonly unknown: (barcode: string) => string;
      readonly cancelled: (title: string) => string;
      readonly notOnLoanShort: string;
      readonly dated: (moment: string) => string;
      readonly quickAdd: (title: string, instruction: string) => string;
      readonly quickAddAll: string;
      readonly quickAddItem: string;
      readonly quickAddDeleted: (title: string) => string;
      readonly deleted: string;
    };
    readonly prompt: {
      readonly blocksForLoan: (count: number, title: string) => string;
      readonly blocked: (title: string) => string;
      readonly warnings: (name: string) => string;
      readonly mayAll: string;
      readonly mayNot: (names: string) => string;
      readonly reason: string;
      readonly reasonHint: string;
      readonly waiting: (count: number) => string;
      readonly note: (title: string) => string;
      readonly popup: string;
      readonly confirmReturn: (title: string, patron: string) => string;
      readonly clash: (text: string) => string;
      readonly quit: string;
      readonly quitWaiting: (count: number) => string;
      readonly notAnAnswer: (letters: string) => string;
      readonly anyAnswer: string;
    };
    readonly refusal: {
      readonly notPermitted: string;
      readonly needsDesk: string;
      /** Why the database cannot be used, in a few words. */
      readonly awayBecause: Readonly<Record<DatabaseTrouble, string>>;
      readonly away: (because: string) => string;
      readonly awayScan: (code: string) => string;
      readonly awayRetries: string;
      readonly notRecorded: (code: string) => string;
      readonly alreadyOpen: string;
      readonly failed: (log: string) => string;
      readonly noOpenDay: (library: string) => string;
      readonly invalid: (path: string) => string;
      readonly scanRefused: string;
    };
    readonly badKey: (command: string, keys: string) => string;
  };
