import type { Institution } from '../../source/circulation/institutions.ts';
import type { Network } from '../../source/circulation/network.ts';
import { setPatronPassword } from '../../source/desk/patron-passwords.ts';
import { trainingDirectory } from '../../source/training/directory.ts';
import type { Scene } from './house.ts';
import type { KioskScript } from './kiosk-driver.ts';

/** What every reader of these scripts has chosen, or has been given by their institution. */
export const PASSWORD = 'Abricot-7';

/** An institution whose members are called as their records are, or `UPS.` before it. */
export const institution = (code: string, name: string): Institution => ({
  code,
  name: { fr: name, en: name },
  campus: 'UPS',
  directory: {
    url: 'ldaps://annuaire.example.org',
    startTls: false,
    bind: 'uid={name},dc=example,dc=org',
    records: [`${code}.{uid}`],
    timeout: 5000,
  },
});

/** A network whose patrons may come from two institutions. */
export const withMembers = (network: Network): Network => ({
  ...network,
  institutions: [institution('UPS', 'Université Paul-Sabatier'), institution('UT2J', 'Université Toulouse 2')],
});

/** A directory of an institution that knows these people. */
export const directoryOf = (...identifiers: readonly string[]) =>
  trainingDirectory((identifier) => (identifiers.includes(identifier) ? PASSWORD : undefined));

/** Gives somebody a password of the library. */
export async function givePassword(scene: Scene, patron: number, password = PASSWORD): Promise<void> {
  const set = await scene.act(setPatronPassword, { patron, password });
  if (set.kind !== 'password-set') throw new Error(JSON.stringify(set));
}

/** Goes in as a member of the first institution: language, account, institution, name and password. */
export async function enterAs(script: KioskScript, name: string): Promise<void> {
  const { kiosk, words } = script;
  await script.begin();
  await script.choose(words.kiosk.home.account);
  await script.choose(words.kiosk.signIn.member);
  await kiosk.press('Enter');
  await script.fill(name, PASSWORD);
  const { who } = kiosk.state();
  if (who === null) throw new Error(`not signed in:\n${await kiosk.text()}`);
}
