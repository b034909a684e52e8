import { mkdtempSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { keepOutage, readKeptOutage } from '../../source/offline/outage/kept.ts';
import { network } from '../support/network.ts';
import { week } from '../support/network.ts';

const root = mkdtempSync(path.join(tmpdir(), 'guichet-outage-'));
afterAll(async () => rm(root, { recursive: true, force: true }));
let count = 0;
let folder = '';
beforeEach(() => {
  count += 1;
  folder = path.join(root, String(count), 'guichet');
});
const file = () => path.join(folder, 'outage.json');

const words = { fr: 'à', en: 'b' };
const OUTAGE = {
  contacts: [{ code: 'B1', name: words, hours: week('08:00-17:00'), phones: [{ number: '1' }], closed: 'offline' }],
  statusPages: [{ name: 'État', url: 'https://etat.example.org' }],
  outsideSite: 'https://www.example.org',
  procedure: {
    begin: 'Q',
    questions: [{ code: 'Q', ask: words, yes: { next: 'wait', says: words }, no: { next: 'B1' } }],
    offline: words,
  },
};
const withOutage = network({ outage: OUTAGE });

describe('OUT-01 what a desk keeps of its network for when the database is away', () => {
  it('OUT-01 procedure, contacts, hours, time zone, desks come back as they were; the file is its owner’s alone', async () => {
    expect(await readKeptOutage(folder)).toBeUndefined();
    expect(await keepOutage(folder, withOutage)).toBe(true);
    expect(await readKeptOutage(folder)).toMatchObject({
      network: 'small',
      timeZone: 'Europe/Paris',
      outage: OUTAGE,
      libraries: withOutage.libraries.map(({ code, hours, closures }) => ({ code, hours, closures })),
    });
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await readdir(folder)).toEqual(['outage.json']);
    expect(await readFile(file(), 'utf8')).not.toMatch(/loanRules|printer/);
  });

  it('OUT-01 a network that says nothing of outages is kept too: hours and time zone', async () => {
    await keepOutage(folder, network({}));
    expect(await readKeptOutage(folder)).toMatchObject({ outage: null, timeZone: 'Europe/Paris' });
  });

  it('OUT-01 it is written only when it says something else', async () => {
    await keepOutage(folder, withOutage);
    const old = new Date('2020-01-01T00:00:00Z');
    await utimes(file(), old, old);
    expect(await keepOutage(folder, { ...withOutage, requestLimit: 3 })).toBe(true);
    expect((await stat(file())).mtimeMs).toBe(old.getTime());
    await keepOutage(folder, { ...withOutage, timeZone: 'Europe/Zurich' });
    expect((await stat(file())).mtimeMs).toBeGreaterThan(old.getTime());
    expect((await readKeptOutage(folder))?.timeZone).toBe('Europe/Zurich');
  });

  it('OUT-01 REL-04 where nothing can be written the desk works on, and what was kept stays', async () => {
    await mkdir(path.dirname(folder), { recursive: true });
    await writeFile(folder, 'a file where the folder should be');
    expect(await keepOutage(folder, withOutage)).toBe(false);
    expect(await readKeptOutage(folder)).toBeUndefined();
    const full = path.join(path.dirname(folder), 'full');
    await mkdir(path.join(full, 'outage.json'), { recursive: true });
    expect(await keepOutage(full, withOutage)).toBe(false);
    expect(await readdir(full)).toEqual(['outage.json']);
    await chmod(full, 0o700);
  });

  it('OUT-01 REL-05 REL-06 a file that is cut off, old or changed by hand is as none', async () => {
    await keepOutage(folder, withOutage);
    const good = await readFile(file(), 'utf8');
    const changes: readonly (readonly [string, string])[] = [
      ['"format":1', '"format":2'],
      ['"timeZone":"Europe/Paris"', '"timeZone":"Mars/Olympus"'],
      ['"phones":[{"number":"1"}]', '"phones":[{"number":1}]'],
      ['"ask":{"fr":"à","en":"b"}', '"ask":{"fr":"à"}'],
      ['"begin":"Q"', '"begin":null'],
      ['"from":"2026-12-24"', '"from":"2026-12-32"'],
      ['"statusPages":[', '"statusPages":[1,'],
    ];
    for (const [from, to] of changes) {
      expect(good.split(from).length).toBeGreaterThan(1);
      await writeFile(file(), good.replace(from, to));
      expect(await readKeptOutage(folder)).toBeUndefined();
    }
    for (const text of ['', 'null', '[]', '{"format":1}', good.slice(0, -20), '\u0000']) {
      await writeFile(file(), text);
      expect(await readKeptOutage(folder)).toBeUndefined();
    }
  });

  it('OUT-01 REL-05 no change of single values makes it throw: what is read has the shape it should', async () => {
    await keepOutage(folder, withOutage);
    const good: unknown = JSON.parse(await readFile(file(), 'utf8'));
    const spoil = (value: unknown, at: number, by: unknown): unknown => {
      let seen = -1;
      const walk = (one: unknown): unknown => {
        seen += 1;
        if (seen === at) return by;
        if (Array.isArray(one)) return one.map(walk);
        if (typeof one !== 'object' || one === null) return one;
        return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, walk(inner)]));
      };
      return walk(value);
    };
    await fc.assert(
      fc.asyncProperty(fc.nat(400), fc.jsonValue({ maxDepth: 2 }), async (at, by) => {
        await writeFile(file(), JSON.stringify(spoil(good, at, by)));
        const read = await readKeptOutage(folder);
        for (const contact of read?.outage?.contacts ?? []) expect(typeof contact.name.fr).toBe('string');
        for (const library of read?.libraries ?? []) expect(library.hours).toHaveLength(7);
      }),
      { numRuns: 150 },
    );
  });
});
