import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Folders } from './folders.ts';

const FRAME = /^\s+at /;
const POSITION = /(file:\/\/[^\s()]+|\/[^\s():]+):(\d+):(\d+)/;
const MESSAGE_LENGTH = 300;

/** The place in the source of a place in the bundle; the same text where there is no map. */
function mapped(frame: string): string {
  const found = POSITION.exec(frame);
  const [whole = '', place = '', line, column] = found ?? [];
  if (place === '') return frame;
  const file = place.startsWith('file:') ? fileURLToPath(place) : place;
  if (!existsSync(`${file}.map`)) return frame;
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  const origin = map.findEntry(Number(line) - 1, Number(column) - 1);
  if (!('originalSource' in origin)) return frame;
  const source = path.relative(process.cwd(), path.resolve(path.dirname(file), origin.originalSource));
  return frame.replace(whole, `${source}:${origin.originalLine + 1}:${origin.originalColumn + 1}`);
}

/** Whether a message can hold what somebody typed or what the database keeps: drivers quote values, parsers quote texts. */
const mayQuoteData = (error: Error): boolean =>
  'code' in error || error instanceof SyntaxError || error.name === 'ZodError';

/** What a driver says apart from the statement and its values, where that can be told apart. */
function driverMessage(error: Error): string | undefined {
  return /SQLITE_[A-Z]+: [^'"]*$/.exec(error.message)?.[0];
}

/**
 * An error as the log keeps it: its kind, where it happened, what caused it; its message only where it is ours, since a
 * log holds no patron data but identifiers (REL-05).
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => FRAME.test(line));
  const { code } = error as { code?: unknown };
  const message = mayQuoteData(error) ? driverMessage(error) : error.message;
  return {
    kind: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(message === undefined ? {} : { message: message.slice(0, MESSAGE_LENGTH) }),
    stack: frames.map((frame) => mapped(frame).trim()),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** The log of this user. */
export function logFileOf(folders: Folders): string {
  return path.join(folders.state, 'guichet.log');
}

/** Writes an unexpected error to the log in the state folder; answers with its path, or null where even that failed. */
export async function logCrash(folders: Folders, error: unknown, command: string): Promise<string | null> {
  const file = logFileOf(folders);
  try {
    mkdirSync(folders.state, { recursive: true, mode: 0o700 });
    const { default: pino } = await import('pino');
    const destination = pino.destination({ dest: file, sync: true, append: true, mode: 0o600 });
    const log = pino(
      { base: { pid: process.pid, node: process.version }, timestamp: pino.stdTimeFunctions.isoTime },
      destination,
    );
    log.error({ command, error: describeError(error) }, 'unexpected error');
    destination.end();
    return file;
  } catch {
    // The sentence on standard error says that there is no log; there is nothing else left to do about it.
    return null;
  }
}
