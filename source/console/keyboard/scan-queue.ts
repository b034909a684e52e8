import type { Scan } from './keys.ts';

/** Scans read and scans answered since *Done* (TUI-13). */
export type ScanCounts = { readonly read: number; readonly answered: number };

/** The scans of a desk, from the moment they are read until they are answered (TUI-02): in order, none lost. */
export type ScanQueue = {
  /**
   * A scan was read. False when it is refused: a prompt is open and the library has it that way. A refusal is an answer
   * (with a bell), so it counts as both. Fits the keyboard's `accept`.
   */
  readonly arrive: (scan: Scan, promptOpen: boolean) => boolean;
  /** The turn of the oldest scan whose turn had not come yet: all keys before it have been handled. */
  readonly due: () => void;
  /**
   * Takes the oldest scan whose turn has come to be handled; undefined when there is none. Throws when the one before has
   * not been answered.
   */
  readonly take: () => Scan | undefined;
  /** The scan in hand has its answer on the screen. Throws when none is in hand. */
  readonly answered: () => void;
  /** The scans that wait, oldest first; the one in hand is not among them. */
  readonly waiting: () => readonly Scan[];
  readonly counts: () => ScanCounts;
  /** *Done*: counting starts again. Scans that are not answered yet count as read in the new session. */
  readonly restart: () => void;
};

/**
 * An empty queue. `atPrompt` is the library's choice for scans that arrive while a prompt is open (`scansAtPrompt`);
 * `changed` is called after every change, for the screen.
 */
export function createScanQueue(options: {
  readonly atPrompt: () => 'wait' | 'refuse';
  readonly changed?: () => void;
}): ScanQueue {
  const { atPrompt, changed = () => undefined } = options;
  const line: Scan[] = [];
  let turns = 0;
  let inHand = false;
  let read = 0;
  let answers = 0;

  function arrive(scan: Scan, promptOpen: boolean): boolean {
    read += 1;
    const refused = promptOpen && atPrompt() === 'refuse';
    if (refused) answers += 1;
    else line.push(scan);
    changed();
    return !refused;
  }

  function due(): void {
    if (turns >= line.length) throw new Error('no scan has arrived whose turn could come');
    turns += 1;
  }

  function take(): Scan | undefined {
    if (inHand) throw new Error('the scan before has not been answered');
    const first = turns > 0 ? line.shift() : undefined;
    if (!first) return undefined;
    turns -= 1;
    inHand = true;
    changed();
    return first;
  }

  function answered(): void {
    if (!inHand) throw new Error('no scan is in hand');
    inHand = false;
    answers += 1;
    changed();
  }

  function restart(): void {
    answers = 0;
    read = line.length + (inHand ? 1 : 0);
    changed();
  }

  return {
    arrive,
    due,
    take,
    answered,
    waiting: () => [...line],
    counts: () => ({ read, answered: answers }),
    restart,
  };
}
