import { choseDesk, handlersFor, shownPlaces } from './flows/places.ts';
import { showRow } from './flows/show-row.ts';
import { untilAnswered } from './flows/while-away.ts';
import { runCommand } from './flows/commands.ts';
import { inOverlay, LIST_MOVES } from './overlay-keys.ts';
import { scanInto } from './form.ts';
import { inForm } from './form-keys.ts';
import { goesOn, isLessonCommand } from './lessons/shown.ts';
import { createPromptKeys } from './prompt-keys.ts';
import { keysOf } from './keymap.ts';
import type { CommandName } from './keymap.ts';
import { chordsOf } from './keyboard/keys.ts';
import type { ConsoleEvent, Key, Scan, TypedText } from './keyboard/keys.ts';
import { readScan } from './keyboard/hygiene.ts';
import { scannerOf } from './flows/barcodes.ts';
import type { RepeatFilter } from './keyboard/hygiene.ts';
import type { ScanQueue } from './keyboard/scan-queue.ts';
import type { Now, SetTimer } from './keyboard/timers.ts';
import type { Runtime } from './runtime.ts';
import type { State } from './state.ts';
import { createWorker } from './worker.ts';
import type { Hears } from './views/app.tsx';

/** Keys that a text field understands, as Ink reads them. */
const FIELD_KEYS: Readonly<Record<string, string>> = {
  left: '\u001B[D',
  right: '\u001B[C',
  backspace: '\u007F',
  delete: '\u001B[3~',
};
const ENTER = '\r';
const MENU_KEYS: Readonly<Record<string, string>> = { up: '\u001B[A', down: '\u001B[B' };

/** The head of a barcode that was torn in two by the line is joined to its tail within this time. */
const TORN_MS = 500;

type Job =
  | { readonly kind: 'event'; readonly event: ConsoleEvent }
  | { readonly kind: 'task'; readonly task: () => Promise<void> };

export type Input = {
  readonly onEvent: (event: ConsoleEvent) => Promise<void>;
  /** Counts and filters scans the moment they are read, before their turn comes (TUI-03, TUI-13). */
  readonly accept: (event: ConsoleEvent) => boolean;
  readonly hears: Hears;
  /** Does something in its turn, after what has been typed and scanned before. */
  add(task: () => Promise<void>): void;
  /** Resolves when everything is answered that was typed, whatever runs beside. */
  calm(): Promise<void>;
  /** Whether all input is answered, or waits for the answer to a prompt. */
  quiet(): boolean;
  idle(): Promise<void>;
  settle(): void;
};

/**
 * Where the keyboard meets the screens: everything is done in the order in which it came, one thing after the other; only
 * answers to an open prompt go before, and nothing but a named key answers it (TUI-02).
 */
