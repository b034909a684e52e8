import { StringDecoder } from 'node:string_decoder';
import { printable } from '../language/printable.ts';
import type { Machine } from './machine.ts';

const ENTER = new Set(['\r', '\n']);
const ERASE = new Set(['\u007F', '\b']);
const GIVE_UP = new Set(['\u0003', '\u0004']);

/** Somebody pressed Ctrl+C or Ctrl+D instead of answering, or the terminal has gone. */
export class GivenUp extends Error {}

/**
 * Asks for a password on the terminal without showing it. The question goes to standard error, so that standard output
 * stays the result's. Throws GivenUp.
 */
export async function askPassword({ stdin, stderr }: Machine, question: string): Promise<string> {
  // Raw first: whoever answers the question at once must be read by us, Ctrl+C included.
  stdin.setRawMode(true);
  stderr.write(printable(question));
  const decoder = new StringDecoder('utf8');
  const typed: string[] = [];
  try {
    return await new Promise<string>((resolve, reject) => {
      const ended = (): void => reject(new GivenUp());
      const read = (bytes: Buffer): void => {
        for (const key of decoder.write(bytes)) {
          if (ENTER.has(key)) {
            stdin.off('data', read);
            stdin.off('end', ended);
            resolve(typed.join(''));
            return;
          }
          if (GIVE_UP.has(key)) {
            ended();
            return;
          }
          if (ERASE.has(key)) typed.pop();
          else typed.push(key);
        }
      };
      stdin.on('data', read);
      stdin.once('end', ended);
      stdin.resume();
    });
  } finally {
    stdin.removeAllListeners('data');
    stdin.removeAllListeners('end');
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}
