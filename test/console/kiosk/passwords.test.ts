import { describe, expect, it } from 'vitest';
import { monotonicNow, setTimerAfterInput } from '../../../source/console/keyboard/timers.ts';
import { letterHasLeft, letterLeaves } from '../../../source/desk/letters-leaving.ts';
import { deskRuns } from '../../support/desk-script.ts';
import { commandLine } from '../../support/house.ts';
import { kioskScript } from '../../support/kiosk-driver.ts';
import { givePassword, PASSWORD, submitForm } from '../../support/kiosk-people.ts';

const ANA = '299900001234';
const EMAIL = 'ana@example.org';
const OTHER = 'Noisette-8';

describe.each(deskRuns)('manual XI, passwords of authorised readers, on $name in $language', (run) => {
  let ana = 0;
  const script = kioskScript(run, {
    setUp: async ({ scene }) => {
      ana = await scene.patron({ id: ANA, lastName: 'Durand', firstName: 'Ana', email: EMAIL });
      await givePassword(scene, ana);
    },
  });
  const { words } = script;
  const { account, home, password, signIn } = words.kiosk;
  const { passwordParts: parts } = words.letters;
  const toSignIn = async (): Promise<void> => {
    await script.begin();
    await script.choose(home.account);
    expect((await script.kiosk.screen())[2]).toContain(signIn.ownTitle);
  };
  /** Fills identifier and password in anew, and enters. */
  const tries = async (id: string, typed: string): Promise<void> => {
    const { kiosk } = script;
    await kiosk.press('Up', 'Delete');
    await kiosk.type(id);
    await kiosk.press('Enter', 'Delete');
    await kiosk.type(typed);
    await kiosk.press('Enter');
  };
  /** Everything under the form's fields. */
  const answered = async (): Promise<string> => (await script.kiosk.screen()).slice(12).join('\n');

  it('KIO-02 REL-07 XI.3 a wrong password and an unknown identifier are answered alike; many tries have to wait', async () => {
    const { kiosk, scene } = script;
    await toSignIn();
    await kiosk.press('Enter', 'Enter');
    expect(await kiosk.flat()).toContain(signIn.empty);
    await tries(ANA, 'Abricot-8');
    expect(await kiosk.flat()).toContain(`! ${signIn.wrong}`);
    const wrong = await answered();
    // What was typed is gone, and one is on its line.
    expect(await kiosk.chosen()).toContain(signIn.password);
    await tries('nobody', PASSWORD);
    expect(await answered()).toBe(wrong);
    for (let count = 0; count < 3; count += 1) await tries(`nobody ${count}`, PASSWORD);
    expect(await answered()).toBe(wrong);
    // From now on the terminal waits, for everybody.
    await tries(ANA, PASSWORD);
    expect(await kiosk.flat()).toContain(`! ${words.kiosk.wait(1)}`);
    scene.at('2026-06-01T10:01');
    await tries(ANA, PASSWORD);
    expect((await kiosk.screen())[2]).toContain(account.title('Ana Durand'));
    for (const typed of [PASSWORD, 'Abricot-8']) expect(kiosk.output()).not.toContain(typed);
  });

  it('KIO-02 REL-07 XI.3 answers at the beat of a real clock too', async () => {
    await script.stand({ now: monotonicNow, setTimer: setTimerAfterInput });
    const { kiosk } = script;
    await toSignIn();
    await tries(ANA, 'Abricot-8');
    expect(await kiosk.flat()).toContain(`! ${signIn.wrong}`);
    await tries(ANA, PASSWORD);
    expect((await kiosk.screen())[2]).toContain(account.title('Ana Durand'));
  });

  it('KIO-02 XI.1 whose registration has ended, or whose record is closed, is told so after the right password alone', async () => {
    const { kiosk, scene, database } = script;
    scene.at('2027-11-02T10:00');
    await toSignIn();
    await tries(ANA, 'Abricot-8');
    expect(await kiosk.flat()).toContain(signIn.wrong);
    await tries(ANA, PASSWORD);
    expect(await kiosk.flat()).toContain(signIn.expired);
    scene.at('2026-06-01T10:00');
    await database.sql(`update patrons set status = 'inactive' where id = ${ana}`);
    await tries(ANA, PASSWORD);
    expect(await kiosk.flat()).toContain(signIn.inactive);
    expect(kiosk.state().who).toBeNull();
  });

  it('KIO-02 USR-11 XI.3.1 forgotten: a code comes by e-mail, a new password is chosen with it', async () => {
    const { kiosk, scene, database } = script;
    await script.begin();
    await script.choose(home.password);
    expect(await kiosk.flat()).toContain(password.said[0]);
    // Somebody who is no reader is told the same.
    await script.choose(password.forgotten);
    await script.fill('nobody@example.org');
    const asked = await kiosk.text();
    expect(await kiosk.flat()).toContain(password.asked[0]);
    await kiosk.press('Escape');
    await script.choose(password.forgotten);
    await script.fill(EMAIL);
    expect(await kiosk.text()).toBe(asked);
    expect(asked).not.toContain(EMAIL);
    const [letter] = await database.sql<{ id: number; to: string }>('select id, to_address as "to" from letters');
    expect(letter?.to).toBe(EMAIL);
    const left = await scene.act(letterLeaves, { letter: letter?.id ?? 0, leaseFor: 0 }, commandLine);
    if (left.kind !== 'leaving') throw new Error(left.kind);
    await scene.act(letterHasLeft, { letter: left.letter.id, attempt: left.attempt }, commandLine);
    const code = left.code?.code ?? '';
    expect(code).toMatch(/^.{5}-.{5}$/);

    await kiosk.press('Escape');
    await script.choose(password.code);
    await script.fill(ANA, 'AAAAA-AAAAA', 'abc', 'abd');
    await kiosk.press('Enter');
    expect(await kiosk.flat()).toContain(`! ${password.differ}`);
    await script.fill('abc', 'abc');
    await kiosk.press('Enter');
    const lacks = [parts.length, parts.digit, parts['upper-case'], parts.special].join(', ');
    expect(await kiosk.flat()).toContain(`! ${password.missing(lacks)}`);
    await script.fill('Abcdefg9', 'Abcdefg9');
    await kiosk.press('Enter');
    expect(await kiosk.flat()).toContain(`! ${password.missing(parts.special)}`);
    await script.fill(OTHER, OTHER);
    await kiosk.press('Enter');
    expect(await kiosk.flat()).toContain(`! ${password.wrongCode}`);
    // Capitals and hyphens do not count.
    await kiosk.press('Delete');
    await script.fill(code.toLowerCase().replace('-', ''));
    await submitForm(script);
    expect(await kiosk.flat()).toContain(password.done);
    expect((await kiosk.screen())[2]).toContain(home.title);
    await script.choose(home.account);
    await script.fill(ANA, OTHER);
    expect((await kiosk.screen())[2]).toContain(account.title('Ana Durand'));
    expect(kiosk.output()).not.toContain(OTHER);
  });

  it('USR-11 XI.3 XI.3.1 one’s own password is changed by whoever knows the present one', async () => {
    const { kiosk } = script;
    await toSignIn();
    await script.fill(ANA, PASSWORD);
    await script.choose(account.change);
    expect(await kiosk.flat()).toContain(password.rules);
    await script.fill('Abricot-8', OTHER, OTHER);
    await kiosk.press('Enter');
    expect(await kiosk.flat()).toContain(`! ${password.wrongCurrent}`);
    expect(await kiosk.chosen()).toContain(password.current);
    await script.fill(PASSWORD, 'noisette', 'noisette');
    await kiosk.press('Enter');
    const lacks = [parts.digit, parts['upper-case'], parts.special].join(', ');
    expect(await kiosk.flat()).toContain(`! ${password.missing(lacks)}`);
    // A password that was refused is typed again, all three of them.
    await kiosk.press('Up');
    await script.fill(PASSWORD, OTHER, OTHER);
    await kiosk.press('Enter');
    expect((await kiosk.screen())[4]).toContain(password.changed);
    await script.choose(account.signOut);
    await toSignIn();
    await tries(ANA, PASSWORD);
    expect(await kiosk.flat()).toContain(signIn.wrong);
    await tries(ANA, OTHER);
    expect((await kiosk.screen())[2]).toContain(account.title('Ana Durand'));
    for (const typed of [PASSWORD, OTHER]) expect(kiosk.output()).not.toContain(typed);
  });
});
