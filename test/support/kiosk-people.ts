import type { Institution } from '../../source/circulation/institutions.ts';
import type { Network } from '../../source/circulation/network.ts';
import { setPatronPassword } from '../../source/desk/patron-passwords.ts';
import { trainingDirectory } from '../../source/training/directory.ts';
import type { FormPage } from '../../source/console/kiosk/state.ts';
import { bytesOf } from './console-driver.ts';
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

/** The form that is open. */
export function formPage({ kiosk }: KioskScript): FormPage {
  const { page } = kiosk.state();
  if (page?.body.kind !== 'form') throw new Error(`no form, but ${page?.title}`);
  return page.body;
}

/** Presses a key so many times, in one go. */
const presses = async ({ kiosk }: KioskScript, chord: string, times: number): Promise<void> => {
  if (times > 0) await kiosk.bytes(bytesOf(chord).repeat(times));
};

/** Goes to a field, or (one further) to the button. */
async function goTo(script: KioskScript, at: number): Promise<void> {
  const { form, onSubmit } = formPage(script);
  const here = onSubmit ? form.fields.length : form.focused;
  await presses(script, at > here ? 'Down' : 'Up', Math.abs(at - here));
}

/** Fills fields by the keyboard: a text is emptied and typed, a choice is stepped to its value, a box is ticked. */
export async function fillFields(
  script: KioskScript,
  values: Readonly<Record<string, string | boolean | undefined>>,
): Promise<void> {
  const { kiosk } = script;
  for (const [name, value] of Object.entries(values)) {
    const { fields } = formPage(script).form;
    const at = fields.findIndex((one) => one.name === name);
    const field = fields[at];
    if (!field || value === undefined) throw new Error(`no field ${name}`);
    await goTo(script, at);
    if (field.kind === 'text') {
      if (field.value !== '') await kiosk.press('Delete');
      if (value !== '') await kiosk.type(String(value));
    } else if (field.kind === 'yes-no') {
      if (field.value !== value) await kiosk.press('Space');
    } else {
      const { options } = field;
      const wanted = options.findIndex((one) => one.value === value);
      if (wanted === -1) throw new Error(`no ${value} in ${name}`);
      const from = options.findIndex((one) => one.value === field.value);
      await presses(script, 'Right', (wanted - from + options.length) % options.length);
    }
  }
}

/** Goes to the button of the form and presses it. */
export async function submitForm(script: KioskScript): Promise<void> {
  await goTo(script, formPage(script).form.fields.length);
  await script.kiosk.press('Enter');
}
