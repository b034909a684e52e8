import { describe, it } from 'vitest';
import { deskScript } from '../../support/desk-script.ts';
import { network, only, tools } from './lib.ts';
describe.each(only)('scratch $language', (run) => {
  const script = deskScript(run, {
    network,
    setUp: async ({ scene }) => {
      scene.at('2026-06-01T10:00');
      await scene.patron({
        id: '299900000001',
        lastName: 'MARTIN',
        firstName: 'Ana',
        birthDay: '1990-04-02',
        group: 'AUT',
        campus: 'UPS',
        expiry: '2026-06-14',
        purge: '2026-09-14',
        statistics: [{ code: '0ups' }, { code: 'SAL' }],
        contacts: [
          {
            kind: 'email',
            type: 'personal',
            value: 'ana.martin@example.org',
            city: null,
            postalCode: null,
            country: null,
            preferred: true,
          },
          {
            kind: 'email',
            type: 'work',
            value: 'a.martin@entreprise.example.com',
            city: null,
            postalCode: null,
            country: null,
            preferred: false,
          },
          {
            kind: 'address',
            type: 'home',
            value: '21 rue Ozenne',
            city: 'Toulouse',
            postalCode: '31000',
            country: null,
            preferred: true,
          },
        ],
      });
      await scene.patron({
        id: 'ups.jean',
        kind: 'external',
        lastName: 'MOREL',
        firstName: 'Jean',
        birthDay: '1999-05-05',
        group: 'M',
        campus: 'UPS',
        expiry: '2025-10-30',
      });
      await scene.patron({
        id: 'luc@example.org',
        lastName: 'PETIT',
        firstName: 'Luc',
        group: 'PREINS',
        campus: 'UT1',
        expiry: '2026-09-01',
        notes: [{ text: 'Pré-inscription en ligne : inscription à finaliser', popup: true }],
        contacts: [
          {
            kind: 'email',
            type: 'personal',
            value: 'luc@example.org',
            city: null,
            postalCode: null,
            country: null,
            preferred: true,
          },
        ],
      });
      await scene.patron({ id: '299900000009', lastName: 'SANS', firstName: 'Adresse', group: 'AUT' });
      await scene.items(
        { barcode: 'B1', title: 'Algèbre linéaire' },
        {
          barcode: 'B2',
          title: 'Mécanique quantique, tome 2 : champs et particules élémentaires',
          location: 'san/SAL',
        },
      );
    },
  });
  it('works', async () => {
    const { show, press, type, scan, answers } = tools(script);
    const empty = async () => press('Ctrl+X');
    await scan('299900001234');
    await press('Alt+7');
    await show('profiles');
    await press('Down', 'Down', 'Down', 'Down', 'Down', 'Enter');
    await show('purpan');
    await press('Escape');
    await show('left');
    await press('Alt+7', 'Enter');
    await type('martin');
    await press('Down');
    await type('ana');
    await press('Down');
    await type('02/04/1990');
    await press('Down', 'Down', 'Down', 'Down', 'Down', 'Down');
    await show('purge');
    await empty();
    await type('01/01/2020');
    await press('Down');
    await show('purge early');
    await type('jean');
    await press('Ctrl+S');
    await show('save 1');
    await press('Ctrl+X', 'Ctrl+S');
    await show('email or box');
    await press('Down', 'Down', 'Space', 'Ctrl+S');
    await show('purge refused');
    await empty();
    await type('+1a');
    await show('+1a');
    await press('Ctrl+S');
    await show('duplicates');
    await answers('answer-cancel');
    await show('back');
    await press('Up', 'Up', 'Up', 'Up', 'Up');
    await press('Ctrl+S');
    await answers('answer-patron');
    await show('opened theirs');
    await press('Escape');
    await scan('299900001234');
    await press('Alt+7', 'Enter');
    await type('Morel');
    await press('Down');
    await type('Jean');
    await press('Down');
    await type('05/05/1999');
    await press('Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'Down');
    await show('?');
    await press('Space', 'Ctrl+S');
    await show('former');
    await answers('answer-new');
    await show('registered');
    await press('Alt+Ctrl+T');
    await show('message: none');
    await press('Escape');
    await press('Alt+Ctrl+V');
    await show('password');
    await type('abc');
    await show('weak');
    await press('Ctrl+S');
    await show('weak saved');
    await empty();
    await type('Abcdef9!');
    await press('Down');
    await type('x');
    await press('Ctrl+S');
    await show('differ');
    await empty();
    await type('Abcdef9!');
    await press('Ctrl+S');
    await show('set');
    await press('Alt+Ctrl+V');
    await show('again');
    await press('Escape');
    await scan('luc@example.org');
    await show('popup');
    await answers('answer-read');
    await press('Alt+Ctrl+X');
    await show('finish');
    await scan('299900000077');
    await press('Down', 'Right');
    await show('scanned');
    await press('Ctrl+S');
    await show('finished');
    await press('Alt+Ctrl+T');
    await show('queued');
    await press('Alt+Ctrl+T');
    await show('waits');
    await press('Alt+4', 'Shift+Tab', 'Shift+Tab');
    await show('letters');
    await press('Enter');
    await show('letter');
    await press('Escape');
    await scan('299900000001');
    await scan('B1');
    await answers('answer-shorten');
    await press('Alt+4', 'Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'Enter');
    await empty();
    await type('30/10/2027');
    await show('expiry');
    await press('Ctrl+S');
    await show('LOAN-07');
    await answers('answer-why');
    await show('why');
    await answers('answer-yes');
    await show('recomputed');
    await press('Escape', 'Alt+Ctrl+X');
    await show('rereg');
    await press('Right');
    await show('campus');
    await press('Escape');
    await press('Alt+2');
    await scan('B1');
    await show('returned');
    await press('Alt+1');
    await scan('quitus');
    await show('quitus scan');
    await press('Down');
    await show('other');
    await type('bad');
    await show('bad');
    await press('Ctrl+S', 'Ctrl+X', 'Up', 'Right', 'Ctrl+S');
    await show('issued');
    await answers('answer-read');
    await show('after');
    await scan('B1');
    await show('blocked');
    await press('Escape');
    await scan('quitus');
    await show('already');
    await press('Escape');
    await show('end');
    await press('Alt+4', 'Tab', 'Tab', 'Tab', 'Tab');
    await show('blocks');
    await press('Shift+Tab');
    await show('notes');
    await press('Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab');
    await show('history');
    await press('Enter');
    await show('e1');
    await press('Escape', 'Down', 'Enter');
    await show('e2');
    await press('Escape', 'Down', 'Enter');
    await show('e3');
    await press('Escape', 'Down', 'Enter');
    await show('e4');
    await press('Escape', 'Down', 'Enter');
    await show('e5');
  });
});
