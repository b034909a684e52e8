import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { DatabaseAway } from '../../source/desk/away.ts';
import { runProbes } from '../../source/offline/outage/probes.ts';
import type { OutageProbing } from '../../source/offline/outage/probes.ts';

/** Long enough for this machine, and what a test of silence waits. */
const SILENCE_MS = 150;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A page of this machine, answered as the test wants; its address. */
async function page(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address at which nobody listens any more. */
async function closedPort(): Promise<string> {
  const url = await page(() => undefined);
  await new Promise((resolve) => {
    servers.pop()?.close(resolve);
  });
  return url;
}

const probing = (more: Partial<OutageProbing> & { readonly site?: string; readonly pages?: readonly string[] }) =>
  runProbes({
    settings: {
      statusPages: (more.pages ?? []).map((url) => ({ name: 'État', url })),
      ...(more.site === undefined ? {} : { outsideSite: more.site }),
    },
    ...more,
  });
const reachOf = async (site: string, timeoutMs?: number) =>
  (await probing({ site, ...(timeoutMs === undefined ? {} : { timeoutMs }) })).outsideSite?.reach;
const json =
  (body: string, type = 'application/json; charset=utf-8'): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'content-type': type }).end(body);
  };
const saysOf = async (...pages: string[]) =>
  (await probing({ pages })).statusPages?.map(({ reach, says }) => ({ reach, says }));

