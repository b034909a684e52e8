import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { LETTER_KINDS } from '../../source/circulation/letters.ts';
import type { LetterKind } from '../../source/circulation/letters.ts';
import { nextTry } from '../../source/circulation/letter-tries.ts';
import { createMailer, loadTemplates } from '../../source/letters/index.ts';
import type { MailServer, MailTrouble } from '../../source/letters/index.ts';
import { sendLetters } from '../../source/jobs/send-letters.ts';
import type { LetterState } from '../../source/circulation/letters.ts';
import type { NewLetter } from '../../source/records/letters.ts';
import { certificate } from '../support/certificate.ts';
import type { TestDatabase } from '../support/databases.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { commandLine, local } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { reach, startMailServer } from '../support/mail-server.ts';
import type { TestMailServer } from '../support/mail-server.ts';
import { FACTS, lettersNetwork as network } from '../support/sample-letters.ts';

const templates = await loadTemplates();

type Post = { readonly scene: Scene; readonly database: TestDatabase; readonly patron: number };

/** A network with senders, and somebody to write to. */
async function post({ scene, database }: Pick<Post, 'scene' | 'database'>): Promise<Post> {
  await scene.load(network);
  const patron = await scene.patron({ id: 'P1', lastName: 'Martin', email: 'ana@example.org' });
  return { scene, database, patron };
}

/** Queues letters. */
async function queue(
  { scene, database, patron }: Post,
  letters: readonly (Partial<NewLetter> & { kind: LetterKind })[],
) {
  await database.records.transaction(async (records) =>
    records.letters.queueAll(
      letters.map((one, at) => ({
        cause: `test:${scene.now()}:${at}`,
        patronId: patron,
        library: 'sci',
        language: 'fr',
        address: `p${at}@example.org`,
        facts: FACTS[one.kind],
        at: scene.now(),
        staffId: null,
        ...one,
      })),
    ),
  );
}
const courtesies = (count: number) => Array.from({ length: count }, () => ({ kind: 'courtesy' as const }));

type Outcome = { readonly counters: Record<string, number>; readonly trouble: MailTrouble | null | undefined };

/** One run of the job that sends letters. */
async function send(
  { scene }: Pick<Post, 'scene'>,
  server: MailServer,
  more: { atOnce?: number } = {},
): Promise<Outcome> {
  const mailer = await createMailer(server);
  const counters: Record<string, number> = {};
  let trouble: MailTrouble | null | undefined;
  const on = {
    perform: scene.perform,
    seat: commandLine,
    signal: new AbortController().signal,
    network,
    count: async ({ counters: some = {} }: { counters?: Readonly<Record<string, number>> }) => {
      for (const [figure, count] of Object.entries(some)) counters[figure] = (counters[figure] ?? 0) + count;
    },
  };
  try {
    await sendLetters(on, { mailer, templates, ...more, onTrouble: (found) => (trouble = found) });
  } finally {
    mailer.close();
  }
  return { counters, trouble };
}

type Stored = { id: number; state: LetterState; attempts: number; error: string | null; next: number | null };
type StoredRow = Omit<Stored, 'next'> & { next: number | string | null };
const stored = async ({ database }: Pick<Post, 'database'>): Promise<Stored[]> => {
  const rows = await database.sql<StoredRow>(
    'select id, state, attempts, error, next_attempt_at as next from letters order by id',
  );
  // PostgreSQL says large numbers as texts.
  return rows.map((one) => ({ ...one, next: one.next === null ? null : Number(one.next) }));
};
const states = async (at: Pick<Post, 'database'>): Promise<LetterState[]> =>
  (await stored(at)).map(({ state }) => state);

