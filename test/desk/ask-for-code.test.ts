import { expect } from 'vitest';
import { askForCode } from '../../source/desk/ask-for-code.ts';
import { letterHasLeft, letterLeaves } from '../../source/desk/letters-leaving.ts';
import { setPatronPassword } from '../../source/desk/patron-passwords.ts';
import { redeemCode, signInPatron } from '../../source/desk/patron-sign-in.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { commandLine } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { kioskOf } from '../support/kiosk.ts';
import { smallNetwork } from '../support/network.ts';
import { tablesWith } from '../support/secrets.ts';

const GOOD = 'Abricot-7';
const ASKED = { kind: 'asked' };

let terminals = 0;
const asks = async (scene: Scene, name: string, terminal = `T${(terminals += 1)}`) =>
  scene.perform(kioskOf(null, null, terminal), askForCode, { name });

/** Sends every identity message that waits; answers with their codes. */
async function delivered(scene: Scene, letters: readonly { readonly id: number }[]): Promise<string[]> {
  const codes: string[] = [];
  for (const { id } of letters) {
    const left = await scene.act(letterLeaves, { letter: id, leaseFor: 0 }, commandLine);
    if (left.kind !== 'leaving') continue;
    await scene.act(letterHasLeft, { letter: id, attempt: left.attempt }, commandLine);
    codes.push(left.code?.code ?? '');
  }
  return codes;
}

onBothDatabases('a forgotten password', (it) => {
  it('KIO-02 USR-11 brings an identity message to the preferred address, and a new password by its code', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    await scene.act(setPatronPassword, { patron, password: 'Oublie-1' });
    expect(await asks(scene, ' ANA@example.org ')).toEqual(ASKED);
    const letters = await database.sql<{ id: number; address: string }>(
      "select id, to_address as address from letters where kind = 'identity'",
    );
    expect(letters).toMatchObject([{ address: 'ana@example.org' }]);
    expect(await eventsIn(database, 'identity-message-queued')).toMatchObject([{ patronId: patron, staff: null }]);
    const [code = ''] = await delivered(scene, letters);
    expect(await scene.perform(kioskOf(null), redeemCode, { id: 'P1', code, password: GOOD })).toEqual({
      kind: 'password-set',
    });
    expect(await scene.perform(kioskOf(null), signInPatron, { id: 'P1', password: GOOD })).toMatchObject({
      kind: 'signed-in',
    });
  });

  it('KIO-02 REL-07 is answered alike, whoever is named', async ({ scene, database }) => {
    await scene.load({ ...smallNetwork, placeholderEmail: 'aucune@example.org' });
    await scene.patron({ id: 'BARE' });
    await scene.patron({ id: 'NONE', email: 'aucune@example.org' });
    await scene.patron({ id: 'MEMBER', kind: 'external', email: 'm@example.org' });
    await scene.patron({ id: 'ONE', email: 'two@example.org' });
    await scene.patron({ id: 'TWO', email: 'two@example.org' });
    for (const name of ['BARE', 'NONE', 'MEMBER', 'two@example.org', 'Mon-secret-1', '', '\0', 'x'.repeat(10_000)])
      expect(await asks(scene, name)).toEqual(ASKED);
    expect(await database.sql('select id from letters')).toEqual([]);
    expect(await tablesWith(database, 'Mon-secret-1')).toEqual([]);
  });

  it('KIO-02 fills nobody’s mailbox: one that waits is enough, one in ten minutes, five in a day', async ({
    scene,
    database,
  }) => {
    await scene.patron({ id: 'P1', email: 'ana@example.org' });
    const all = async () => database.sql<{ id: number }>('select id from letters order by id');
    for (let round = 0; round < 3; round += 1) await asks(scene, 'P1');
    expect(await all()).toHaveLength(1);
    scene.at('2026-06-01T10:30');
    await asks(scene, 'P1');
    expect(await all()).toHaveLength(1);
    await delivered(scene, await all());
    for (const [at, count] of [
      ['2026-06-01T10:31', 2],
      ['2026-06-01T10:40', 2],
      ['2026-06-01T10:42', 3],
      ['2026-06-01T10:53', 4],
      ['2026-06-01T11:04', 5],
      ['2026-06-01T12:00', 5],
      ['2026-06-02T10:01', 6],
    ] as const) {
      scene.at(at);
      expect(await asks(scene, 'P1')).toEqual(ASKED);
      expect(await all()).toHaveLength(count);
      await delivered(scene, await all());
    }
  });

  it('REL-07 counts at the terminal, whoever is named', async ({ scene, database }) => {
    await scene.patron({ id: 'P1', email: 'ana@example.org' });
    for (const name of ['a', 'b', 'c', 'd', 'P1']) expect(await asks(scene, name, 'hall')).toEqual(ASKED);
    expect(await asks(scene, 'P1', 'hall')).toEqual({ kind: 'wait', until: scene.now() + 30_000 });
    expect(await scene.perform(kioskOf(null), signInPatron, { id: 'P1', password: GOOD })).toMatchObject({
      kind: 'wait',
    });
    expect(await database.sql('select id from letters')).toHaveLength(1);
  });
});
