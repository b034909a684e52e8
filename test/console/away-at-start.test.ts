import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startConsole } from '../../source/console/console.tsx';
import type { Console, ConsoleHouse } from '../../source/console/console.tsx';
import { DatabaseAway } from '../../source/desk/away.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { FakeTerminal } from '../support/console-driver.ts';
import { setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { createHandClock } from './hand-clock.ts';
import type { HandClock } from './hand-clock.ts';

/** More than the desk waits before it tries again. */
const A_WHILE = 3500;

/** One opening of the house, decided by the test. */
type Attempt = { readonly succeed: () => void; readonly fail: (because: DatabaseAway['reason']) => void };

const [sqlite] = databases;

describe('REL-03 OFF-03 the database is away while the console starts', () => {
  let database: TestDatabase;
  let scene: Scene;
  let clock: HandClock;
  let desk: Console;
  let attempts: Attempt[];
  let terminal: FakeTerminal;

  beforeAll(async () => {
    if (!sqlite) throw new Error('no SQLite');
    database = await sqlite.create();
    scene = await setScene(database.house);
  });
  afterAll(async () => database.drop());

  const open = async (): Promise<ConsoleHouse> =>
    new Promise((resolve, reject) => {
      attempts.push({
        succeed: () => {
          resolve({
            perform: scene.perform,
            clock: scene.now,
            timeZone: 'Europe/Paris',
            training: null,
            unstaffed: false,
            exports: null,
            cardSystem: null,
            jobs: null,
            signedIn: null,
          });
        },
        fail: (because) => {
          reject(new DatabaseAway(because, 'somewhere'));
        },
      });
    });
  /** Lets everything happen that is due. */
  const idle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1)
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
  };
  const wait = async (): Promise<void> => {
    clock.advance(A_WHILE);
    await idle();
  };
  const title = (): string | undefined => desk.state().prompt?.title;

  beforeEach(async () => {
    attempts = [];
    clock = createHandClock();
    terminal = new FakeTerminal(80, 24);
    desk = startConsole({
      language: 'fr',
      stdin: new PassThrough(),
      stdout: terminal as unknown as NodeJS.WriteStream,
      house: open(),
      preferences: { get: () => undefined, set: () => undefined },
      log: () => 'test.log',
      now: clock.now,
      setTimer: clock.setTimer,
      wallClock: scene.now,
      idleMinutes: 10,
      screenReader: false,
      offline: { folders: ['/nowhere'], alone: false, reopen: open },
    });
    await idle();
    return async () => {
      desk.stop(0);
      await desk.ended.catch(() => undefined);
    };
  });

  it('the question stands while it is tried again behind it, and says what is the matter now', async () => {
    clock.advance(1600);
    await idle();
    expect(title()).toBe("La base ne s'ouvre pas : la base met trop de temps à répondre.");
    attempts[0]?.fail('unreachable');
    await idle();
    expect(title()).toBe("La base ne s'ouvre pas : la base ne répond pas.");
    const bells = terminal.bells;
    for (let round = 1; round <= 3; round += 1) {
      await wait();
      expect(attempts).toHaveLength(round + 1);
      // It is being opened again, and the letters are where they were.
      expect(title()).toBe("La base ne s'ouvre pas : la base ne répond pas.");
      attempts[round]?.fail('unreachable');
      await idle();
      expect(title()).toBe("La base ne s'ouvre pas : la base ne répond pas.");
    }
    expect(terminal.bells).toBe(bells);
    await wait();
    attempts.at(-1)?.succeed();
    await idle();
    expect(title()).toBeUndefined();
    expect(desk.state().screen).toBe('sign-in');
  });

  it('a mistake of the configuration, found at a later try, ends it', async () => {
    const ended = desk.ended.catch((error: unknown) => error);
    attempts[0]?.fail('unreachable');
    await idle();
    await wait();
    attempts[1]?.fail('no-folder');
    await idle();
    attempts[2]?.fail('no-folder');
    expect(await ended).toMatchObject({ reason: 'no-folder' });
  });
});
