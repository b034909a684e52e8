import type { Instant } from '../circulation/time.ts';

/** The machine as a command sees it: put together in `main.ts`, so that nothing else reaches for the process. */
export type Machine = {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** The real time. */
  readonly clock: () => Instant;
};
