import { describe, expect, it as test } from 'vitest';
import type { Network } from '../../source/circulation/network.ts';
import { currentNetwork, loadNetwork } from '../../source/desk/networks.ts';
import { listPlaces } from '../../source/desk/sign-in.ts';
import { databases } from '../support/databases.ts';
import { onBothDatabases } from '../support/desk.ts';
import { commandLine, local } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { library, network, registrationNetwork, smallNetwork } from '../support/network.ts';

const load = async (scene: Scene, next: Network, difference: unknown = []) =>
  scene.act(loadNetwork, { network: next, difference }, commandLine);

/** The small network with fewer libraries, groups or locations. */
const without = (code: string): Network => ({
  ...smallNetwork,
  libraries: smallNetwork.libraries
    .filter((one) => one.code !== code)
    .map((one) => ({ ...one, locations: one.locations.filter((here) => `${one.code}/${here.code}` !== code) })),
  groups: smallNetwork.groups.filter((one) => one.code !== code),
});

onBothDatabases('loading a network', (it) => {
  it('CONF-01 is repeatable: the same one twice changes nothing', async ({ scene, database }) => {
    expect(await load(scene, smallNetwork)).toEqual({ kind: 'loaded', version: 1, changed: false });
    expect(await load(scene, structuredClone(smallNetwork))).toEqual({ kind: 'loaded', version: 1, changed: false });
    expect(await database.sql('select version from network_versions')).toEqual([{ version: 1 }]);
  });

  it('CONF-01 is versioned: who, when, and the difference', async ({ scene, database }) => {
    scene.at('2026-06-02T09:00');
    const difference = [{ path: 'limits[0].max', before: 15, after: 16 }];
    expect(await load(scene, network({ limits: [] }), difference)).toEqual({
      kind: 'loaded',
      version: 2,
      changed: true,
    });
    expect(await scene.act(currentNetwork, {})).toMatchObject({
      kind: 'network',
      version: 2,
      network: { limits: [] },
      versions: [
        { version: 2, loadedAt: local('2026-06-02T09:00'), staff: null },
        { version: 1, loadedAt: local('2026-06-01T10:00'), staff: null },
      ],
    });
    const [stored] = await database.sql<{ difference: string }>(
      'select difference from network_versions where version = 2',
    );
    expect(JSON.parse(stored?.difference ?? '')).toEqual(difference);
    expect(await scene.act(currentNetwork, { differences: true })).toMatchObject({
      versions: [
        { version: 2, difference },
        { version: 1, difference: null },
      ],
    });
  });

  it('CONF-01 names who loaded it', async ({ scene }) => {
    const chief = await scene.staff('chief', 'network-administrator');
    expect(await scene.act(loadNetwork, { network: network({ limits: [] }), difference: [] }, chief)).toMatchObject({
      version: 2,
    });
    expect(await scene.act(currentNetwork, {})).toMatchObject({
      versions: [{ version: 2, staff: 'chief' }, { version: 1 }],
    });
  });

  it('CONF-01 going back to an earlier network is a new version', async ({ scene }) => {
    await load(scene, network({ limits: [] }));
    expect(await load(scene, smallNetwork)).toEqual({ kind: 'loaded', version: 3, changed: true });
  });

  it('CONF-01 a network that drops codes in use is refused whole', async ({ scene }) => {
    await scene.patron({ id: 'P1', group: 'M' });
    await scene.items({ barcode: 'B1', location: 'med/SALLE' }, { barcode: 'B2', location: 'buc/ETE' });
    expect(await load(scene, without('med'))).toEqual({
      kind: 'in-use',
      codes: [
        { kind: 'library', code: 'med' },
        { kind: 'location', code: 'med/SALLE' },
      ],
    });
    expect(await load(scene, without('M'))).toEqual({ kind: 'in-use', codes: [{ kind: 'group', code: 'M' }] });
    expect(await load(scene, without('buc/ETE'))).toEqual({
      kind: 'in-use',
      codes: [{ kind: 'location', code: 'buc/ETE' }],
    });
    expect(await scene.act(currentNetwork, {})).toMatchObject({ version: 1 });
    expect(await load(scene, without('LA'))).toEqual({ kind: 'loaded', version: 2, changed: true });
  });

  it('CONF-01 USR-01 a network that drops a category or a statistical category in use is refused whole', async ({
    scene,
  }) => {
    await scene.load(registrationNetwork);
    await scene.patron({ id: 'P1', category: 'COLL', statistics: [{ code: 'SAL' }] });
    const fewer = (key: 'categories' | 'statistics', code: string) => ({
      ...registrationNetwork,
      [key]: registrationNetwork[key]?.filter((one) => one.code !== code),
    });
    expect(await load(scene, fewer('categories', 'COLL'))).toEqual({
      kind: 'in-use',
      codes: [{ kind: 'category', code: 'COLL' }],
    });
    expect(await load(scene, fewer('statistics', 'SAL'))).toEqual({
      kind: 'in-use',
      codes: [{ kind: 'statistic', code: 'SAL' }],
    });
    expect(await load(scene, fewer('statistics', '0ut2j'))).toMatchObject({ kind: 'loaded', changed: true });
  });

  it('CONF-01 codes that are gone and unused may come back', async ({ scene }) => {
    expect(await load(scene, without('med'))).toMatchObject({ version: 2 });
    expect(await load(scene, smallNetwork)).toMatchObject({ version: 3 });
    await scene.items({ barcode: 'B1', location: 'med/SALLE' });
  });

  it('CONF-01 the next action at any desk sees the new network', async ({ scene, database }) => {
    const other = database.house.at(() => scene.now());
    await other(scene.bib, listPlaces, {});
    await load(scene, network({ libraries: [...smallNetwork.libraries, library({ code: 'new' })] }));
    const places = await other(scene.bib, listPlaces, {});
    expect(places.kind === 'places' && places.places.map((one) => one.library)).toContain('new');
  });
});

describe.each(databases)('a house without a network on $name', ({ create }) => {
  test('CONF-01 has none, and takes the first', async () => {
    const { house, drop } = await create();
    const perform = house.at(() => Date.UTC(2026, 5, 1));
    expect(await perform(commandLine, currentNetwork, {})).toEqual({
      kind: 'network',
      network: null,
      version: 0,
      versions: [],
    });
    expect(await perform(commandLine, loadNetwork, { network: smallNetwork, difference: [] })).toEqual({
      kind: 'loaded',
      version: 1,
      changed: true,
    });
    await drop();
  });
});
