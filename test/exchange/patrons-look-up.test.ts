import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CardFound, CardSystem } from '../../source/desk/card-system.ts';
import { cardFileFor, latestFile, lookUpIn } from '../../source/exchange/patrons/index.ts';
import { almaXml, cardNetwork } from '../support/card-users.ts';
import type { CardUser } from '../support/card-users.ts';
import { onBothDatabases } from '../support/desk.ts';
import type { Scene } from '../support/house.ts';
import { importUsers } from './patrons-import.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cards-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

const clock = (): number => Date.UTC(2026, 5, 1);
const file = async (name: string, content: string | Buffer): Promise<string> => {
  const whole = path.join(folder, name);
  await writeFile(whole, content);
  return whole;
};
const said = (found: CardFound | undefined): unknown =>
  found === undefined ? undefined : 'problem' in found ? found.problem.problem : found.patron.primaryId;

/** Many people: the one who is looked for is in the middle, and others have their number as a telephone. */
const PEOPLE: CardUser[] = Array.from({ length: 9000 }, (_, at) => ({
  id: `ups.person${at}`,
  last: `NOM${at}`,
  identifiers: [['UNR', String(1_540_000_000 + at)]],
  notes: [at % 100 === 0 ? 'à rappeler : 1540004321' : 'x'.repeat(600)],
}));

describe('IMP-04 the card system’s latest file', () => {
  test('one of many is found by any identifier, however it is written; who is not there is not found', async () => {
    const name = await file('users.xml', almaXml(PEOPLE));
    const system = cardFileFor({ file: name, format: 'alma-xml' }, cardNetwork, clock);
    expect(said(await system.lookUp(['1540004321']))).toBe('ups.person4321');
    expect(said(await system.lookUp(['9999', 'UPS.PERSON8999']))).toBe('ups.person8999');
    expect(said(await system.lookUp(['ups.person0']))).toBe('ups.person0');
    expect(await system.lookUp(['ups.person'])).toBeUndefined();
    expect(await system.lookUp(['1539999999'])).toBeUndefined();
    expect(await system.lookUp([' '])).toBeUndefined();
  });

  test('also in Latin-1, UTF-16 and delimited files; a damaged record is said to be one', async () => {
    const users = [
      { id: 'p1', last: 'LEFÈVRE' },
      { id: 'p2', group: 'NONE' },
    ];
    const latin = await file('latin.xml', Buffer.from(almaXml(users).replace('UTF-8', 'ISO-8859-1'), 'latin1'));
    const wide = await file('wide.xml', Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(almaXml(users), 'utf16le')]));
    for (const name of [latin, wide]) {
      const system = cardFileFor({ file: name, format: 'alma-xml' }, cardNetwork, clock);
      expect(await system.lookUp(['P1'])).toMatchObject({ patron: { lastName: 'LEFÈVRE' } });
      expect(await system.lookUp(['P2'])).toEqual({
        problem: { line: expect.any(Number) as number, field: 'user_group', problem: 'unknown-group', found: 'NONE' },
      });
    }
    const rows = 'identifiant;nom;groupe;unr\r\np1;LEFÈVRE;L;15\r\np2;DUPONT;M;16';
    const delimited = cardFileFor(
      { file: await file('users.csv', Buffer.from(rows, 'latin1')), format: 'delimited' },
      cardNetwork,
      clock,
    );
    expect(await delimited.lookUp(['15'])).toMatchObject({ patron: { primaryId: 'p1', lastName: 'LEFÈVRE' } });
    expect(said(await delimited.lookUp(['P2']))).toBe('p2');
  });

  test('of a folder the newest file', async () => {
    await file('old.xml', '');
    await utimes(path.join(folder, 'old.xml'), 1, 1);
    expect(await latestFile(folder)).toBe(path.join(folder, 'old.xml'));
    const latest = await file('new.xml', '');
    expect(await latestFile(folder)).toBe(latest);
    await expect(latestFile(path.join(folder, 'none'))).rejects.toThrow('ENOENT');
  });
});