describe('OUT-02 an outside site', () => {
  it('OUT-02 answers, with an error or without; nobody is there; it stays silent', async () => {
    const status = (code: number) => page((_, response) => response.writeHead(code).end('x'));
    expect(await reachOf(await status(200))).toEqual({ kind: 'answered', status: 200 });
    expect(await reachOf(await status(500))).toEqual({ kind: 'answered', status: 500 });
    expect(await reachOf(await closedPort())).toEqual({ kind: 'unreachable', because: 'ECONNREFUSED' });
    expect(await reachOf(await page(() => undefined), SILENCE_MS)).toEqual({ kind: 'silent' });
  });

  it('OUT-02 a server that hangs up, or speaks no HTTP, is one that cannot be reached', async () => {
    const hangsUp = await page((request) => request.socket.destroy());
    expect(await reachOf(hangsUp)).toMatchObject({ kind: 'unreachable' });
    const nonsense = await page((request) => request.socket.end('\u001B[2J nonsense\r\n\r\n'));
    expect(await reachOf(nonsense)).toMatchObject({ kind: 'unreachable' });
  });

  it('OUT-02 follows three redirects, to the web only; a circle ends', async () => {
    let asked = 0;
    const circle = await page((_, response) => {
      asked += 1;
      response.writeHead(302, { location: '/' }).end();
    });
    expect(await reachOf(circle)).toEqual({ kind: 'astray' });
    expect(asked).toBe(4);
    const goal = await page((_, response) => response.end('here'));
    const to = (location: string) => page((_, response) => response.writeHead(301, { location }).end());
    expect(await reachOf(await to(goal))).toEqual({ kind: 'answered', status: 200 });
    expect(await reachOf(await to('file:///etc/passwd'))).toEqual({ kind: 'astray' });
    expect(await reachOf(await to(goal.replace('//', '//me:secret@')))).toEqual({ kind: 'astray' });
    expect(await reachOf('data:text/plain,x')).toEqual({ kind: 'astray' });
  });

  it('OUT-02 sends no cookie, no account, no referrer, not even where it came from', async () => {
    let sent: Record<string, unknown> = {};
    const site = await page((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/b', 'set-cookie': 'id=1' }).end();
      else {
        sent = { ...request.headers, method: request.method };
        response.end();
      }
    });
    await reachOf(site);
    expect(sent['method']).toBe('GET');
    for (const header of ['cookie', 'authorization', 'referer', 'origin', 'from'])
      expect(sent).not.toHaveProperty(header);
  });

  it('OUT-02 REL-05 a page without end is not read to its end', async () => {
    const endless = await page((_, response) => {
      const more = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await reachOf(endless)).toEqual({ kind: 'answered', status: 200 });
  });
});

describe('OUT-02 status pages', () => {
  const well = '{"status":{"indicator":"none","description":"All Systems Operational"}}';

  it('OUT-02 what they say to machines is understood, at their own address or at the usual one beside it', async () => {
    const own = `${await page(json('{"status":{"indicator":"major","description":"Partial outage"}}'))}/x.json`;
    const beside = await page((request, response) =>
      request.url === '/api/v2/status.json'
        ? json(well)(request, response)
        : response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>ok</h1>'),
    );
    const reach = { kind: 'answered', status: 200 };
    expect(await saysOf(own, `${beside}/a/b`)).toEqual([
      { reach, says: { indicator: 'major', description: 'Partial outage' } },
      { reach, says: { indicator: 'none', description: 'All Systems Operational' } },
    ]);
  });

  it('OUT-02 that a page answers is something else than that it says something', async () => {
    const plain = await page((_, response) => response.end('fine'));
    const gone = await closedPort();
    expect(await saysOf(plain, gone)).toEqual([
      { reach: { kind: 'answered', status: 200 }, says: null },
      { reach: { kind: 'unreachable', because: 'ECONNREFUSED' }, says: null },
    ]);
  });

  it.each([
    ['no JSON', 'indicator: none'],
    ['cut off', well.slice(0, -1)],
    ['nothing', 'null'],
    ['a list', '[]'],
    ['no status', '{"page":{}}'],
    ['a status that is a text', '{"status":"none"}'],
    ['an unknown word', '{"status":{"indicator":"fine","description":"x"}}'],
    ['a word of every object', '{"status":{"indicator":"constructor","description":"x"}}'],
    ['an indicator that is a list', '{"status":{"indicator":["none"],"description":"x"}}'],
    ['a hundred thousand levels', '['.repeat(60_000) + ']'.repeat(60_000)],
    ['too long to be read', `{"a":"${'x'.repeat(100_000)}",${well.slice(1)}`],
  ])('OUT-02 REL-06 a page that says %s says nothing', async (_, body) => {
    expect(await saysOf(`${await page(json(body))}/s.json`)).toEqual([
      { reach: { kind: 'answered', status: 200 }, says: null },
    ]);
  });

  it('OUT-02 REL-06 a description is short, and a text', async () => {
    const status = (description: unknown) =>
      page(json(JSON.stringify({ status: { indicator: 'none', description } }))).then((url) => `${url}/s.json`);
    const [long, none, prototype] =
      (await saysOf(await status('😀'.repeat(500)), await status({ toString: 'x' }), await status(undefined))) ?? [];
    expect(Array.from(long?.says?.description ?? '')).toEqual(Array.from({ length: 120 }, () => '😀'));
    expect(none?.says).toEqual({ indicator: 'none', description: '' });
    expect(prototype?.says).toEqual({ indicator: 'none', description: '' });
  });

  it('OUT-02 what a page says with an error, or as a web page, does not count', async () => {
    const error = await page((_, response) =>
      response.writeHead(500, { 'content-type': 'application/json' }).end(well),
    );
    const web = await page(json(well, 'text/html'));
    expect((await saysOf(`${error}/s.json`, `${web}/s.json`))?.map((one) => one.says)).toEqual([null, null]);
  });
});

describe('OUT-02 the database', () => {
  it('OUT-02 answers: others are active, or none is', async () => {
    const desks = [{ desk: 'buc/PRET', at: 1 }];
    expect(await probing({ database: async () => desks })).toEqual({
      database: { kind: 'reachable' },
      otherDesks: { kind: 'active', desks },
    });
    expect((await probing({ database: async () => [] })).otherDesks).toEqual({ kind: 'quiet' });
  });

  it('OUT-02 REL-03 is away: why is said; is silent or fails: that it does not answer', async () => {
    const away = (database: () => Promise<never>) => probing({ database, timeoutMs: SILENCE_MS });
    expect(await away(async () => Promise.reject(new DatabaseAway('refused', 'x')))).toEqual({
      database: { kind: 'away', because: 'refused' },
      otherDesks: { kind: 'unknown' },
    });
    const silent = { database: { kind: 'away', because: 'silent' }, otherDesks: { kind: 'unknown' } };
    expect(await away(async () => new Promise(() => undefined))).toEqual(silent);
    expect(await away(async () => Promise.reject(new Error('bug')))).toEqual(silent);
  });

  it('OUT-02 all at once, each finding told as it is made; what is not configured is not looked for', async () => {
    expect(await probing({})).toEqual({});
    let release: (() => void) | undefined;
    const slow = await page((_, response) => {
      release = () => response.end();
    });
    const told: string[][] = [];
    const findings = await probing({
      site: slow,
      pages: [await page((_, response) => response.end())],
      database: async () => [],
      found: (soFar) => {
        told.push(Object.keys(soFar));
        // The page that is slow answers only when everything else has been found out.
        if (told.length === 2) release?.();
      },
    });
    expect(told.map((one) => one.length)).toEqual([2, 3, 4]);
    expect(told[1]).not.toContain('outsideSite');
    expect(findings.outsideSite?.reach).toEqual({ kind: 'answered', status: 200 });
  });
});
