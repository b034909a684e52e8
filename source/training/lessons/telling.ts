import type { LessonEvent } from './contract.ts';

/** What a lesson does one thing after the other, and who hears of it. */
export class Telling {
  readonly #hearers = new Set<(event: LessonEvent) => void>();
  #busy = 0;
  #work: Promise<void> = Promise.resolve();

  /** Something is being done that everybody waits for. */
  get isBusy(): boolean {
    return this.#busy > 0;
  }

  /** Tells everybody who listens. */
  tell(event: LessonEvent): void {
    for (const hear of this.#hearers) hear(event);
  }

  /** Hears everything from now on; returns how to stop. */
  listen(hear: (event: LessonEvent) => void): () => void {
    this.#hearers.add(hear);
    return () => {
      this.#hearers.delete(hear);
    };
  }

  /** Nobody hears anything any more. */
  hush(): void {
    this.#hearers.clear();
  }

  /** Resolves when nothing is left to be done. */
  async quiet(): Promise<void> {
    let seen;
    do {
      seen = this.#work;
      await seen;
    } while (seen !== this.#work);
  }

  /** Does something when all before it has been done. Rejects with what it throws; what comes after it is done all the same. */
  async queue(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }

  /** The same, while everybody waits: `changed` is told before and after. */
  async alone(work: () => Promise<void>): Promise<void> {
    this.#busy += 1;
    this.tell({ kind: 'changed' });
    try {
      await this.queue(work);
    } finally {
      this.#busy -= 1;
      this.tell({ kind: 'changed' });
    }
  }
}
