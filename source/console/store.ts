/** One value that changes, and those who want to know. */
export type Store<State> = {
  get(): State;
  /** Replaces part of the state. Listeners hear once of all changes of one turn of the event loop: one frame for one scan. */
  set(change: Partial<State>): void;
  /** Lets listeners hear at once. */
  publish(): void;
  subscribe(listener: () => void): () => void;
};

/** A store outside React: flows change it, screens are views of it. */
export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial;
  let due: NodeJS.Immediate | undefined;
  const listeners = new Set<() => void>();

  const publish = (): void => {
    if (!due) return;
    clearImmediate(due);
    due = undefined;
    for (const listener of listeners) listener();
  };

  return {
    publish,
    get: () => state,
    set(change) {
      const entries = Object.entries(change) as [keyof State, State[keyof State]][];
      if (entries.every(([key, value]) => Object.is(state[key], value))) return;
      state = { ...state, ...change };
      due ??= setImmediate(publish);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
