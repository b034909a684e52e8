import { expect } from 'vitest';
import type { Institution } from '../../source/circulation/institutions.ts';
import { institutionChoices, signInMember } from '../../source/desk/member-sign-in.ts';
import type { Directory, DirectoryAnswer } from '../../source/desk/member-sign-in.ts';
import { signInPatron } from '../../source/desk/patron-sign-in.ts';
import { trainingDirectory } from '../../source/training/directory.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { said } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { kioskOf } from '../support/kiosk.ts';
import { smallNetwork } from '../support/network.ts';
import { tablesWith } from '../support/secrets.ts';
import { statementsOf } from '../support/statements.ts';

const GOOD = 'Abricot-7';
const WRONG = { kind: 'wrong' };

const institution = (code: string, campus: string | undefined, records: string[]): Institution => ({
  code,
  name: { fr: `Université ${code}`, en: `University ${code}` },
  ...(campus === undefined ? {} : { campus }),
  directory: { url: 'ldaps://ldap.example.org', startTls: false, bind: 'uid={name}', records, timeout: 5000 },
});
const ONE = institution('one', undefined, ['one.{uid}', '{number}']);
const TWO = institution('two', 'UPS', ['two.{uid}']);

/** A directory that gives an answer, and says what it was asked. */
function saying(answer: DirectoryAnswer | Error, isThere = true) {
  const asked: string[] = [];
  const directory: Directory = {
    verify: async ({ code }, name, password) => {
      asked.push(`${code} ${name} ${password}`);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    answers: async ({ code }) => {
      asked.push(`${code}?`);
      return isThere;
    },
  };
  return { asked, directory };
}

/** Everybody's directory: whoever has an identifier of that institution signs in with the one password. */
const everybody = trainingDirectory(() => GOOD);

const withInstitutions = async (scene: Scene) => scene.load({ ...smallNetwork, institutions: [ONE, TWO] });

const tries = async (
  scene: Scene,
  { name = 'ana', password = GOOD, institution: code = 'one', terminal = 'hall', directory = everybody } = {},
) => signInMember(scene.perform, kioskOf(null, null, terminal), directory, { institution: code, name, password });

onBothDatabases('a member of an institution', (it) => {
  it('KIO-02 signs in with what the institution gave them, as one of the identifiers in the record', async ({
    scene,
    database,
  }) => {
    await withInstitutions(scene);
    const patron = await scene.patron({ id: 'ONE.Ana', kind: 'external', lastName: 'Martin' });
    expect(await tries(scene)).toEqual({
      kind: 'signed-in',
      patron: {
        id: patron,
        identifier: 'ONE.Ana',
        firstName: 'Ana',
        lastName: 'Martin',
        language: 'fr',
        kind: 'external',
      },
    });
    expect(await tries(scene, { password: 'x' })).toEqual(WRONG);
    expect(await tries(scene, { institution: 'two' })).toEqual({ kind: 'no-record' });
    expect(await tries(scene, { institution: 'three' })).toMatchObject({ kind: 'invalid', path: 'institution' });
    expect(await eventsIn(database, 'patron-signed-in')).toMatchObject([
      { patronId: patron, staff: null, data: { institution: 'one', terminal: 'hall' } },
    ]);
    expect(await tablesWith(database, GOOD)).toEqual([]);
    // What they have there is no password here.
    expect(await scene.perform(kioskOf(null), signInPatron, { id: 'one.ana', password: GOOD })).toEqual(WRONG);
  });

  it('KIO-02 of several accounts finds the record by any, the first valid one', async ({ scene }) => {
    await withInstitutions(scene);
    const { directory } = saying({
      kind: 'known',
      identifiers: ['one.none', 'one.inside', 'one.old', 'one.new', 'one.other'],
    });
    await scene.patron({ id: 'one.inside' });
    await scene.patron({ id: 'one.old', kind: 'external', expiry: '2026-05-31' });
    expect(await tries(scene, { directory })).toEqual({ kind: 'not-valid', because: 'expired' });
    const patron = await scene.patron({ id: 'one.new', kind: 'external', expiry: '2026-06-01' });
    await scene.patron({ id: 'one.other', kind: 'external' });
    expect(await tries(scene, { directory })).toMatchObject({ kind: 'signed-in', patron: { id: patron } });
  });

  it('KIO-02 is told that the library does not know them, or no longer, after the right password alone', async ({
    scene,
  }) => {
    await withInstitutions(scene);
    await scene.patron({ id: 'one.gone', kind: 'external', status: 'inactive' });
    await scene.patron({ id: 'one.reader', email: 'reader' });
    expect(await tries(scene, { name: 'gone' })).toEqual({ kind: 'not-valid', because: 'inactive' });
    expect(await tries(scene, { name: 'stranger' })).toEqual({ kind: 'no-record' });
    // An internal record is nobody's at an institution, whatever it is called.
    expect(await tries(scene, { name: 'reader' })).toEqual({ kind: 'no-record' });
    for (const name of ['gone', 'stranger', 'reader'])
      expect(await tries(scene, { name, password: 'x' })).toEqual(WRONG);
  });

  it('KIO-02 chooses among the institutions, those of the terminal’s campus first', async ({ scene }) => {
    const asked = async (library: string | null) => {
      const found = await scene.perform(kioskOf(null, library), institutionChoices, {});
      return found.kind === 'institutions' ? found.institutions.map(({ code }) => code) : found.kind;
    };
    expect(await asked('sci')).toEqual([]);
    const campus = smallNetwork.libraries.find(({ code }) => code === 'sci')?.campus ?? '';
    await scene.load({ ...smallNetwork, institutions: [ONE, institution('two', campus, ['{uid}'])] });
    expect(await asked(null)).toEqual(['one', 'two']);
    expect(await asked('sci')).toEqual(['two', 'one']);
  });
});

onBothDatabases('guessing what an institution gave somebody', (it) => {
  it('KIO-02 REL-07 is locked here before it is locked there', async ({ scene }) => {
    await withInstitutions(scene);
    await scene.patron({ id: 'one.ana', kind: 'external' });
    const { asked, directory } = saying(WRONG as DirectoryAnswer);
    for (const terminal of ['a', 'b', 'c', 'd', 'e'])
      expect(await tries(scene, { password: 'x', terminal, directory })).toEqual(WRONG);
    expect(asked).toEqual(['one ana x', 'one ana x', 'one ana x', 'one?', 'one?']);
    // The right one neither; another name, and the same of another institution, are other accounts.
    expect(await tries(scene, { terminal: 'f' })).toEqual(WRONG);
    expect(await tries(scene, { terminal: 'f', institution: 'two' })).toEqual({ kind: 'no-record' });
    scene.at('2026-06-01T10:01');
    expect(await tries(scene, { terminal: 'g' })).toMatchObject({ kind: 'signed-in' });
    const again = saying(WRONG as DirectoryAnswer);
    await tries(scene, { password: 'x', terminal: 'h', directory: again.directory });
    expect(again.asked).toEqual(['one ana x']);
  });

  it('REL-07 is one account however a directory may read its name', async ({ scene }) => {
    await withInstitutions(scene);
    const { asked, directory } = saying(WRONG as DirectoryAnswer);
    for (const [at, name] of ['José', ' jose ', 'JO SÉ', 'ｊｏｓｅ'].entries())
      await tries(scene, { name, terminal: `t${at}`, directory });
    expect(asked).toHaveLength(4);
    expect(asked.at(-1)).toBe('one?');
  });

  it('KIO-02 REL-07 locks the terminal too, and a directory is not asked from there', async ({ scene }) => {
    await withInstitutions(scene);
    const { asked, directory } = saying(WRONG as DirectoryAnswer);
    for (const name of ['a', 'b', 'c', 'd', 'e']) await tries(scene, { name, directory });
    expect(await tries(scene, { name: 'f', directory })).toEqual({ kind: 'wait', until: scene.now() + 30_000 });
    expect(asked).toHaveLength(5);
    expect(await scene.perform(kioskOf(null), signInPatron, { id: 'f', password: 'x' })).toMatchObject({
      kind: 'wait',
    });
  });

  it('REL-07 counts tries of one moment before any of them is answered', async ({ scene }) => {
    await withInstitutions(scene);
    const { asked, directory } = saying(WRONG as DirectoryAnswer);
    const terminals = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(terminals.map(async (terminal) => tries(scene, { password: 'x', terminal, directory })));
    expect(asked.filter((one) => one !== 'one?')).toHaveLength(3);
  });

  it('REL-04 REL-07 a directory that is away is said to be, and counts for nothing', async ({ scene, database }) => {
    await withInstitutions(scene);
    await scene.patron({ id: 'one.ana', kind: 'external' });
    for (const answer of [{ kind: 'away' } as const, new Error('broken')]) {
      const { directory } = saying(answer);
      for (let round = 0; round < 6; round += 1)
        expect(await tries(scene, { directory })).toEqual({ kind: 'directory-away' });
    }
    expect(await eventsIn(database, 'patron-sign-in-failed')).toEqual([]);
    expect(await tries(scene)).toMatchObject({ kind: 'signed-in' });
  });

  it('REL-07 a lock stays when the directory is away meanwhile, and neither tells of the other', async ({
    scene,
    database,
  }) => {
    await withInstitutions(scene);
    await scene.patron({ id: 'one.ana', kind: 'external' });
    for (const terminal of ['a', 'b', 'c']) await tries(scene, { password: 'x', terminal });
    const away = saying({ kind: 'away' }, false);
    for (const name of ['ana', 'nobody'])
      expect(await tries(scene, { name, terminal: 'd', directory: away.directory })).toEqual({
        kind: 'directory-away',
      });
    expect(away.asked).toEqual(['one?', `one nobody ${GOOD}`]);
    expect(await tries(scene, { terminal: 'e' })).toEqual(WRONG);
    const [locked] = await database.sql<{ until: number }>('select max(locked_until) as until from sign_in_attempts');
    expect(said(Number(locked?.until))).toBe('2026-06-01T10:01');
  });

  it('REL-07 a right password takes back its own try alone', async ({ scene }) => {
    await withInstitutions(scene);
    await scene.patron({ id: 'one.ana', kind: 'external' });
    for (const name of ['b', 'c', 'd', 'e']) await tries(scene, { name, password: 'x' });
    for (let round = 0; round < 3; round += 1) expect(await tries(scene)).toMatchObject({ kind: 'signed-in' });
    expect(await tries(scene, { name: 'f', password: 'x' })).toEqual(WRONG);
    expect(await tries(scene)).toMatchObject({ kind: 'wait' });
  });

  it('KIO-02 nothing that a directory would accept from nobody is ever asked of it', async ({ scene, database }) => {
    await withInstitutions(scene);
    await scene.patron({ id: 'one.ana', kind: 'external' });
    const { asked, directory } = saying({ kind: 'known', identifiers: ['one.ana'] });
    const odd = [
      { password: '' },
      { name: '' },
      { name: '   ' },
      { password: '\0' },
      { password: `${GOOD}\0` },
      { name: 'ana\0' },
      { name: 'ana\n' },
      { name: 'a'.repeat(10_000) },
      { password: 'x'.repeat(10_000) },
    ];
    for (const [at, one] of odd.entries())
      expect(await tries(scene, { ...one, terminal: `t${at}`, directory })).toEqual(WRONG);
    expect(asked.filter((one) => one !== 'one?')).toEqual([]);
    expect(await eventsIn(database, 'patron-signed-in')).toEqual([]);
  });

  it('KIO-02 REL-07 does the same work whether the name is locked or wrong', async ({ scene, database }) => {
    await withInstitutions(scene);
    await scene.patron({ id: 'one.ana', kind: 'external' });
    const { directory } = saying(WRONG as DirectoryAnswer);
    for (const terminal of ['a', 'b', 'c']) await tries(scene, { password: 'x', terminal, directory });
    await tries(scene, { name: 'warm', terminal: 'w', directory });
    const done: string[][] = [];
    for (const name of ['ana', 'nobody', 'luc']) {
      await database.sql("delete from sign_in_attempts where subject like 'terminal:%'");
      done.push(await statementsOf(async () => tries(scene, { name, password: 'x', directory })));
    }
    expect(done[1]).toEqual(done[0]);
    expect(done[2]).toEqual(done[0]);
  });
});
