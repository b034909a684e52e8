import type { CommandWords } from './command-words.ts';
import type { ConsoleWords } from './console-words.ts';
import type { DeliveryWords } from './delivery-words.ts';
import type { DeskWords } from './desk-words.ts';
import type { DirectoryWords } from './directory-words.ts';
import type { ImportWords } from './import-words.ts';
import type { JobWords } from './job-words.ts';
import type { KioskWords } from './kiosk-words.ts';
import type { LetterWords } from './letter-words.ts';
import type { ListWords } from './list-words.ts';
import type { NetworkWords } from './network-words.ts';
import type { PatronImportWords } from './patron-import-words.ts';
import type { RulesWords } from './rules-words.ts';
import type { UploadWords } from './upload-words.ts';

/** Everything the program says. Each part has its own file per language; a missing text does not compile. */
export type Words = {
  /** What happens at a desk: blocks, outcomes, instructions. */
  readonly desk: DeskWords;
  /** Screens, prompts, keys. */
  readonly console: ConsoleWords;
  /** The patrons' own terminal. */
  readonly kiosk: KioskWords;
  /** The command line and what goes wrong there. */
  readonly commands: CommandWords;
  /** Imports of catalogue records: problems and counts. */
  readonly imports: ImportWords;
  /** Imports from the card system. */
  readonly patronImports: PatronImportWords;
  /** Receipts, reports and slips, and what is said about printing. */
  readonly letters: LetterWords;
  /** How letters leave. */
  readonly delivery: DeliveryWords;
  /** Directories in which members of institutions have their passwords. */
  readonly directories: DirectoryWords;
  /** Lists to read and to export. */
  readonly lists: ListWords;
  /** What runs by itself. */
  readonly jobs: JobWords;
  /** Uploads of offline files by command, and their report. */
  readonly uploads: UploadWords;
  /** *Consult the rules*. */
  readonly rules: RulesWords;
  /** Errors, warnings and differences of network files. */
  readonly network: NetworkWords;
};