/** Runs something with a server, which is gone afterwards. */
async function withServer<T>(
  options: Parameters<typeof startMailServer>[0],
  work: (server: TestMailServer) => Promise<T>,
) {
  const server = await startMailServer(options);
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

onBothDatabases('letters that leave', (it) => {
  it('LET-01 LET-05 of every kind, in both languages, arrive as they were written', async ({ scene, database }) => {
    const at = await post({ scene, database });
    const all = (['fr', 'en'] as const).flatMap((language) => LETTER_KINDS.map((kind) => ({ kind, language })));
    await queue(
      at,
      all.map(({ kind, language }) => ({
        kind,
        language,
        address: `${kind}.${language}@example.org`,
        ...(kind === 'lost-item-bill' ? { channel: 'paper' as const } : {}),
      })),
    );
    await withServer({}, async (server) => {
      const { counters } = await send(at, reach(server.port));
      expect(counters).toEqual({ lettersSent: all.length - 2, lettersPrinted: 2 });
      expect(server.taken.map(({ to }) => to.join()).toSorted()).toEqual(
        all.map(({ kind, language }) => `${kind}.${language}@example.org`).toSorted(),
      );
      const rows = await database.sql<Record<string, string | null>>('select * from letters');
      for (const { to, mail, from, raw } of server.taken) {
        const row = rows.find((one) => one['to_address'] === to.join());
        expect(mail.subject).toBe(row?.['subject']);
        expect(mail.from).toEqual({ name: 'BU Sciences', address: 'sci@example.org' });
        expect(mail.replyTo).toEqual([{ name: 'BU Sciences', address: 'pret-sci@example.org' }]);
        expect(from).toBe('sci@example.org');
        expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/mu);
        const isIdentity = row?.['kind'] === 'identity';
        const text = mail.text?.replaceAll('\r\n', '\n').trim();
        if (!isIdentity) {
          expect(text).toBe(row?.['body_text']);
          expect(mail.html?.trim()).toBe(row?.['body_html']);
        } else {
          // USR-11: its code went to its reader and nowhere else.
          expect(text).toMatch(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/mu);
          expect(row?.['body_text']).toContain('·····-·····');
          expect(`${row?.['body_text']}${row?.['body_html']}`).not.toMatch(/[A-Z2-9]{5}-[A-Z2-9]{5}/u);
        }
        const attached = mail.attachments.map(({ filename, mimeType }) => [filename, mimeType]);
        expect(attached).toEqual(row?.['kind'] === 'quitus' ? [['quitus-2026-000012.pdf', 'application/pdf']] : []);
      }
      expect(new Set(rows.map((one) => one['state']))).toEqual(new Set(['sent', 'printed']));
      expect((await eventsIn(database, 'letter-sent')).length).toBe(all.length);
      // There is nothing more to do.
      expect((await send(at, reach(server.port))).counters).toEqual({});
      expect(server.taken.length).toBe(all.length);
    });
  });

  it('LET-03 over items of several libraries come from the address that nobody reads', async ({ scene, database }) => {
    const at = await post({ scene, database });
    await queue(at, [{ kind: 'activity-report', library: null }]);
    await withServer({}, async (server) => {
      await send(at, reach(server.port));
      expect(server.taken[0]?.mail.from).toEqual({ name: 'Réseau de Toulouse', address: 'no-reply@example.org' });
      expect(server.taken[0]?.mail.replyTo).toBeUndefined();
    });
  });

  it('LET-05 REL-04 wait through a night without a server, and leave once each when it is back', async ({
    scene,
    database,
  }) => {
    const at = await post({ scene, database });
    await queue(at, courtesies(7));
    const down = await startMailServer();
    await down.close();
    for (const hour of ['10', '14', '22']) {
      scene.at(`2026-06-01T${hour}:00`);
      const { counters, trouble } = await send(at, reach(down.port));
      expect(counters).toEqual({});
      expect(trouble).toMatchObject({ because: 'no-connection' });
    }
    expect(await stored(at)).toEqual(
      Array.from({ length: 7 }, (_, one) => expect.objectContaining({ id: one + 1, state: 'queued', attempts: 0 })),
    );
    scene.at('2026-06-02T08:00');
    const up = await startMailServer({}, down.port);
    expect((await send(at, reach(up.port))).counters).toEqual({ lettersSent: 7 });
    expect(up.taken.map(({ to }) => to.join()).toSorted()).toEqual(
      Array.from({ length: 7 }, (_, one) => `p${one}@example.org`),
    );
    await up.close();
  });

  it('LET-05 are given up after three days, and say why', async ({ scene, database }) => {
    const at = await post({ scene, database });
    await queue(at, courtesies(2));
    const down = await startMailServer();
    await down.close();
    scene.at('2026-06-04T09:59');
    await send(at, reach(down.port));
    expect(await states(at)).toEqual(['queued', 'queued']);
    scene.at('2026-06-04T10:01');
    expect((await send(at, reach(down.port))).counters).toEqual({ lettersFailed: 2 });
    expect((await stored(at))[0]).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(/no-connection/u) as string,
    });
    expect(await eventsIn(database, 'letter-failed')).toHaveLength(2);
  });

  it('LET-05 whose connection breaks after they were read leave again under the same name, and no third time', async ({
    scene,
    database,
  }) => {
    const at = await post({ scene, database });
    await queue(at, courtesies(3));
    await withServer({}, async (server) => {
      const broken = new Set<string>();
      server.behave({
        onData: ({ messageId }) => {
          if (broken.has(messageId)) return 'take';
          broken.add(messageId);
          return 'break';
        },
      });
      for (let minute = 0; minute < 30 && (await states(at)).includes('queued'); minute += 1) {
        scene.at(`2026-06-01T10:${String(minute).padStart(2, '0')}`);
        await send(at, reach(server.port));
      }
      expect(await states(at)).toEqual(['sent', 'sent', 'sent']);
      // Once as far as it has answered; what it took without an answer has the same Message-ID, by which it is known.
      expect(server.taken).toHaveLength(3);
      expect(server.seen).toHaveLength(6);
      const names = server.seen.map(({ mail }) => mail.messageId);
      expect(new Set(names).size).toBe(3);
      expect(new Set(server.taken.map(({ mail }) => mail.messageId)).size).toBe(3);
    });
  });

  it('LET-05 are refused for good by 5xx of their recipient or content; by 4xx they are tried again later', async ({
    scene,
    database,
  }) => {
    const at = await post({ scene, database });
    await queue(at, [
      { kind: 'courtesy', address: 'gone@example.org' },
      { kind: 'courtesy', address: 'grey@example.org' },
      { kind: 'courtesy', address: 'large@example.org' },
      { kind: 'courtesy', address: 'busy@example.org' },
      { kind: 'courtesy', address: 'good@example.org' },
    ]);
    await withServer({}, async (server) => {
      server.behave({
        onRecipient: (to) => (to === 'gone@example.org' ? 550 : to === 'grey@example.org' ? 450 : null),
        onData: ({ to }) => (to === 'large@example.org' ? 552 : to === 'busy@example.org' ? 451 : 'take'),
      });
      const { counters } = await send(at, reach(server.port));
      expect(counters).toEqual({ lettersFailed: 2, lettersLater: 2, lettersSent: 1 });
      const later = local('2026-06-01T10:01');
      expect(await stored(at)).toMatchObject([
        { state: 'failed', error: expect.stringMatching(/550/u) as string, next: null },
        { state: 'queued', error: expect.stringMatching(/450/u) as string, next: later, attempts: 1 },
        { state: 'failed', error: expect.stringMatching(/552/u) as string, next: null },
        { state: 'queued', error: expect.stringMatching(/451/u) as string, next: later, attempts: 1 },
        { state: 'sent', error: null, next: null },
      ]);
      expect(await eventsIn(database, 'letter-failed')).toHaveLength(2);
      server.behave({ onRecipient: () => null, onData: () => 'take' });
      scene.at('2026-06-01T10:01');
      expect((await send(at, reach(server.port))).counters).toEqual({ lettersSent: 2 });
      expect(await states(at)).toEqual(['failed', 'sent', 'failed', 'sent', 'sent']);
    });
  });

  it('LET-05 REL-04 a server that falls silent keeps a run no longer than its patience', async ({
    scene,
    database,
  }) => {
    const at = await post({ scene, database });
    await queue(at, courtesies(6));
    const silent = { onData: () => undefined };
    await withServer(silent, async (server) => {
      const { counters, trouble } = await send(at, reach(server.port, { timeouts: { connect: 300, answer: 300 } }));
      expect(counters['lettersSent']).toBeUndefined();
      expect(trouble).not.toBeNull();
      // Those that were on their way are tried again later, the others at once.
      expect((await states(at)).every((state) => state === 'queued')).toBe(true);
    });
    scene.at('2026-06-01T10:02');
    await withServer({}, async (server) => {
      expect((await send(at, reach(server.port))).counters).toEqual({ lettersSent: 6 });
      expect(server.taken).toHaveLength(6);
    });
  });

  it('LET-05 two workers at one moment send each letter once', async ({ scene, database }) => {
    const at = await post({ scene, database });
    await queue(at, courtesies(60));
    await withServer({}, async (server) => {
      const both = await Promise.all([1, 2].map(async () => send(at, reach(server.port), { atOnce: 7 })));
      expect(both.reduce((sum, { counters }) => sum + (counters['lettersSent'] ?? 0), 0)).toBe(60);
      expect(server.seen).toHaveLength(60);
      expect(new Set(server.seen.map(({ to }) => to.join())).size).toBe(60);
    });
  });

  it('LET-05 killed in mid-run: each letter once, but for those that the server was just answering for', async ({
    scene,
    database,
  }) => {
    const at = await post({ scene, database });
    await queue(at, courtesies(40));
    await withServer({}, async (server) => {
      const worker = fileURLToPath(new URL('../support/mail-worker.ts', import.meta.url));
      const child = spawn(
        process.execPath,
        ['--no-warnings', worker, database.url, String(scene.now()), String(server.port)],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      );
      let count = 0;
      server.behave({
        onData: () => {
          count += 1;
          if (count === 12) child.kill('SIGKILL');
          return 'take';
        },
      });
      const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
      expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' });
      const before = new Map<string, number>();
      for (const { to } of server.seen) before.set(to.join(), (before.get(to.join()) ?? 0) + 1);
      expect([...before.values()].every((times) => times === 1)).toBe(true);
      const known = (await states(at)).filter((state) => state === 'sent').length;
      // Nobody takes the others before the time that the dead worker had for them …
      await send(at, reach(server.port));
      expect(server.seen).toHaveLength(before.size);
      // … then they leave: those first that it had taken and not written down as sent.
      scene.at('2026-06-01T12:00');
      await send(at, reach(server.port));
      expect(new Set(await states(at))).toEqual(new Set(['sent']));
      const after = new Map<string, number>();
      for (const { to } of server.seen) after.set(to.join(), (after.get(to.join()) ?? 0) + 1);
      expect(after.size).toBe(40);
      const twice = [...after.values()].filter((times) => times > 1).length;
      // The window: on their way when it died, at the most as many as it sends side by side. They bear the same name.
      expect(twice).toBe(before.size - known);
      expect(twice).toBeLessThanOrEqual(4);
      expect(Math.max(...after.values())).toBeLessThanOrEqual(2);
      expect(new Set(server.seen.map(({ mail }) => mail.messageId)).size).toBe(40);
    });
  });

  it('REL-06 no name, title or address begins another header or another recipient', async ({ scene, database }) => {
    const at = await post({ scene, database });
    const nasty = 'x\r\nBcc: evil@example.org\r\n\r\nbody';
    await scene.load({ ...network, name: nasty, libraries: network.libraries.map((one) => ({ ...one, name: nasty })) });
    const patron = { lastName: nasty, firstName: `"a" <evil@example.org>,`, identifier: nasty };
    await queue(at, [
      { kind: 'job-report', facts: { ...FACTS['job-report'], job: nasty } },
      { kind: 'identity', facts: { patron, network: nasty } },
      { kind: 'courtesy', facts: { ...FACTS.courtesy, patron } },
      { kind: 'courtesy', address: 'a@example.org\r\nRCPT TO:<evil@example.org>' },
      { kind: 'courtesy', address: 'a@example.org, evil@example.org' },
    ]);
    await withServer({}, async (server) => {
      await send(at, reach(server.port));
      expect(server.seen.length).toBeGreaterThanOrEqual(3);
      for (const { raw, to, mail } of server.seen) {
        expect(to).toHaveLength(1);
        expect(to.join()).not.toContain('evil');
        expect(mail.bcc ?? []).toEqual([]);
        expect(mail.to).toHaveLength(1);
        expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/imu);
      }
    });
  });

  it('LET-06 a bill goes to the printer of its library, and is printed then', async ({ scene, database }) => {
    const at = await post({ scene, database });
    await queue(at, [{ kind: 'lost-item-bill', channel: 'paper', address: 'printer@example.org' }]);
    await withServer({}, async (server) => {
      expect((await send(at, reach(server.port))).counters).toEqual({ lettersPrinted: 1 });
      expect(server.taken[0]?.to).toEqual(['printer@example.org']);
      expect(server.taken[0]?.mail.html).toContain('1 rue des Lois<br>');
      expect(await states(at)).toEqual(['printed']);
    });
  });

  it('LET-05 one that cannot be written fails by itself', async ({ scene, database }) => {
    const at = await post({ scene, database });
    await queue(at, [{ kind: 'courtesy', facts: {} as never }, { kind: 'courtesy' }]);
    await withServer({}, async (server) => {
      expect((await send(at, reach(server.port))).counters).toEqual({ lettersFailed: 1, lettersSent: 1 });
      expect(await states(at)).toEqual(['failed', 'sent']);
    });
  });
});

