import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Seat } from '../../source/desk/perform.ts';
import type { Uploaded } from './offline.ts';

export type UploadOrder = {
  readonly now: number;
  readonly seat: Seat;
  readonly lines: readonly string[];
  readonly batch: number;
};

/** Somebody who uploads offline files in a process of their own. */
export type Uploader = {
  upload(order: UploadOrder): Promise<Uploaded>;
  /** The same, but killed once it has said that so many lines are done: it is in the middle of the next ones. */
  uploadUntil(order: UploadOrder, lines: number): Promise<void>;
  stop(): Promise<void>;
};

/** Starts an uploader on a database and waits until it is ready. */
export async function startUploader(url: string): Promise<Uploader> {
  const worker = fileURLToPath(new URL('upload-worker.ts', import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', worker, url], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('the uploader has ended');
    return value;
  };
  await next();
  return {
    upload: async (order) => {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      for (;;) {
        const said = await next();
        if (said.startsWith('{')) return JSON.parse(said) as Uploaded;
      }
    },
    uploadUntil: async (order, enough) => {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      while (Number(await next()) < enough);
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