onBothDatabases('IMP-04 a record that is to be overwritten', (it) => {
  const ANA: CardUser = { id: 'ups.ana', last: 'MARTIN', group: 'L', campus: 'UPS', identifiers: [['UNR', '1540001']] };
  const pending = async (scene: Scene, unr: string): Promise<number> =>
    scene.patron({
      id: `7${unr}`,
      group: 'LA',
      kind: 'external',
      category: 'OVERWRITE',
      identifiers: [
        { type: 'PRIMARY', value: `7${unr}` },
        { type: 'UNR', value: unr, external: true },
      ],
    });
  beforeEach<{ scene: Scene }>(async ({ scene }) => {
    await scene.load(cardNetwork);
  });
  const systemWith = async (users: readonly CardUser[]): Promise<CardSystem> =>
    cardFileFor({ file: await file('users.xml', almaXml(users)), format: 'alma-xml' }, cardNetwork, clock);

  it('is overwritten at once by an operator; once it is, nothing is looked up; the next import knows it', async ({
    scene,
    database,
  }) => {
    const lookUp = lookUpIn(await systemWith([ANA]));
    const id = await pending(scene, '1540001');
    const answer = await lookUp(scene.perform, scene.bib, id);
    expect(answer).toMatchObject({
      kind: 'updated',
      changes: expect.arrayContaining(['primaryId', 'group', 'category', 'lastName']) as string[],
    });
    const [record] = await database.sql(`select group_code, category, last_name, campus from patrons where id = ${id}`);
    expect(record).toEqual({ group_code: 'L', category: null, last_name: 'MARTIN', campus: 'UPS' });
    expect(await lookUp(scene.perform, scene.bib, id)).toEqual({ kind: 'failed', because: 'not-to-overwrite' });
    expect(await importUsers(scene, [ANA])).toMatchObject({ unchanged: 1, updated: 0 });
  });

  it('stays a candidate where the card system has nobody, somebody else’s record, or a damaged one', async ({
    scene,
    database,
  }) => {
    await importUsers(scene, [{ id: 'ups.other' }]);
    const lookUp = lookUpIn(
      await systemWith([
        { ...ANA, id: 'ups.other' },
        { ...ANA, identifiers: [['UNR', '1540002']], group: '?' },
        { ...ANA, id: '1540003', identifiers: [], group: '?' },
      ]),
    );
    const ids = [await pending(scene, '1540001'), await pending(scene, '1540003'), await pending(scene, '1540009')];
    const answers = [];
    for (const id of ids) answers.push(await lookUp(scene.perform, scene.bib, id));
    expect(answers).toEqual([
      { kind: 'failed', because: 'rejected', problem: 'identifier-taken' },
      { kind: 'failed', because: 'rejected', problem: 'unknown-group' },
      { kind: 'not-found' },
    ]);
    const kept = await database.sql(`select id from patrons where category = 'OVERWRITE' and group_code = 'LA'`);
    expect(kept).toHaveLength(3);
  });

  it('REL-04 a card system that is away, fails or does not answer stops nobody', async ({ scene }) => {
    const id = await pending(scene, '1540001');
    const ask = async (system: CardSystem | null, patience?: number) =>
      lookUpIn(system, patience)(scene.perform, scene.bib, id);
    expect(await ask(null)).toEqual({ kind: 'no-card-system' });
    const gone = cardFileFor({ file: path.join(folder, 'none.xml'), format: 'alma-xml' }, cardNetwork, clock);
    expect(await ask(gone)).toEqual({ kind: 'failed', because: 'unreadable' });
    let answer: () => void = () => undefined;
    const slow: CardSystem = {
      lookUp: async () =>
        new Promise((resolve) => {
          answer = () => resolve(undefined);
        }),
    };
    const lookUp = lookUpIn(slow, 20);
    expect(await lookUp(scene.perform, scene.bib, id)).toEqual({ kind: 'failed', because: 'too-slow' });
    expect(await lookUp(scene.perform, scene.bib, id)).toEqual({ kind: 'failed', because: 'busy' });
    answer();
    expect(await lookUp(scene.perform, scene.bib, id)).toEqual({ kind: 'failed', because: 'too-slow' });
    const limited = await scene.staff('stagiaire', 'limited-operator');
    const found = lookUpIn(await systemWith([ANA]));
    expect(await found(scene.perform, limited, id)).toEqual({ kind: 'failed', because: 'refused' });
  });
});
