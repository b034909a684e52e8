import { expect } from 'vitest';
import { openHouse } from '../../source/desk/house.ts';
import { printIdentityMessage } from '../../source/desk/identity-message.ts';
import { changeOwnPassword } from '../../source/desk/own-password.ts';
import { setPatronPassword } from '../../source/desk/patron-passwords.ts';
import { redeemCode, signInPatron } from '../../source/desk/patron-sign-in.ts';
import { preRegister } from '../../source/desk/pre-register.ts';
import { signIn, NOBODY } from '../../source/desk/sign-in.ts';
import { addFirstAdministrator, addStaff, setPassword } from '../../source/desk/staff-accounts.ts';
import { onBothDatabases } from '../support/desk.ts';
import { commandLine, local } from '../support/house.ts';
import { kioskOf } from '../support/kiosk.ts';
import { registrationNetwork } from '../support/network.ts';

const [FIRST, SECOND, THIRD] = ['Abricot-7', 'Cerise-88', 'Fraise-99'];
/** What OWASP wants of scrypt with 32 MiB: the houses of the other tests hash for less. */
const COSTLY = /^scrypt\$32768\$8\$3\$[^$]{24}\$[^$]{44}$/;

onBothDatabases('a house as the program opens it', (it) => {
  it('REL-07 DESK-03 the password of the first administrator is kept in a hash of the full cost', async ({
    database,
  }) => {
    const house = openHouse(database.url);
    try {
      const chief = { name: 'chief', password: FIRST };
      const perform = house.at(() => local('2026-06-01T10:00'));
      expect(await perform(commandLine, addFirstAdministrator, chief)).toMatchObject({ kind: 'added' });
      const [stored] = await database.sql<{ hash: string }>('select password_hash as hash from staff');
      expect(stored?.hash).toMatch(COSTLY);
    } finally {
      await house.close();
    }
  });

  it('REL-07 USR-11 every password and every code is kept in a hash of the full cost, whoever sets it', async ({
    scene,
    database,
  }) => {
    const house = openHouse(database.url);
    const perform = house.at(scene.now);
    const hall = kioskOf(null);
    const hashes = async (): Promise<string[]> =>
      (
        await database.sql<{ hash: string | null }>(
          `select password_hash as hash from staff union select hash from patron_passwords union select hash from patron_codes`,
        )
      ).flatMap(({ hash }) => hash ?? []);
    try {
      const roles = [{ role: 'operator', library: 'sci' }] as const;
      expect(await perform(commandLine, addStaff, { name: 'Luc', password: FIRST, roles })).toMatchObject({
        kind: 'added',
      });
      expect(await perform(commandLine, setPassword, { name: 'Luc', password: SECOND })).toEqual({ kind: 'changed' });
      const patron = await scene.patron({ id: 'P1' });
      await perform(scene.bib, setPatronPassword, { patron, password: FIRST });
      const printed = await perform(scene.bib, printIdentityMessage, { patron });
      expect(await hashes()).toHaveLength(3);
      for (const hash of await hashes()) expect(hash).toMatch(COSTLY);

      const code = printed.kind === 'printed' ? printed.code.code : '';
      expect(await perform(hall, redeemCode, { id: 'P1', code, password: SECOND })).toEqual({ kind: 'password-set' });
      for (const hash of await hashes()) expect(hash).toMatch(COSTLY);
      const own = { patron, current: SECOND, password: THIRD };
      expect(await perform(kioskOf(patron), changeOwnPassword, own)).toEqual({ kind: 'password-set' });
      for (const hash of await hashes()) expect(hash).toMatch(COSTLY);
      expect(await perform(hall, signInPatron, { id: 'P1', password: THIRD })).toMatchObject({ kind: 'signed-in' });
      const nobody = { staff: NOBODY, place: null };
      expect(await perform(nobody, signIn, { name: 'Luc', password: SECOND })).toMatchObject({ kind: 'signed-in' });
      expect(await perform(nobody, signIn, { name: 'Luc', password: FIRST })).toEqual({ kind: 'wrong' });
    } finally {
      await house.close();
    }
  });

  it('REL-07 USR-13 the password of somebody who registers by themselves too', async ({ scene, database }) => {
    const preRegistration = { group: 'PEB', keepMonths: 3, libraries: ['sci'], occupations: ['SAL'], durations: [12] };
    await scene.load({ ...registrationNetwork, preRegistration });
    const house = openHouse(database.url);
    try {
      const draft = {
        lastName: 'DURAND',
        firstName: 'Ana',
        birthDay: '1999-02-09',
        email: 'ana@example.org',
        password: FIRST,
        address: { line1: '1 rue des Lois', line2: '', postalCode: '31000', city: 'Toulouse' },
        phone: '',
        occupation: 'SAL',
        library: 'sci',
        termsAccepted: null,
        language: 'fr',
      };
      const done = await house.at(scene.now)(kioskOf(null, 'sci'), preRegister, draft);
      expect(done).toMatchObject({ kind: 'pre-registered' });
      const [stored] = await database.sql<{ hash: string }>('select hash from patron_passwords');
      expect(stored?.hash).toMatch(COSTLY);
    } finally {
      await house.close();
    }
  });
});
