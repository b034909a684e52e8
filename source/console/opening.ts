import type { ConsoleHouse } from './contract.ts';

/** The house of a console: it may fail to open, and be opened again (REL-03). */
export type Opening = {
  /** The house as it was last opened. Rejects with DatabaseAway while it cannot be. */
  house(): Promise<ConsoleHouse>;
  /** Opens it again, where it could not be opened; as `house` where it could, or is being opened. */
  retry(): Promise<ConsoleHouse>;
  /** Another house in its place, until `leave`: a lesson's. The one before stays open. */
  enter(house: ConsoleHouse): void;
  /** Back to the house that was opened. */
  leave(): void;
};

/** `first`: being opened already; `again`: opens it once more, absent where that makes no sense. */
export function createOpening(first: Promise<ConsoleHouse>, again: (() => Promise<ConsoleHouse>) | undefined): Opening {
  let current = first;
  let isOver = false;
  const watch = (house: Promise<ConsoleHouse>): void => {
    isOver = false;
    house.catch(() => {
      if (current === house) isOver = true;
    });
  };
  watch(first);
  let visited: ConsoleHouse | undefined;
  return {
    house: async () => visited ?? current,
    enter(house) {
      visited = house;
    },
    leave() {
      visited = undefined;
    },
    async retry() {
      if (visited) return visited;
      if (isOver && again) {
        current = again();
        watch(current);
      }
      return current;
    },
  };
}