onBothDatabases('the way to the mail server', (it) => {
  const account: Parameters<typeof startMailServer>[0] = {
    authOptional: false,
    disabledCommands: [],
    allowInsecureAuth: false,
    ...certificate,
    onAuth: ({ username, password }, _session, callback) => {
      if (username === 'guichet' && password === 'Abricot-7') callback(null, { user: username });
      else callback(new Error('Invalid username or password'));
    },
  };
  const secret = { user: 'guichet', password: 'Abricot-7', ca: certificate.cert };

  it('LET-05 TLS and STARTTLS with an account', async ({ scene, database }) => {
    const at = await post({ scene, database });
    await queue(at, courtesies(1));
    await withServer({ ...account, secure: true }, async (server) => {
      expect((await send(at, reach(server.port, { ...secret, security: 'tls' }))).counters).toEqual({ lettersSent: 1 });
    });
    await queue(at, [{ kind: 'courtesy', cause: 'another' }]);
    await withServer(account, async (server) => {
      expect((await send(at, reach(server.port, { ...secret, security: 'starttls' }))).counters).toEqual({
        lettersSent: 1,
      });
    });
  });

  it('LET-05 REL-07 a bad certificate, a wrong password, no TLS: no letter is touched, and it is told', async ({
    scene,
    database,
  }) => {
    const at = await post({ scene, database });
    await queue(at, courtesies(2));
    const { ca: _, ...unknown } = secret;
    const tries = [
      [{ ...account, secure: true }, { ...unknown, security: 'tls' }, 'certificate'],
      [account, { ...unknown, security: 'starttls' }, 'certificate'],
      [account, { ...secret, security: 'starttls', password: 'Wrong-7' }, 'sign-in'],
      [{}, { ...secret, security: 'starttls' }, 'no-tls'],
      [{}, { ...secret, security: 'tls' }, 'no-tls'],
    ] as const;
    for (const [options, how, because] of tries) {
      await withServer(options as Parameters<typeof startMailServer>[0], async (server) => {
        const { counters, trouble } = await send(at, reach(server.port, how));
        expect(counters).toEqual({});
        expect(trouble).toMatchObject({ because });
        expect(trouble?.detail).not.toContain('Wrong-7');
        expect(server.seen).toEqual([]);
      });
    }
    expect((await stored(at)).map(({ attempts }) => attempts)).toEqual([0, 0]);
  });
});

onBothDatabases('the queue of letters', (it) => {
  it('LET-05 nobody is slowed: letters are taken in batches, in the order in which they wait', async ({
    scene,
    database,
  }) => {
    const at = await post({ scene, database });
    await queue(at, courtesies(5));
    await withServer({}, async (server) => {
      const order: string[] = [];
      server.behave({
        onData: ({ to }) => {
          order.push(to);
          return 'take';
        },
      });
      await send(at, reach(server.port, { connections: 1 }), { atOnce: 1 });
      expect(order).toEqual([0, 1, 2, 3, 4].map((one) => `p${one}@example.org`));
    });
  });

  it('LET-05 waits 1, 2, 4 … minutes between tries, six hours at the most, three days in all', ({ scene }) => {
    const written = scene.now();
    const minutes = (attempt: number, now = written): number | null => {
      const next = nextTry(attempt, written, now);
      return next === null ? null : (next - now) / 60_000;
    };
    expect([1, 2, 3, 9, 10, 50].map((attempt) => minutes(attempt))).toEqual([1, 2, 4, 256, 360, 360]);
    expect(minutes(5, written + 72 * 3_600_000 - 1)).toBe(16);
    expect(minutes(5, written + 72 * 3_600_000)).toBeNull();
  });
});
