import { keysOf } from './keymap.ts';
import type { CommandName } from './keymap.ts';
import type { Key, TypedText } from './keyboard/keys.ts';
import type { SetTimer } from './keyboard/timers.ts';
import type { Runtime } from './runtime.ts';
import { goesOn, isLessonCommand } from './lessons/shown.ts';
import { LIST_MOVES } from './overlay-keys.ts';

/**
 * How long a letter is held before it counts as an answer: a slow scanner's first letter is followed by others, and a finger
 * that bounces must not answer the next question too.
 */
const HOLD_MS = 200;

/** After so long without a letter, one that answered nothing is forgotten: the next one is an answer again. */
const FORGET_MS = 1000;

/** The shortest text that, ended with Enter, is a barcode that a slow scanner typed. */
const SHORTEST_SCAN = 2;

/** The answer that changes nothing: Escape, and what an idle prompt gets (TAB-08). */
export const leaving = (choices: readonly CommandName[]): CommandName =>
  (['answer-cancel', 'answer-leave', 'answer-back', 'answer-ok', 'answer-read'] as const).find((one) =>
    choices.includes(one),
  ) ?? 'answer-cancel';

export type PromptKeys = {
  /** A key while a prompt is open. Only a named letter, alone, answers; Enter never does (TUI-02). */
  handle(event: TypedText | Key, command: CommandName | undefined): Promise<void>;
  /** Whether no letter is being held. */
  quiet(): boolean;
};

/** Reads the answers to prompts. `scanned` gets what a slow scanner typed meanwhile; `settle` is called when a letter was decided. */
export function createPromptKeys(options: {
  readonly runtime: Runtime;
  readonly setTimer: SetTimer;
  readonly scanned: (text: string) => void;
  readonly run: (command: CommandName) => Promise<void>;
  readonly settle: () => void;
}): PromptKeys {
  const { runtime, setTimer, scanned, run, settle } = options;
  const { store } = runtime;
  let held = '';
  let typed = '';
  let cancel: (() => void) | undefined;
  let cancelForget: (() => void) | undefined;

  const forget = (): void => {
    cancelForget?.();
    cancelForget = undefined;
    typed = '';
  };

  const hint = (): void => {
    store.set({ promptHint: true });
  };

  /** What a letter means to the open prompt. */
  function answerOf(letter: string): CommandName | undefined {
    const { prompt, language, keymap } = store.get();
    if (letter === '?' && prompt?.choices.includes('answer-why')) return 'answer-why';
    return prompt?.choices.find((one) => keysOf(keymap, one, language)[0] === letter.toUpperCase());
  }

  /** The hold is over: a letter that stayed alone answers, everything else is something being typed. */
  function decide(): void {
    cancel?.();
    cancel = undefined;
    const text = held;
    held = '';
    if (text === '') return;
    const answer = typed === '' && Array.from(text).length === 1 ? answerOf(text) : undefined;
    if (answer === 'answer-why') store.set({ promptWhy: !store.get().promptWhy, promptOffset: 0 });
    else if (answer) runtime.answer(answer);
    else {
      typed += text;
      cancelForget = setTimer(FORGET_MS, forget);
      hint();
    }
    settle();
  }

  function collect(text: string): void {
    held += text;
    cancelForget?.();
    cancel?.();
    cancel = setTimer(HOLD_MS, decide);
  }

  function enter(): void {
    cancel?.();
    cancel = undefined;
    const text = typed + held;
    held = '';
    forget();
    if (Array.from(text).length >= SHORTEST_SCAN) scanned(text);
    else hint();
  }

  return {
    quiet: () => cancel === undefined,
    async handle(event, command) {
      if (held === '' && goesOn(store.get(), event)) return run('lesson-next');
      if (event.kind === 'text') return collect(event.text);
      if (event.name === 'enter') return enter();
      decide();
      forget();
      const { prompt } = store.get();
      if (!prompt) return undefined;
      const move = command && LIST_MOVES[command];
      if (move) store.set({ promptOffset: Math.max(0, store.get().promptOffset + move(runtime.listRows())) });
      else if (command === 'close') runtime.answer(leaving(prompt.choices));
      else if (command === 'redraw' || command === 'change-language' || isLessonCommand(command)) await run(command);
      else hint();
      return undefined;
    },
  };
}
