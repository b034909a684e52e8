import { controlKey, createEscapeReader, isControl } from './escape.ts';
import type { Step } from './escape.ts';
import { characterKey, key } from './keys.ts';
import type { KeyEvent } from './keys.ts';
import { createPasteReader } from './paste.ts';
import { createUtf8, REPLACEMENT } from './utf8.ts';

/** Why the decoder waits: for what may follow an ESC, for the rest of something that has begun, or for the end of a paste. */
export type Unfinished = 'escape' | 'rest' | 'paste';

/** Turns the bytes of a terminal into key events. Whatever the bytes, it never throws and its memory is bounded (REL-05). */
export type Decoder = {
  /**
   * Takes bytes as they arrived, split anywhere, and returns the events that are complete. Neighbouring printable characters
   * come as one text.
   */
  readonly push: (chunk: Uint8Array) => readonly KeyEvent[];
  /** Whether bytes are held back that the next chunk may complete. */
  readonly pending: () => boolean;
  /** What is held back, if anything: the caller decides how long to wait before `flush`. */
  readonly unfinished: () => Unfinished | undefined;
  /** Gives up waiting: a lone ESC is the Escape key, an unfinished paste is what came of it, a broken sequence is dropped. */
  readonly flush: () => readonly KeyEvent[];
};

const ESC = 0x1b;
const LF = 0x0a;
const CR = 0x0d;

type Collector = {
  readonly text: (text: string) => void;
  readonly event: (event: KeyEvent) => void;
  readonly take: () => readonly KeyEvent[];
};

/** Collects events; neighbouring characters become one text. */
function createCollector(): Collector {
  let events: KeyEvent[] = [];
  let text = '';

  function closeText(): void {
    if (text !== '') events.push({ kind: 'text', text });
    text = '';
  }

  function event(one: KeyEvent): void {
    if (one.kind === 'text') {
      text += one.text;
      return;
    }
    closeText();
    events.push(one);
  }

  function take(): readonly KeyEvent[] {
    closeText();
    const taken = events;
    events = [];
    return taken;
  }

  return {
    text: (more) => {
      text += more;
    },
    event,
    take,
  };
}

/** A decoder at the start of its input. It has no clock: an ESC waits until more bytes come or the caller flushes. */
export function createDecoder(): Decoder {
  const out = createCollector();
  const utf8 = createUtf8();
  const escape = createEscapeReader();
  const paste = createPasteReader();
  let state: 'ground' | 'escape' | 'paste' = 'ground';
  /** The UTF-8 character that has begun is one that Alt was held with. */
  let withAlt = false;
  let afterReturn = false;

  function character(text: string): void {
    if (text === '') return;
    const alt = withAlt;
    withAlt = false;
    if (text >= '\u0080' && text <= '\u009f') return;
    if (alt && !text.startsWith(REPLACEMENT)) return out.event(characterKey(text, { alt: true }));
    if (alt) out.event(key('escape'));
    out.text(text);
  }

  function onGround(byte: number): void {
    const lineFeedOfReturn = afterReturn && byte === LF;
    afterReturn = byte === CR;
    if (lineFeedOfReturn) return;
    if (!isControl(byte)) return character(utf8.push(byte));
    character(utf8.end());
    if (byte === ESC) state = 'escape';
    else out.event(controlKey(byte, false));
  }

  function onEscape(byte: number): void {
    const step = escape.step(byte);
    if (step !== 'more') finish(step, byte);
  }

  function finish(step: Exclude<Step, 'more'>, byte: number): void {
    state = step.as === 'paste' ? 'paste' : 'ground';
    withAlt = step.as === 'alt';
    for (const event of step.events) out.event(event);
    afterReturn = step.again === '' && byte === CR;
    for (const symbol of step.again) one(symbol.charCodeAt(0));
  }

  function one(byte: number): void {
    if (state === 'escape') onEscape(byte);
    else onGround(byte);
  }

  /** Reads on inside a paste; returns where it ended. */
  function onPaste(chunk: Uint8Array, from: number): number {
    const { texts, next } = paste.push(chunk, from);
    for (const text of texts) out.event({ kind: 'paste', text });
    if (next !== undefined) state = 'ground';
    return next ?? chunk.length;
  }

  function push(chunk: Uint8Array): readonly KeyEvent[] {
    let at = 0;
    while (at < chunk.length) {
      if (state === 'paste') at = onPaste(chunk, at);
      else {
        one(chunk[at] ?? 0);
        at += 1;
      }
    }
    return out.take();
  }

  function unfinished(): Unfinished | undefined {
    if (state === 'paste') return 'paste';
    if (state === 'escape') return escape.unfinished();
    return utf8.pending() ? 'rest' : undefined;
  }

  function flush(): readonly KeyEvent[] {
    if (state === 'escape') for (const event of escape.end()) out.event(event);
    if (state === 'paste') out.event({ kind: 'paste', text: paste.end() });
    state = 'ground';
    character(utf8.end());
    return out.take();
  }

  return { push, pending: () => unfinished() !== undefined, unfinished, flush };
}
