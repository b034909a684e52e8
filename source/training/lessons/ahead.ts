import type { Stage } from '../scenario/stage.ts';
import { leaveBehind } from './leave-behind.ts';
import { matchStep } from './match.ts';
import type { Script } from './script.ts';
import type { Done, Seen } from './seen.ts';

/** Steps that were done before their turn: two books lent in the other order are lent all the same. */
export class DoneAhead {
  readonly #places = new Set<number>();

  forget(): void {
    this.#places.clear();
  }

  /** The first place from there on whose step still waits. */
  past(place: number): number {
    let next = place;
    while (this.#places.delete(next)) next += 1;
    return next;
  }

  /** Takes note of what was done, if it is a later step of the same work; if it is none, what was done before may be undone by it. */
  async note(stage: Stage, script: Script, dones: readonly Done[], seen: Seen): Promise<boolean> {
    for (const place of script.inAnyOrder()) {
      const step = script.steps[place];
      if (!step || (await matchStep(stage, step, dones, new Map())).kind !== 'reached') continue;
      leaveBehind(stage, step, dones, seen);
      this.#places.add(place);
      return true;
    }
    this.forget();
    return false;
  }
}
