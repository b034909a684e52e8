import { liveProblem, openForm, valuesOf } from '../form.ts';
import type { FormProblem, FormValues, OpenForm } from '../form.ts';
import { FRENCH_DIGIT_ROW } from '../keyboard/keys.ts';
import type { ConsoleEvent } from '../keyboard/keys.ts';
import type { SetTimer } from '../keyboard/timers.ts';
import type { Store } from '../store.ts';
import { createHand, formKey, withProblem } from './form-page.ts';
import { SessionOver } from './means.ts';
import { letter, plainKey } from './pressed.ts';
import type { FormPage, KioskState, ListPage, MenuPage, Page, TextPage } from './state.ts';
import { BACK } from './ui.ts';
import type { Back, FormAsk, Heading, ListSpec, MenuSpec, SearchSpec, TextSpec, Ui } from './ui.ts';
import { windowed } from './windowed.ts';

export type Waiting = {
  readonly handle: (event: ConsoleEvent) => Promise<void> | void;
  readonly reject: (error: unknown) => void;
  /** Draws what is shown anew: the window has another size. */
  readonly resized?: () => Promise<void>;
};

/** The screen of one session: one page at a time, which waits for a key. */
export type Screen = Ui & {
  readonly waiting: () => Waiting | null;
  /** Ends what is waited for. */
  end(): void;
};

/** What takes longer is told: before that, a sentence would only flicker. */
export const SLOW_MS = 300;
/** Nobody looks for more; what is typed is looked for with each key. */
const LONGEST_SEARCH = 200;

const headOf = (spec: Heading): Omit<Page, 'body'> => ({ title: spec.title, said: spec.said ?? [], back: spec.back });

