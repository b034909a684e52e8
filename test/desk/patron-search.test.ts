import { expect } from 'vitest';
import { searchPatrons } from '../../source/desk/patron-search.ts';
import type { PatronQuestion } from '../../source/records/patron-search.ts';
import { onBothDatabases } from '../support/desk.ts';
import type { Scene } from '../support/house.ts';
import { smallNetwork } from '../support/network.ts';

const window = { offset: 0, limit: 10 };

/** The primary identifiers of those who are as asked, in their order. */
async function found(scene: Scene, asked: PatronQuestion): Promise<string[]> {
  const answer = await scene.act(searchPatrons, { ...asked, window });
  if (answer.kind !== 'matches') throw new Error(JSON.stringify(answer));
  expect(answer.total).toBe(answer.lines.length);
  return answer.lines.map((one) => one.identifier);
}

/** Five people who have something in common, two by two. */
async function people(scene: Scene): Promise<void> {
  const campuses = [...smallNetwork.campuses, { code: 'UT2', name: 'Mirail' }];
  await scene.load({ ...smallNetwork, campuses });
  const primary = (value: string) => ({ type: 'PRIMARY', value });
  await scene.patron({ id: '1', lastName: 'Thomas', firstName: 'Ana', email: 'ana.thomas@example.org', campus: 'UPS' });
  await scene.patron({
    id: '2',
    lastName: 'Martin',
    firstName: 'Thomas',
    group: 'PROF',
    birthDay: '1970-01-02',
    identifiers: [primary('2'), { type: 'BARCODE', value: 'Mut00417' }, { type: 'UNR', value: '21900001' }],
  });
  await scene.patron({ id: '3', lastName: 'Lévêque-Martin', firstName: 'Zoë', birthDay: '2001-10-30', campus: 'UT2' });
  await scene.patron({ id: '4', lastName: 'martinez', firstName: 'Ana Lucía', group: null, status: 'inactive' });
  await scene.patron({ id: '5', lastName: 'Thomas', firstName: 'Thomas', email: 'Ana.T@Example.ORG' });
}

onBothDatabases('the advanced search of patrons', (it) => {
  it('PAT-02 each name in its own place, by beginnings of words, accents and case aside', async ({ scene }) => {
    await people(scene);
    expect(await found(scene, { name: 'thomas' })).toEqual(['1', '5']);
    expect(await found(scene, { firstName: 'thomas' })).toEqual(['2', '5']);
    expect(await found(scene, { name: 'MART' })).toEqual(['3', '2', '4']);
    expect(await found(scene, { name: 'martin leveque' })).toEqual(['3']);
    expect(await found(scene, { name: 'martin', firstName: 'zoe' })).toEqual(['3']);
    expect(await found(scene, { firstName: 'luc an' })).toEqual(['4']);
    expect(await found(scene, { name: 'artin' })).toEqual([]);
    expect(await found(scene, { name: '%', firstName: 'ana' })).toEqual([]);
    expect(await found(scene, { name: "x' or 1=1" })).toEqual([]);
  });

  it('PAT-02 by the beginning of any identifier, of any e-mail address, whatever its case', async ({ scene }) => {
    await people(scene);
    expect(await found(scene, { identifier: ' mut004' })).toEqual(['2']);
    expect(await found(scene, { identifier: '2' })).toEqual(['2']);
    expect(await found(scene, { identifier: '21900001' })).toEqual(['2']);
    expect(await found(scene, { identifier: '0417' })).toEqual([]);
    expect(await found(scene, { email: 'ANA.' })).toEqual(['1', '5']);
    expect(await found(scene, { email: 'ana.t@example.org' })).toEqual(['5']);
    expect(await found(scene, { email: 'a_a' })).toEqual([]);
    expect(await found(scene, { email: '@example.org' })).toEqual([]);
  });

  it('PAT-02 by birth date, group, campus and status, exactly; whatever is given must be so', async ({ scene }) => {
    await people(scene);
    expect(await found(scene, { birthDay: '2001-10-30' })).toEqual(['3']);
    expect(await found(scene, { group: 'L' })).toEqual(['3', '1', '5']);
    expect(await found(scene, { group: 'PROF' })).toEqual(['2']);
    expect(await found(scene, { campus: 'UPS' })).toEqual(['1']);
    expect(await found(scene, { status: 'inactive' })).toEqual(['4']);
    expect(await found(scene, { status: 'active', name: 'mart' })).toEqual(['3', '2']);
    expect(await found(scene, { group: 'L', email: 'ana', firstName: 'thomas' })).toEqual(['5']);
    expect(await found(scene, { birthDay: '2001-10-30', campus: 'UPS' })).toEqual([]);
  });

  it('PAT-01 PAT-02 one text: words of both names in any order, or a whole identifier', async ({ scene }) => {
    await people(scene);
    expect(await found(scene, { text: 'tho mar' })).toEqual(['2']);
    expect(await found(scene, { text: 'thomas' })).toEqual(['2', '1', '5']);
    expect(await found(scene, { text: 'MUT00417' })).toEqual(['2']);
    expect(await found(scene, { text: 'MUT' })).toEqual([]);
    expect(await found(scene, { text: 'ana', group: 'L' })).toEqual(['1']);
    expect(await found(scene, { text: '%' })).toEqual([]);
  });

  it('PAT-02 how many there are, and any window of them in the order of names', async ({ scene }) => {
    for (let one = 10; one < 35; one += 1)
      await scene.patron({ id: `P${one}`, lastName: 'Durand', firstName: `N${one}` });
    const part = await scene.act(searchPatrons, { name: 'dur', group: 'L', window: { offset: 20, limit: 3 } });
    expect(part).toMatchObject({
      kind: 'matches',
      total: 25,
      lines: ['P30', 'P31', 'P32'].map((identifier) => ({ identifier, lastName: 'Durand', group: 'L' })),
    });
    expect(part).toMatchObject({ lines: { length: 3 } });
  });

  it('PAT-02 asking nothing is refused, and so are codes and days that there are not', async ({ scene }) => {
    const ask = async (asked: PatronQuestion) => scene.act(searchPatrons, { ...asked, window });
    const nothing = { kind: 'invalid', path: 'name', problem: 'empty' };
    expect(await ask({})).toEqual(nothing);
    expect(await ask({ name: ' ', firstName: '', email: '\u0000' })).toEqual(nothing);
    expect(await ask({ group: 'NONE' })).toEqual({
      kind: 'invalid',
      path: 'group',
      problem: 'unknown-code',
      value: 'NONE',
    });
    expect(await ask({ campus: 'NONE' })).toMatchObject({ kind: 'invalid', path: 'campus', problem: 'unknown-code' });
    for (const birthDay of ['2001-02-30', '30/10/2001', 'yesterday']) {
      expect(await ask({ birthDay })).toEqual({
        kind: 'invalid',
        path: 'birthDay',
        problem: 'not-a-day',
        value: birthDay,
      });
    }
  });

  it('PAT-02 whatever is pasted finds nobody and breaks nothing', async ({ scene }) => {
    await people(scene);
    const page = Array.from({ length: 3000 }, (_, index) => `mot${index}`).join(' ');
    const pasted = [page, '\u0000thomasx', '\uD800', '🙈', 'x'.repeat(20_000), '?', "';--"];
    for (const text of pasted) {
      for (const asked of [{ name: text }, { firstName: text }, { identifier: text }, { email: text }, { text }]) {
        expect(await found(scene, asked)).toEqual([]);
      }
    }
  });
});
