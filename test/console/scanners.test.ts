import { describe, expect, it } from 'vitest';
import { deskRuns, deskScript } from '../support/desk-script.ts';
import { withLibrary } from '../support/network.ts';
import { createHandClock } from './hand-clock.ts';

const ANA = '9921000000164';
const B1 = '37000034179';
const AZERTY = ['à', '&', 'é', '"', "'", '(', '-', 'è', '_', 'ç'];
/** What a scanner set to another keyboard types for these digits on a French one. */
const garbled = (digits: string): string =>
  Array.from(digits)
    .map((one) => AZERTY[Number(one)])
    .join('');

const people = async ({ scene }: ReturnType<typeof deskScript>): Promise<void> => {
  await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
  await scene.items({ barcode: B1, title: 'Optique' }, { barcode: '37000034180', title: 'Logique' });
};

describe.each(deskRuns)('scanners as they come, on $name in $language', (run) => {
  const script = deskScript(run, { setUp: people });
  const { words } = script;

  it('TUI-03 digits that a French keyboard layout garbled are put right: card and item', async () => {
    const { desk } = script;
    expect(garbled('1234567890')).toBe('&é"\'(-è_çà');
    await desk.scan(garbled(ANA));
    expect((await desk.screen())[2]).toContain('MARTIN Ana');
    await desk.scan(garbled(B1));
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
    await desk.press('F3');
    await desk.scan(`  ${garbled(B1)} `);
    expect(await desk.answer()).toMatch(/^(RENDU|RETURNED) · /);
  });

  it('TUI-03 a slow scanner that garbles digits, a key at a time, lends the right item as well', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    for (const key of garbled(B1)) await desk.type(key);
    await desk.press('Enter');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
  });

  it('TUI-03 the barcode just handled is one scan within two seconds, and another one later', async () => {
    const clock = createHandClock();
    const desk = await script.sit({ seat: script.scene.bib, now: clock.now, setTimer: clock.setTimer });
    await desk.press('F4');
    await desk.scan(B1, B1);
    clock.advance(1500);
    await desk.scan(B1);
    expect(await script.rows()).toHaveLength(1);
    clock.advance(2100);
    await desk.scan(B1);
    expect(await script.rows()).toHaveLength(2);
    await desk.scan('37000034180', B1);
    expect(await script.rows()).toHaveLength(4);
  });

  it('TUI-03 an answered question is an act of its own: the same barcode may be read at once', async () => {
    const { desk } = script;
    await desk.scan(ANA, B1);
    await desk.press('Alt+X');
    await script.answers('answer-yes');
    await desk.scan(B1);
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
  });

  it('TUI-11 the bell is by outcome: silent, once, twice; Ctrl+G stops it at this desk, and it is remembered', async () => {
    const { desk, scene } = script;
    await scene.items({ barcode: 'C1000', title: 'Chimie', location: 'buc/SALLE' });
    const rings = async (work: () => Promise<unknown>, at = desk): Promise<number> => {
      const before = at.bells();
      await work();
      return at.bells() - before;
    };
    expect(await rings(async () => desk.scan(ANA))).toBe(0);
    expect(await rings(async () => desk.scan(B1))).toBe(0);
    expect(await rings(async () => desk.scan('NOPE99'))).toBe(2);
    await desk.press('F4');
    expect(await rings(async () => desk.scan('C1000'))).toBe(1);
    await desk.press('Ctrl+G');
    expect(await desk.answer()).toBe(words.console.modes.bellOff);
    expect((await desk.screen())[0]).toContain(words.console.modes.silent);
    expect(await rings(async () => desk.scan('NOPE98'))).toBe(0);
    const again = await script.sit();
    expect((await again.screen())[0]).toContain(words.console.modes.silent);
    expect(await rings(async () => again.scan('NOPE97'), again)).toBe(0);
    await again.press('Ctrl+G');
    expect(await rings(async () => again.scan('NOPE96'), again)).toBe(2);
  });
});

describe.each(deskRuns)('scanners of a library that has settings, on $name in $language', (run) => {
  const script = deskScript(run, {
    network: withLibrary('sci', {
      scanner: {
        prefixes: [']C1', '~'],
        suffixes: ['#'],
        startStop: ['code39', 'codabar'],
        frenchDigits: false,
        checkDigit: { scheme: 'luhn', keep: false },
      },
    }),
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      // 7992739871 with Luhn's check digit: 79927398713.
      await scene.items({ barcode: '7992739871', title: 'Optique' }, { barcode: 'ABC123', title: 'Logique' });
    },
  });
  const { words } = script;

  it('TUI-03 prefix, suffix, start and stop characters and a right check digit are taken off', async () => {
    const { desk } = script;
    await desk.press('F4');
    for (const code of [']C179927398713', '~79927398713#', '*79927398713*', 'A79927398713B', '*ABC123*']) {
      await desk.scan(code, 'ABC123');
      await desk.press('F4');
    }
    const rows = await script.rows();
    expect(rows.filter((one) => one.includes(words.console.scanIn.notDone))).toEqual([]);
    expect(rows.filter((one) => one.includes('Optique'))).toHaveLength(4);
  });

  it('TUI-11 a wrong check digit is named as half read, never as an item to be made', async () => {
    const { desk } = script;
    await desk.scan(ANA, '79927398710');
    expect(await desk.answer()).toBe(words.console.unknownBarcode.halfRead('79927398710'));
  });
});

describe.each(deskRuns)('barcode patterns of a library, on $name in $language', (run) => {
  const script = deskScript(run, {
    network: withLibrary('sci', { barcodes: { patron: ['99\\d{11}'], item: ['37\\d{9}'] } }),
    setUp: people,
  });
  const { words } = script;

  it('TUI-11 a card that nobody knows in the item field, and a half-read barcode, are named as such', async () => {
    const { desk } = script;
    await desk.scan(ANA, '9921000000999');
    expect(await desk.answer()).toBe(words.console.unknownBarcode.newCard('9921000000999', 'Alt+7'));
    await desk.scan('3700003');
    expect(await desk.answer()).toBe(words.console.unknownBarcode.halfRead('3700003'));
    await desk.scan('3700003417', '3700003');
    expect(desk.state().prompt).toBeNull();
    await desk.scan('37000099999');
    expect(await desk.answer()).toBe(words.console.loan.unknown('37000099999', 'Ctrl+N'));
  });

  it('TUI-11 the same where items are returned and scanned in, and an item where a card is awaited', async () => {
    const { desk } = script;
    await desk.scan('37000099999');
    expect(await desk.answer()).toBe(words.console.unknownBarcode.item('37000099999'));
    for (const place of ['F3', 'F4']) {
      await desk.press(place);
      await desk.scan('9921000000999');
      expect(await desk.answer()).toBe(words.console.unknownBarcode.card('9921000000999'));
      await desk.scan('370000');
      expect(await desk.answer()).toBe(words.console.unknownBarcode.halfRead('370000'));
    }
  });

  it('PAT-01 TUI-11 a card that is known opens its record wherever it is scanned', async () => {
    const { desk } = script;
    for (const place of ['F3', 'F4', 'Alt+C']) {
      await desk.press(place);
      await desk.scan(ANA);
      expect((await desk.screen())[2]).toContain('MARTIN Ana');
      await desk.press('F8');
    }
  });
});