/** Makes the screen of a session. `changed` is called when a page waits; `fits`: how many entries of a list have room. */
export function createScreen(options: {
  readonly store: Store<KioskState>;
  readonly changed: () => void;
  readonly fits: (page: Omit<Page, 'body'>, list: Pick<ListPage, 'field' | 'lines'>) => number;
  readonly textRows: (page: Omit<Page, 'body'>) => number;
  /** How many lines a text has as it is shown. */
  readonly textLines: (lines: readonly string[]) => number;
  /** Does something beside the keyboard, in the order in which it came. */
  readonly beside: (work: () => Promise<void>) => void;
  readonly after: SetTimer;
  /** The number that a scanner has sent (TUI-03). */
  readonly scanned: (text: string) => string;
}): Screen {
  const { store, changed } = options;
  let waiting: Waiting | null = null;
  let over = false;
  /** Calls off the sentence that asks for patience. */
  let soon: (() => void) | undefined;

  /** What is waited for ends with an error: whoever asked hears of it. */
  const failPage = (error: unknown): void => {
    const { reject } = waiting ?? {};
    waiting = null;
    reject?.(error);
  };

  /** Shows a page and waits for what `handle` makes of the keys. */
  async function present<T>(
    page: Page,
    handle: (event: ConsoleEvent, done: (value: T) => void) => Promise<void> | void,
    resized?: () => Promise<void>,
  ): Promise<T> {
    if (over) throw new SessionOver();
    return new Promise<T>((resolve, reject) => {
      const done = (value: T): void => {
        waiting = null;
        soon = options.after(SLOW_MS, () => store.set({ working: true }));
        resolve(value);
      };
      const guarded = async (work: () => Promise<void> | void): Promise<void> => {
        try {
          await work();
        } catch (error) {
          failPage(error);
        }
      };
      waiting = {
        handle: async (event) => guarded(async () => handle(event, done)),
        reject,
        ...(resized ? { resized: async () => guarded(resized) } : {}),
      };
      soon?.();
      soon = undefined;
      store.set({ page, working: false });
      changed();
    });
  }

  const body = (): Page['body'] | undefined => store.get().page?.body;
  const show = (page: Omit<Page, 'body'>, next: Page['body'], said?: readonly string[]): void => {
    store.set({ page: { ...page, body: next, ...(said ? { said } : {}) }, working: false });
  };

  async function menu(spec: MenuSpec): Promise<string> {
    const page = headOf(spec);
    const { choices } = spec;
    const first = Math.max(
      0,
      choices.findIndex((one) => one.id === spec.begin),
    );
    return present<string>({ ...page, body: { kind: 'menu', choices, chosen: first } }, (event, done) => {
      const now = body() as MenuPage;
      const go = (to: number): void => {
        show(page, { ...now, chosen: (to + choices.length) % choices.length });
      };
      const name = plainKey(event);
      if (name === 'up') return go(now.chosen - 1);
      if (name === 'down' || name === 'tab') return go(now.chosen + 1);
      if (name === 'escape' && spec.back !== null) return done(BACK);
      // The key of a digit on a French keyboard is that digit without Shift too.
      const pressed = letter(event) ?? '';
      const chosen = name === 'enter' ? choices[now.chosen] : choices[Number(FRENCH_DIGIT_ROW[pressed] ?? pressed) - 1];
      return chosen ? done(chosen.id) : undefined;
    });
  }

  async function list(spec: ListSpec): Promise<{ action: string; at: number; id: string } | Back> {
    const page = headOf(spec);
    const { actions, enter, lines = 2 } = spec;
    const windows = windowed(() => options.fits(page, { field: null, lines }), spec.read);
    const named = actions.find((one) => one.id === enter);
    const fixed = {
      kind: 'list',
      empty: spec.empty,
      field: null,
      actions,
      enter: named?.label ?? null,
      lines,
    } as const;
    const begun = { ...fixed, ...(await windows.part(spec.at ?? 0)) };
    return present<{ action: string; at: number; id: string } | Back>(
      { ...page, body: begun },
      async (event, done) => {
        const now = body() as ListPage;
        const name = plainKey(event);
        if (name === 'escape') return done(BACK);
        if (windows.isMove(name)) return show(page, await windows.moved(now, name));
        const pressed = letter(event);
        const action = name === 'enter' ? named : actions.find((one) => one.key === pressed);
        const entry = now.entries[now.chosen - now.offset];
        return action && entry ? done({ action: action.id, at: now.chosen, id: entry.id }) : undefined;
      },
      async () => show(page, { ...(body() as ListPage), ...(await windows.part((body() as ListPage).chosen)) }),
    );
  }

  async function search(spec: SearchSpec) {
    const page = headOf(spec);
    let { value } = spec;
    const fieldOf = () => ({ label: spec.label, value, hint: spec.hint });
    const windows = windowed(
      () => options.fits(page, { field: fieldOf(), lines: 2 }),
      async (window) => spec.find(value, window),
    );
    const fixed = { kind: 'list', actions: spec.actions, enter: spec.enter, lines: 2 } as const;
    const read = async (at: number): Promise<{ body: ListPage; said: string[] }> => {
      const asked = value;
      const part = await windows.part(at);
      return {
        body: { ...fixed, ...part, empty: spec.empty(asked), field: fieldOf() },
        said: [spec.found(asked, part)],
      };
    };
    let mine: Waiting | null = null;
    const isMine = (): boolean => waiting === mine;
    /** What is typed is shown at once; it is looked for once what was typed before has been answered. */
    let sought = value;
    let looking: Promise<void> | undefined;
    const lookOnce = async (): Promise<void> => {
      while (sought !== value && isMine()) {
        const asked = value;
        const found = await read(0);
        sought = asked;
        if (asked === value && isMine()) show(page, found.body, found.said);
      }
    };
    const look = async (): Promise<void> => {
      looking ??= lookOnce().finally(() => {
        looking = undefined;
      });
      return looking;
    };
    const type = (next: string): void => {
      value = next.slice(0, LONGEST_SEARCH).toWellFormed();
      show(page, { ...(body() as ListPage), field: fieldOf() }, store.get().page?.said);
      options.beside(async () => look().catch(failPage));
    };
    const begun = await read(spec.at ?? 0);
    const answer = present<{ action: string; at: number; id: string | null; value: string } | Back>(
      { ...page, ...begun },
      async (event, done) => {
        const name = plainKey(event);
        if (name === 'escape') return done(BACK);
        if (event.kind === 'scan') return type(options.scanned(event.text));
        if (event.kind === 'text') return type(value + event.text);
        if (name === 'space') return type(`${value} `);
        if (name === 'backspace') return type(Array.from(value).slice(0, -1).join(''));
        if (name === 'delete') return type('');
        // Enter is about what has been found for what was typed, not for half of it.
        await look();
        const now = body() as ListPage;
        if (windows.isMove(name)) return show(page, await windows.moved(now, name), store.get().page?.said);
        const entry = now.entries[now.chosen - now.offset];
        const action = spec.actions.find((one) => one.key === name);
        if (action) return done({ action: action.id, at: now.chosen, id: entry?.id ?? null, value });
        if (name === 'enter' && entry) return done({ action: 'enter', at: now.chosen, id: entry.id, value });
        return undefined;
      },
      async () => {
        const again = await read((body() as ListPage).chosen);
        show(page, again.body, again.said);
      },
    );
    mine = waiting;
    return answer;
  }

  async function form<T>(
    ask: FormAsk,
    submit: (values: FormValues) => Promise<{ done: T } | { problem: FormProblem }>,
  ): Promise<T | Back> {
    const page = headOf(ask);
    const hand = createHand(options.scanned);
    let opened: OpenForm = openForm({ key: ask.title, title: ask.title, secret: true, ...ask.spec }, undefined);
    for (;;) {
      const values = await present<FormValues | Back>(
        { ...page, body: { kind: 'form', form: opened, submit: ask.submit, onSubmit: false } },
        (event, done) => {
          for (const press of hand.pressesOf(body() as FormPage, event)) {
            const now = body() as FormPage;
            const next = formKey(now, press, ask.direct === true);
            if (next === BACK) return done(BACK);
            if (next !== 'submit') show(page, next);
            else {
              opened = now.form;
              hand.sent(opened);
              const problem = liveProblem(opened) ?? opened.check?.(valuesOf(opened.fields));
              if (!problem) return done(valuesOf(opened.fields));
              show(page, withProblem(now, problem));
            }
          }
          return undefined;
        },
      );
      if (values === BACK) return BACK;
      const outcome = await submit(values);
      if ('done' in outcome) return outcome.done;
      opened = withProblem({ kind: 'form', form: opened, submit: ask.submit, onSubmit: false }, outcome.problem).form;
    }
  }

  async function text(spec: TextSpec): Promise<string> {
    const page = headOf(spec);
    const { lines, actions = [] } = spec;
    return present<string>({ ...page, body: { kind: 'text', lines, offset: 0, actions } }, (event, done) => {
      const now = body() as TextPage;
      const name = plainKey(event);
      if (name === 'escape') return done(BACK);
      if (name === 'enter' && actions.length === 0) return done(BACK);
      const rows = options.textRows(page);
      const by = { up: -1, down: 1, 'page-up': -rows, 'page-down': rows }[name ?? ''];
      if (by !== undefined)
        return show(page, { ...now, offset: Math.max(0, Math.min(options.textLines(lines) - rows, now.offset + by)) });
      const pressed = letter(event);
      const action = actions.find((one) => one.key === pressed);
      return action ? done(action.id) : undefined;
    });
  }

  return {
    menu,
    list,
    search,
    form,
    text,
    waiting: () => waiting,
    end() {
      over = true;
      soon?.();
      failPage(new SessionOver());
    },
  };
}
