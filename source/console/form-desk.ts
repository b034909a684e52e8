import { liveProblem, openForm, valuesOf } from './form.ts';
import type { FormSpec, FormValues } from './form.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

/** A form that was left half typed, or whose values could not be recorded (TAB-08). */
export type KeptForm = { readonly key: string; readonly title: string; readonly values: FormValues };

/** What is done with forms: one at a time is open, half-typed ones are kept (TAB-08). */
export type FormCalls = {
  /** Opens a form and waits until it is saved; undefined: it was left. One form at a time; half-typed values are kept (TAB-08). */
  askForm(spec: FormSpec): Promise<FormValues | undefined>;
  /** Saves the open form, if its values are in order. */
  saveForm(): void;
  /** Leaves the open form. `idle`: nobody did so, what was typed is kept for its return. */
  leaveForm(because: 'cancelled' | 'idle'): void;
  /** Titles of half-typed forms that were kept, by the beginning of their key (TAB-08). */
  keptForms(prefix: string): readonly string[];
  /** The half-typed form whose key begins so, if one is kept. */
  keptForm(prefix: string): KeptForm | undefined;
  /** Forgets a half-typed form. */
  dropKept(key: string): void;
  /** Title of the form whose values could not be recorded and were kept, once. */
  takeLost(): string | undefined;
};

/** The desk on which forms are filled in. */
export type FormDesk = {
  readonly runtime: FormCalls;
  /** An action has answered: what was saved last has been recorded. */
  answered(): void;
  /** No action answered: what was saved last is kept for the next time, unless it is secret. */
  failed(): void;
};

/** Makes it; `changed` is called when a form has opened. */
export function createFormDesk(store: Store<State>, changed: () => void): FormDesk {
  let endForm: ((values: FormValues | undefined) => void) | undefined;
  /** What was saved last, until an action has answered: if none does, it is kept for the next time. */
  let saved:
    | { readonly key: string; readonly title: string; readonly values: FormValues; readonly secret: boolean }
    | undefined;
  /** Title of a form whose values could not be recorded, until that has been said. */
  let lost: string | undefined;
  const kept = new Map<string, { readonly title: string; readonly values: FormValues }>();

  const closeForm = (values: FormValues | undefined) => {
    const resolve = endForm;
    endForm = undefined;
    store.set({ form: null });
    resolve?.(values);
  };

  const runtime: FormCalls = {
    async askForm(spec) {
      if (endForm) throw new Error('a form is open already');
      store.set({ form: openForm(spec, kept.get(spec.key)?.values), overlay: null, answer: null });
      kept.delete(spec.key);
      const filled = new Promise<FormValues | undefined>((resolve) => {
        endForm = resolve;
      });
      changed();
      return filled;
    },
    saveForm() {
      const { form } = store.get();
      if (!form) return;
      const values = valuesOf(form.fields);
      const problem = liveProblem(form) ?? form.check?.(values);
      if (problem) {
        const focused = Math.max(
          0,
          form.fields.findIndex((one) => one.name === problem.field),
        );
        store.set({
          form: { ...form, problem, focused, cursor: Array.from(String(values[problem.field] ?? '')).length },
        });
        return;
      }
      saved = { key: form.key, title: form.title, values, secret: form.secret === true };
      closeForm(values);
    },
    takeLost() {
      const title = lost;
      lost = undefined;
      return title;
    },
    keptForms: (prefix) => [...kept].flatMap(([key, one]) => (key.startsWith(prefix) ? [one.title] : [])),
    keptForm(prefix) {
      const found = [...kept].find(([key]) => key.startsWith(prefix));
      return found && { key: found[0], ...found[1] };
    },
    dropKept: (key) => {
      kept.delete(key);
    },
    leaveForm(because) {
      const { form } = store.get();
      if (form && because === 'idle' && form.secret !== true)
        kept.set(form.key, { title: form.title, values: valuesOf(form.fields) });
      closeForm(undefined);
    },
  };
  return {
    runtime,
    answered() {
      saved = undefined;
    },
    failed() {
      if (saved && !saved.secret) kept.set(saved.key, saved);
      lost = saved?.title;
      saved = undefined;
    },
  };
}
