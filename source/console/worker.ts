/** Does things one after the other, in the order in which they came; what comes meanwhile waits. */
export type Worker<Job> = {
  add(job: Job): void;
  /** Whether nothing is being done and nothing waits. */
  quiet(): boolean;
};

/** A worker with one pair of hands. `failed` hears of jobs that threw; the next job is done nevertheless. */
export function createWorker<Job>(
  work: (job: Job) => Promise<void>,
  failed: (error: unknown) => void,
  settled: () => void,
): Worker<Job> {
  let waiting: Job[] = [];
  let busy = false;

  const run = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      for (const job of batch) {
        try {
          await work(job);
        } catch (error) {
          failed(error);
        }
      }
    }
    busy = false;
    settled();
  };

  return {
    add(job) {
      waiting.push(job);
      if (!busy) void run();
    },
    quiet: () => !busy && waiting.length === 0,
  };
}
