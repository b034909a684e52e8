import process from 'node:process';
import { runCommandLine } from './commands/index.ts';

/** Resolves when everything that was printed has left the process. */
const drained = async (stream: NodeJS.WriteStream): Promise<void> => {
  await new Promise<void>((resolve) => {
    if (stream.destroyed || stream.writableLength === 0) resolve();
    else stream.write('', () => resolve());
  });
};

/** Ends the process, nothing lost of what it has printed. */
async function leave(status: number): Promise<void> {
  await Promise.all([drained(process.stdout), drained(process.stderr)]);
  process.exit(status);
}

/**
 * Puts the real machine together (arguments, environment, terminal, clock) and does what the command line says.
 * `argv`: the arguments after `guichet`. Called by `bin/guichet.js`; ends the process.
 */
export async function main(argv: readonly string[]): Promise<void> {
  // Whoever read our output may have gone (`guichet … | head -1`): what was begun is finished all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const { env, stdin, stdout, stderr } = process;
  await leave(await runCommandLine({ argv, env, stdin, stdout, stderr, clock: Date.now }));
}