export function createInput(options: {
  readonly runtime: Runtime;
  readonly queue: ScanQueue;
  readonly repeats: RepeatFilter;
  readonly now: Now;
  readonly setTimer: SetTimer;
  /** Hands keys to Ink. */
  readonly feed: (keys: string) => void;
  /** Resolves when what has been fed is drawn. */
  readonly flush: () => Promise<void>;
  readonly failed: (error: unknown) => void;
  /** Whether something runs beside the desk (printing). */
  readonly beside: () => boolean;
  /** Hears of every key and scan before anything is done about it. */
  readonly heard: (event: ConsoleEvent, command: CommandName | undefined) => void;
  /** Hears when everything is answered that was typed. */
  readonly answered: () => void;
}): Input {
  const { runtime, queue, repeats, now, setTimer, feed, flush } = options;
  const { store } = runtime;
  const counted = new WeakSet<Scan>();
  const waiters: (() => void)[] = [];
  const calmed: (() => void)[] = [];
  let submitted: string | undefined;
  let chosen: string | undefined;
  let burst: { readonly text: string; readonly at: number } | undefined;

  const worker = createWorker<Job>(
    async (job) => (job.kind === 'task' ? job.task() : handle(job.event)),
    options.failed,
    settle,
  );

  const promptKeys = createPromptKeys({
    runtime,
    setTimer,
    settle,
    run: async (command) => runCommand(runtime, command),
    scanned: (text) => {
      const scan: Scan = { kind: 'scan', text, source: 'keys', at: now() };
      if (accept(scan)) worker.add({ kind: 'event', event: scan });
    },
  });

  function isCalm(): boolean {
    const { prompt, form } = store.get();
    return (worker.quiet() || prompt !== null || form !== null) && promptKeys.quiet();
  }

  const quiet = (): boolean => isCalm() && !options.beside();

  function settle(): void {
    if (!isCalm()) return;
    options.answered();
    for (const resolve of calmed.splice(0)) resolve();
    if (!quiet()) return;
    for (const resolve of waiters.splice(0)) resolve();
  }

  function accept(event: ConsoleEvent): boolean {
    if (event.kind !== 'scan' || handlersFor(runtime).scansAreTyping) return true;
    const { text } = readScan(event.text, scannerOf(store.get()));
    if (repeats.repeated(text, event.at)) return false;
    if (intoForm(text)) return false;
    counted.add(event);
    const { prompt, form } = store.get();
    const accepted = queue.arrive(event, prompt !== null || form !== null);
    if (!accepted) runtime.tell('refusal', runtime.words().refusal.scanRefused);
    return accepted;
  }

  /** A barcode scanned into a form's field that asks for one; elsewhere in a form scans wait like at a prompt. */
  function intoForm(text: string): boolean {
    const { form, prompt } = store.get();
    const filled = form && !prompt ? scanInto(form, text) : undefined;
    if (filled) store.set({ form: filled });
    return filled !== undefined;
  }

  /** Whether one may leave without being asked: the desk waits for the database, and nothing but a scan in hand is open. */
  function leavesNow(): boolean {
    const { working, away, prompt } = store.get();
    return working || (away && prompt !== null);
  }

  async function onEvent(event: ConsoleEvent): Promise<void> {
    const { heard } = options;
    heard(event, event.kind === 'scan' ? undefined : goesOn(store.get(), event) ? 'lesson-next' : commandOf(event));
    if (event.kind === 'key' && commandOf(event) === 'quit' && leavesNow()) return runtime.quit(0);
    // Whoever wants to go on without the database does not wait for it.
    if (event.kind === 'key' && commandOf(event) === 'work-offline') runtime.interrupt();
    if (store.get().prompt && event.kind !== 'scan') return promptKeys.handle(event, commandOf(event));
    if (store.get().form && event.kind !== 'scan')
      return inForm(runtime, event, commandOf(event), async (command) => runCommand(runtime, command));
    if (event.kind === 'text') burst = Array.from(event.text).length > 1 ? { text: event.text, at: now() } : undefined;
    worker.add({ kind: 'event', event });
  }

  async function handle(event: ConsoleEvent): Promise<void> {
    if (event.kind === 'scan') return scanned(event);
    const { overlay } = store.get();
    const command = goesOn(store.get(), event) ? 'lesson-next' : commandOf(event);
    if (isLessonCommand(command)) return runCommand(runtime, command);
    if (overlay) return inOverlay(runtime, overlay, event, command);
    return keyed(event);
  }

  async function scanned(scan: Scan): Promise<void> {
    const typing = handlersFor(runtime).scansAreTyping === true;
    if (typing && !counted.has(scan)) return typedBurst(scan.text);
    if (!counted.has(scan)) queue.arrive(scan, false);
    queue.due();
    queue.take();
    try {
      if (typing) await typedBurst(scan.text);
      else await readHere(scan);
    } finally {
      queue.answered();
    }
  }

  /** A scan is a scan whatever is open: overlays close, what was half typed goes, unless it is the scan's own head. */
  async function readHere(scan: Scan): Promise<void> {
    const { field } = store.get();
    // Words that were being typed are no head of a barcode.
    const head = burst !== undefined && field.value === burst.text && /\d/.test(burst.text) ? burst : undefined;
    const torn = head !== undefined && scan.at - head.at < TORN_MS;
    const code = readScan(torn ? field.value + scan.text : scan.text, scannerOf(store.get())).text;
    store.set({ overlay: null, paletteText: '', ...(field.value === '' ? {} : { field: { ...field, value: '' } }) });
    await untilAnswered(runtime, setTimer, code, async () => handlersFor(runtime).scan(code));
  }

  /** A burst where one types (sign-in): the text, then Enter. */
  async function typedBurst(text: string): Promise<void> {
    await type(text);
    await enter();
  }

  async function press(keys: string, focus: State['focus']): Promise<void> {
    if (store.get().focus !== focus) {
      store.set({ focus });
      await flush();
    }
    feed(keys);
    await flush();
    if (focus === 'menu') store.set({ focus: 'field' });
  }

  async function type(text: string): Promise<void> {
    const before = store.get().field.value;
    await press(text, 'field');
    const { value } = store.get().field;
    if (value !== before) await handlersFor(runtime).typed?.(value);
  }

  async function enter(): Promise<void> {
    if (store.get().screen === 'choose-desk') {
      chosen = undefined;
      if (shownPlaces(store.get()).length === 0) return;
      await press(ENTER, 'menu');
      if (chosen !== undefined) await choseDesk(runtime, chosen);
      return;
    }
    submitted = undefined;
    await press(ENTER, 'field');
    const text: string | undefined = submitted;
    if (text === undefined) return;
    if (text === '' && (await showRow(runtime))) return;
    const handlers = handlersFor(runtime);
    if (handlers.scansAreTyping) await handlers.submit(text);
    else await untilAnswered(runtime, setTimer, text, async () => handlersFor(runtime).submit(text));
  }

  /** The command of a key, where one is: an open record's before what holds anywhere. */
  function commandOf(event: TypedText | Key): CommandName | undefined {
    const { language, keymap } = store.get();
    const chords = event.kind === 'key' ? chordsOf(event) : [];
    for (const chord of chords) {
      const found = keymap.find(
        (one) => one.place !== 'prompt' && keysOf(keymap, one.command, language).includes(chord),
      );
      if (found) return found.command;
    }
    return undefined;
  }

  async function keyed(event: TypedText | Key): Promise<void> {
    const { field, record, browse } = store.get();
    if (event.kind === 'text' && event.text === ' ' && field.value === '' && (record || browse.length > 0))
      return runCommand(runtime, 'mark');
    if (event.kind === 'text') return type(event.text);
    if (event.name === 'enter' && !event.alt && !event.ctrl) return enter();
    const command = commandOf(event);
    const move = command && LIST_MOVES[command];
    const { screen } = store.get();
    const menuKey = screen === 'choose-desk' ? MENU_KEYS[event.name] : undefined;
    if (menuKey) return press(menuKey, 'menu');
    if (move) return handlersFor(runtime).move?.(move(runtime.listRows()));
    if (command) return runCommand(runtime, command);
    if (event.alt || event.ctrl) return undefined;
    if (event.name === 'space') return type(' ');
    const keys = FIELD_KEYS[event.name];
    return keys === undefined ? undefined : type(keys);
  }

  return {
    onEvent,
    accept,
    settle,
    quiet,
    add(task) {
      worker.add({ kind: 'task', task });
    },
    async calm() {
      while (!isCalm()) {
        await new Promise<void>((resolve) => {
          calmed.push(resolve);
        });
      }
    },
    async idle() {
      while (!quiet()) {
        await new Promise<void>((resolve) => {
          waiters.push(resolve);
        });
      }
    },
    hears: {
      onChange(value) {
        store.set({ field: { ...store.get().field, value } });
        store.publish();
      },
      onSubmit(value) {
        submitted = value;
      },
      onChoose(name) {
        chosen = name;
      },
    },
  };
}
