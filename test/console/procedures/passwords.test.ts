import { describe, expect, it } from 'vitest';
import { signInPatron } from '../../../source/desk/patron-sign-in.ts';
import { wordsIn } from '../../../source/language/index.ts';
import { cardHolder } from '../../support/card-holder.ts';
import { deskFolder } from '../../support/desk-folder.ts';
import { fieldOf, fill, formOf } from '../../support/desk-forms.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { toulouse } from '../../support/toulouse.ts';

const SHIPPED = toulouse();
const ANA = '299900001234';
const NOBODY = '299900001235';
const GOOD = 'Bibli0-théque';

describe.each(deskRuns)('manual IX.2.1.2, XI, passwords of authorised readers, on $name in $language', (run) => {
  const script = deskScript(run, {
    network: SHIPPED,
    setUp: async ({ scene }) => {
      await scene.patron({
        id: ANA,
        lastName: 'Durand',
        firstName: 'Ana',
        group: 'AUT',
        email: 'ana.durand@example.org',
      });
      await scene.patron({ id: NOBODY, lastName: 'Soulié', firstName: 'Eve', group: 'AUT' });
      await scene.patron(cardHolder);
    },
  });
  const { words } = script;
  const { records } = words.console;
  const { passwordParts: parts } = words.letters;
  const folder = deskFolder(script, SHIPPED, run);

  it('USR-11 IX.2.1.2 the identity message is queued for the preferred address; a second one waits for the first', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Alt+Ctrl+T');
    expect(await desk.answer()).toBe(records.messageQueued('ana.durand@example.org'));
    await desk.press('Alt+Ctrl+T');
    expect(await desk.answer()).toBe(records.waits('ana.durand@example.org'));
    // It is among the letters of the record, with where it goes and that it has not left; its code is nowhere yet.
    await desk.press('Alt+4', 'Shift+Tab', 'Shift+Tab');
    expect((await desk.screen())[3]).toContain(`[${records.tabs.letters.toUpperCase()}]`);
    expect(await script.chosen()).toMatch(
      new RegExp(
        `01/06/2026 +${words.letters.kinds.identity} +ana\\.durand@example\\.org +${words.letters.state.queued}`,
      ),
    );
    await desk.press('Enter');
    expect(await desk.text()).toContain('·····-·····');
    // In the patron's language, whatever the desk's.
    expect(await script.flat()).toContain(wordsIn('fr').letters.identity.onceFrom);
  });

  it('USR-11 IX.2.1.2 without an e-mail address the message is printed, with a code that is on this paper alone', async () => {
    await folder.sit();
    const { desk } = script;
    await desk.scan(NOBODY);
    await desk.press('Alt+Ctrl+T');
    expect(await desk.text()).toContain(records.askPrintMessage);
    await script.answers('answer-print');
    const code = /[A-Z2-9]{5}-[A-Z2-9]{5}/.exec(await folder.paper())?.[0] ?? '';
    expect(code).not.toBe('');
    expect(desk.output()).not.toContain(code);
    await desk.press('Alt+4', 'Shift+Tab', 'Shift+Tab');
    expect(await script.chosen()).toContain(words.letters.state.printed);
    // Printed again, it has another code: the old one is of no use any more.
    await desk.press('Alt+S');
    const codes = new Set((await folder.paper()).match(/[A-Z2-9]{5}-[A-Z2-9]{5}/g));
    expect(codes.size).toBe(2);
  });

  it('USR-11 IX.2.1.2 XI.3.1 a password typed at the desk: what it lacks is named as one types, and it must be typed twice', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Alt+Ctrl+V');
    expect(await desk.text()).toContain(records.firstPassword);
    for (const part of Object.values(parts)) expect(await script.flat()).toContain(part);
    for (const [typed, lacks] of [
      ['abc', [parts.length, parts.digit, parts['upper-case'], parts.special]],
      ['abcdefgh', [parts.digit, parts['upper-case'], parts.special]],
      ['Abcdefg9', [parts.special]],
      ['ABCDEF9!', [parts['lower-case']]],
    ] as const) {
      await fill(desk, { password: typed });
      expect(await script.flat()).toContain(`! ${records.passwordLacks(lacks.join(', '))}`);
      await desk.press('Ctrl+S');
      expect(formOf(desk).title).toBe(records.firstPassword);
    }
    await fill(desk, { password: GOOD, again: 'Bibli0-theque' });
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(records.passwordsDiffer);
    await fill(desk, { again: GOOD });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(records.passwordSet);
    expect(await script.scene.act(signInPatron, { id: ANA, password: GOOD })).toMatchObject({ kind: 'signed-in' });
    // It is replaced, never shown.
    await desk.press('Alt+Ctrl+V');
    expect(await desk.text()).toContain(records.newPassword('01/06/2026'));
    expect(fieldOf(desk, 'password').value).toBe('');
    await desk.press('Escape');
  });

  it('USR-11 REL-07 the password is masked: it is in no byte that is written to the terminal, nor kept, nor in the database', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Alt+Ctrl+V');
    // Typed key by key, corrected in the middle, and left.
    for (const letter of 'Zqxj9-kvwy') await desk.type(letter);
    await desk.press('Home', 'Right', 'Right', 'Delete', 'End', 'Backspace');
    expect(await script.chosen()).toContain('********_');
    await desk.press('Escape', 'Alt+Ctrl+V');
    expect(fieldOf(desk, 'password').value).toBe('');
    await fill(desk, { password: 'Zqxj9-kvwy', again: 'Zqxj9-kvwy' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(records.passwordSet);
    await desk.press('Alt+4', 'Shift+Tab', 'Enter');
    for (const part of ['Zqxj', 'qxj9', 'xj9-', '9-kv', 'kvwy']) expect(desk.output()).not.toContain(part);
    const stored = await script.database.sql('select hash from patron_passwords');
    expect(JSON.stringify(stored)).not.toContain('kvwy');
    const events = await script.database.sql('select data from events');
    expect(JSON.stringify(events)).not.toContain('kvwy');
    expect([...desk.preferences.values()].join(' ')).not.toContain('kvwy');
  });

  it('USR-11 XI.2 institutional readers sign in with their institution: neither message nor password', async () => {
    const { desk } = script;
    await desk.scan(cardHolder.id);
    for (const key of ['Alt+Ctrl+T', 'Alt+Ctrl+V']) {
      await desk.press(key);
      expect(await desk.answer()).toBe(records.noPassword);
      expect(desk.state().form).toBeNull();
    }
    expect(await script.database.sql('select id from letters')).toHaveLength(0);
  });
});
