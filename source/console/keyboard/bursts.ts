import type { ConsoleEvent, KeyEvent } from './keys.ts';
import type { Now, SetTimer } from './timers.ts';

/** How a scanner is told from a person (TUI-02). */
export type BurstSettings = {
  /** Characters that follow each other in less than this many milliseconds belong to one burst. */
  readonly gapMs: number;
  /** A burst of at least so many characters that a terminator ends is a scan. */
  readonly minimumLength: number;
  /** The keys that scanners end a barcode with. */
  readonly terminators: readonly ('enter' | 'tab')[];
};

const DEFAULT_BURSTS: BurstSettings = { gapMs: 50, minimumLength: 4, terminators: ['enter'] };

/** No barcode is longer than this; a burst that is comes out as text, so that memory stays bounded. */
const LONGEST_BURST = 8192;

export type Recogniser = {
  /** Takes the key events of one chunk, all of which have the same time. An empty chunk counts as a sign of life. */
  readonly push: (events: readonly KeyEvent[]) => void;
  /** Characters of a burst that has not ended, for a screen that wants to show them; empty when there are none. */
  readonly pendingText: () => string;
  /** Whether nothing is collected and no timer runs. */
  readonly idle: () => boolean;
  /** Ends the burst at once: what is collected comes out as text. */
  readonly flush: () => void;
};

/** Control characters have no place in a text field: tabs become blanks, the others go. */
function plainLine(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(/\p{Cc}/gu, '');
}

/**
 * Tells scans from typing (TUI-02). Printable characters collect while they follow each other fast enough; a terminator makes
 * a scan of them, a pause or any other key makes them typed text, in one piece. Order is always kept. It is the timer
 * that decides whether there was a pause, never a comparison of times: a busy process reads late what came in time.
 *
 * `emit` is called for each event as soon as it is known, from within `push`, `flush` or a timer; `now` and `setTimer` are
 * the clock (milliseconds).
 */
export function createRecogniser(options: {
  readonly now: Now;
  readonly setTimer: SetTimer;
  readonly emit: (event: ConsoleEvent) => void;
  readonly settings?: Partial<BurstSettings>;
}): Recogniser {
  const { now, setTimer, emit } = options;
  const { gapMs, minimumLength, terminators } = { ...DEFAULT_BURSTS, ...options.settings };
  const ending: readonly string[] = terminators;
  let collected = '';
  let cancelTimer: (() => void) | undefined;

  function stopTimer(): void {
    cancelTimer?.();
    cancelTimer = undefined;
  }

  function flush(): void {
    stopTimer();
    const text = collected;
    collected = '';
    if (text !== '') emit({ kind: 'text', text });
  }

  function endsScan(event: KeyEvent): boolean {
    return (
      event.kind === 'key' &&
      ending.includes(event.name) &&
      !(event.alt || event.ctrl || event.shift) &&
      Array.from(collected).length >= minimumLength
    );
  }

  function collect(text: string): void {
    collected += text;
    if (collected.length > LONGEST_BURST) flush();
  }

  /** A paste of several lines is a scan per line (blank ones apart); one line without a line end is text to be typed. */
  function pasted(text: string): void {
    flush();
    const lines = text.split(/\r\n|\r|\n/);
    const [only = ''] = lines;
    if (lines.length === 1) {
      const line = plainLine(only);
      if (line !== '') emit({ kind: 'text', text: line });
      return;
    }
    for (const line of lines) if (line.trim() !== '') emit({ kind: 'scan', text: line, source: 'paste', at: now() });
  }

  function take(event: KeyEvent): void {
    if (event.kind === 'text') return collect(event.text);
    if (event.kind === 'paste') return pasted(event.text);
    if (endsScan(event)) {
      const text = collected;
      collected = '';
      return emit({ kind: 'scan', text, source: 'keys', at: now() });
    }
    flush();
    emit(event);
  }

  function push(events: readonly KeyEvent[]): void {
    stopTimer();
    for (const event of events) take(event);
    if (collected !== '') cancelTimer = setTimer(gapMs, flush);
  }

  return { push, pendingText: () => collected, idle: () => collected === '' && cancelTimer === undefined, flush };
}
