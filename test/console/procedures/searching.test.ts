import { describe, expect, it } from 'vitest';
import { deskRuns, deskScript } from '../../support/desk-script.ts';

const ANA = '9921000000164';

describe.each(deskRuns)('manual II.3, searching for a patron, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({
        id: ANA,
        lastName: 'Martin',
        firstName: 'Ana',
        email: 'ana.martin@example.org',
        birthDay: '2001-10-30',
        campus: 'UPS',
        identifiers: [
          { type: 'primary', value: ANA },
          { type: 'barcode', value: 'MUT00417' },
        ],
      });
      await scene.patron({ id: 'P2', lastName: 'Ana', firstName: 'Zoé', group: 'PROF' });
      await scene.patron({ id: 'P3', lastName: 'Martinez', firstName: 'Anaïs', status: 'inactive' });
      await scene.items({ barcode: '37000034179', title: 'Optique' });
    },
  });
  const { words, says } = script;
  const own = words.console.patronSearch;

  it('PAT-02 II.3 a name in the form lists everybody who bears it; Enter opens the record, and scans lend', async () => {
    const { desk, scene } = script;
    for (let number = 1; number <= 30; number += 1) {
      const firstName = `Prénom ${String(number).padStart(2, '0')}`;
      await scene.patron({ id: `G${number}`, lastName: 'Garcia', firstName });
    }
    expect((await desk.screen())[3]).toContain(says('Alt+Z : recherche avancée', 'Alt+Z: advanced search'));
    await desk.press('Alt+Z');
    expect(await desk.text()).toContain(own.form);
    for (const label of [
      own.name,
      own.firstName,
      own.identifier,
      own.email,
      own.birthDay,
      own.group,
      own.campus,
      own.status,
    ])
      expect((await script.rows()).some((one) => one.includes(label))).toBe(true);
    await desk.type('GARC');
    await desk.press('Ctrl+S');
    expect((await desk.screen())[2]).toContain(own.head(30));
    await desk.press('Ctrl+End');
    expect(await script.chosen()).toContain('GARCIA Prénom 30');
    await desk.press('Enter');
    expect((await desk.screen())[2]).toContain('GARCIA Prénom 30');
    expect(await desk.answer()).toBe(words.console.patron.opened);
    await desk.scan('37000034179');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
  });

  it('PAT-02 II.3 each name in its place; Alt+M narrows the search down, what was asked still stands in it', async () => {
    const { desk } = script;
    await desk.press('Alt+Ctrl+F', 'Tab');
    await desk.type('ana');
    await desk.press('Ctrl+S');
    const rows = await script.rows();
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(new RegExp(`▸ MARTIN Ana +${ANA} +L +30/10/2001`));
    expect(rows[1]).toContain('MARTINEZ Anaïs');
    await desk.press('Alt+M', 'Down');
    expect(await script.chosen()).toContain('ana_');
    await desk.press('Up', 'Up');
    await desk.type(own.inactive.slice(0, 3));
    expect(await script.chosen()).toContain(`< ${own.inactive} >`);
    await desk.press('Ctrl+S');
    expect((await desk.screen())[2]).toContain(own.head(1));
    expect(await script.chosen()).toContain('MARTINEZ Anaïs');
    await desk.press('Alt+Z', 'Escape', 'Escape');
    expect((await desk.screen())[2]).toContain(words.console.identify.title);
  });

  it('PAT-02 II.3 by card, e-mail, birth date as people write it, group and campus together', async () => {
    const { desk } = script;
    for (const born of ['30/10/2001', '2001-10-30']) {
      await desk.press('Alt+Z', 'Down', 'Down');
      await desk.scan('MUT00417');
      await desk.press('Down');
      await desk.type('ANA.MARTIN@');
      await desk.press('Down');
      await desk.type(born);
      await desk.press('Down');
      await desk.type('L');
      await desk.press('Down', 'Right', 'Down', 'Right', 'Ctrl+S');
      expect(await script.rows()).toHaveLength(1);
      expect(await script.chosen()).toContain('MARTIN Ana');
      await desk.press('Escape');
    }
  });

  it('PAT-02 II.3 nothing asked, a day that is none: the form says so; nobody found: the list does, and the form is a key away', async () => {
    const { desk } = script;
    await desk.press('Alt+Z', 'Ctrl+S');
    expect(await desk.text()).toContain(own.nothingAsked);
    await desk.press('Down', 'Down', 'Down', 'Down');
    for (const wrong of ['31/02/2001', '30/10', '+3', '2001']) {
      await desk.type(wrong);
      await desk.press('Ctrl+S');
      expect(await desk.text()).toContain(own.badDay);
      for (let times = 0; times < wrong.length; times += 1) await desk.press('Backspace');
    }
    await desk.type('01/01/1950');
    await desk.press('Ctrl+S');
    expect(await script.flat()).toContain(own.none('Alt+M'));
    expect((await desk.screen())[2]).toContain(own.head(0));
    await desk.press('Enter', 'Alt+M', 'Up', 'Up', 'Up', 'Up');
    for (let times = 0; times < 10; times += 1) await desk.press('Backspace');
    await desk.press('Up', 'Up', 'Up', 'Up');
    await desk.type('martin');
    await desk.press('Ctrl+S');
    expect((await desk.screen())[2]).toContain(own.head(2));
  });

  it('PAT-02 II.3 from an open record: it stays open beneath, until another one is opened', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Alt+Z');
    await desk.type('ana');
    await desk.press('Ctrl+S', 'Escape');
    expect((await desk.screen())[2]).toContain('MARTIN Ana');
    await desk.press('Alt+Z');
    await desk.type('ana');
    await desk.press('Ctrl+S', 'Enter');
    expect((await desk.screen())[2]).toContain('ANA Zoé');
  });
});
