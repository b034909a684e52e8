import type { CommandName } from '../keymap.ts';

/** What a place does with what comes from the keyboard. Each promise settles when its answer is on the screen. */
export type Handlers = {
  /** A barcode was read. */
  scan(text: string): Promise<void>;
  /** Enter was pressed in the field. */
  submit(text: string): Promise<void>;
  /** The text of the field has changed by typing. */
  typed?(text: string): Promise<void>;
  /** Moves in the list by that many lines; ±Infinity: to its ends. */
  move?(by: number): Promise<void>;
  /** Whether a burst of keys is typing here, not a scan (sign-in). */
  readonly scansAreTyping?: boolean;
  readonly commands?: Partial<Readonly<Record<CommandName, () => Promise<void>>>>;
};
