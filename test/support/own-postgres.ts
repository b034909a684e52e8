import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort, loadServer, PASSWORD } from './postgres.ts';

const run = promisify(execFile);

/** A PostgreSQL of its own, which a test may do anything to. */
export type OwnPostgres = {
  /** Its maintenance database, empty: a test fills it by migrations. */
  readonly url: string;
  /** Ends it as its administrator would: everybody is thrown out. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Kills every process of it at once, as a machine that loses its power; `start` recovers what was committed. */
  kill(): Promise<void>;
  /** Every process of it stands still, lines stay open (SIGSTOP) … */
  pause(): Promise<void>;
  /** … and goes on (SIGCONT). */
  resume(): Promise<void>;
  /** Ends it and takes its files away. */
  remove(): Promise<void>;
};

/** A process and all that it has started. */
async function family(pid: number): Promise<number[]> {
  const children = await run('pgrep', ['-P', String(pid)]).then(
    ({ stdout }) => stdout.trim().split('\n').map(Number),
    // pgrep fails where there is none.
    () => [],
  );
  return [pid, ...children];
}

/** Waits until somebody listens on a port, or nobody does. */
async function untilListening(port: number, wanted: boolean): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const listens = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (listens === wanted) return;
  }
}

/** Starts a PostgreSQL of its own. Only where its processes can be listed (`pgrep`). */
export async function ownPostgres(): Promise<OwnPostgres> {
  const port = await freePort();
  const folder = path.join(tmpdir(), `guichet-own-${randomUUID()}`);
  const databaseDir = path.join(folder, 'postgres');
  const Server = await loadServer();
  const log: string[] = [];
  const server = new Server({
    databaseDir,
    port,
    user: 'postgres',
    password: PASSWORD,
    persistent: true,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync', '--no-instructions'],
    postgresFlags: [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'shared_buffers=32MB',
      'fsync=off',
    ].flatMap((setting) => ['-c', setting]),
    onLog: (line) => log.push(line),
    onError: (error) => log.push(String(error)),
  });
  await server.initialise();
  await server.start();

  const postmaster = async (): Promise<number> =>
    Number((await readFile(path.join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    for (const pid of await family(await postmaster())) process.kill(pid, name);
  };
  /** Stops the one that starts the others first, so that the list of them is complete. */
  const freeze = async (): Promise<void> => {
    process.kill(await postmaster(), 'SIGSTOP');
    await signal('SIGSTOP');
  };
  /** What was killed may hold memory and files for a moment still: then it does not start yet. */
  const start = async (): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await server.start();
      } catch (error) {
        if (tries === 50)
          throw new Error(`PostgreSQL does not start again:\n${log.slice(-20).join('')}`, { cause: error });
      }
    }
  };
  let isPaused = false;
  const resume = async (): Promise<void> => {
    await signal('SIGCONT');
    isPaused = false;
  };
  return {
    url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`,
    stop: async () => server.stop(),
    start,
    async kill() {
      await freeze();
      await signal('SIGKILL');
      await untilListening(port, false);
    },
    async pause() {
      await freeze();
      isPaused = true;
    },
    resume,
    async remove() {
      if (isPaused) await resume();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
