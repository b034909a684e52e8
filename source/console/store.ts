/** One value that changes, and those who want to know. */
export type Store<State> = {
  get(): State;
  /** Replaces part of the state; listeners hear of it once. */
  set(change: Partial<State>): void;
  subscribe(listener: () => void): () => void;
};

/** A store outside React: flows change it, screens are views of it. */
export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(change) {
      const entries = Object.entries(change) as [keyof State, State[keyof State]][];
      if (entries.every(([key, value]) => Object.is(state[key], value))) return;
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
