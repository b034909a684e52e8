import { describe, expect, it } from 'vitest';
import { deskRuns } from '../../support/desk-script.ts';
import { kioskScript } from '../../support/kiosk-driver.ts';
import { formPage, givePassword, PASSWORD } from '../../support/kiosk-people.ts';
import { smallNetwork } from '../../support/network.ts';

const CARD = '2999000000017';
/** The same on a French keyboard without Shift, as a scanner sends it that believes in an American one. */
const GARBLED = 'éçççààààààà&è';
const SCANNER = { prefixes: ['~'], suffixes: ['%'], startStop: ['code39'], frenchDigits: true } as const;

describe.each(deskRuns)('cards at a terminal of the patrons, on $name in $language', (run) => {
  const script = kioskScript(run, {
    network: {
      ...smallNetwork,
      libraries: smallNetwork.libraries.map((one) => (one.code === 'sci' ? { ...one, scanner: SCANNER } : one)),
    },
    setting: { library: 'sci' },
    setUp: async ({ scene }) => {
      const eve = await scene.patron({ id: CARD, kind: 'internal', firstName: 'Ève', lastName: 'Durand' });
      await givePassword(scene, eve);
      await scene.items({ barcode: 'B1', title: 'Optique', isbn: '9782070360024' });
    },
  });
  const { words } = script;
  const { account, clearance, home, password, signIn } = words.kiosk;
  const toSignIn = async (): Promise<void> => {
    await script.begin();
    await script.choose(home.account);
  };
  const values = (): (string | boolean)[] => formPage(script).form.fields.map((one) => one.value);

  it('TUI-03 KIO-02 are read as at the desk: prefix, suffix, start and stop, digits that the keyboard garbled', async () => {
    const { kiosk } = script;
    for (const scan of [`~*${CARD}*%`, GARBLED, ` ${CARD} `]) {
      await toSignIn();
      await kiosk.scan(scan);
      expect(values()).toEqual([CARD, '']);
      await kiosk.type(PASSWORD);
      await kiosk.press('Enter');
      expect((await kiosk.screen())[2]).toContain(account.title('Ève Durand'));
      await kiosk.press('F10');
    }
    await script.begin();
    await script.choose(home.clearance);
    await kiosk.scan(`~${CARD}%`);
    expect(values()[0]).toBe(CARD);
    await kiosk.press('Escape');
    await script.choose(home.password);
    await script.choose(password.code);
    await kiosk.scan(GARBLED);
    expect(values()[0]).toBe(CARD);
    await kiosk.press('Escape', 'Escape');
    await script.choose(home.catalogue);
    await kiosk.scan('~9782070360024%');
    expect(await kiosk.chosen()).toContain('Optique');
  });

  it('TUI-03 REL-07 read twice is read once: the second reading is no password, and nothing is counted as wrong', async () => {
    const { kiosk } = script;
    await toSignIn();
    await kiosk.bytes(`~${CARD}%\r~${CARD}%\r~${CARD}%\r`);
    expect(values()).toEqual([CARD, '']);
    expect(formPage(script).form.problem).toBeUndefined();
    expect(await kiosk.chosen()).toContain(signIn.password);
    await kiosk.type(PASSWORD);
    await kiosk.press('Enter');
    expect(kiosk.state().who).toBe('Ève Durand');
    expect(await script.database.sql('select * from sign_in_attempts where failures > 0')).toEqual([]);
  });

  it('TUI-03 KIO-02 another card takes the place of the one before; what is being typed stays', async () => {
    const { kiosk } = script;
    await toSignIn();
    await kiosk.scan('4006381333931');
    await kiosk.press('Up');
    await kiosk.scan(CARD);
    expect(values()).toEqual([CARD, '']);
    await kiosk.type('Nectarine-8');
    await kiosk.press('Enter');
    expect(await kiosk.flat()).toContain(`! ${signIn.wrong}`);
    await kiosk.press('Up', 'Delete');
    await kiosk.type('1234567');
    await kiosk.press('Down');
    await kiosk.type('Nectarine-8');
    await kiosk.press('Enter', 'Up');
    await kiosk.scan(CARD);
    expect(values()).toEqual([CARD, '']);
    await kiosk.press('Escape');
    // A slow line may carry the end of a number that is typed in one piece.
    await script.choose(home.clearance);
    await kiosk.type(CARD.slice(0, 6));
    await kiosk.bytes(`${CARD.slice(6)}\r`);
    expect(values()[0]).toBe(CARD);
    expect(await kiosk.chosen()).toContain(clearance.birthDay);
  });

  it('KIO-01 a choice is made with the key of its digit, with Shift and without, on a French keyboard too', async () => {
    const { kiosk } = script;
    await kiosk.type('é');
    expect(kiosk.state().language).toBe('en');
    await kiosk.press('Escape');
    await kiosk.type('&');
    expect(kiosk.state().language).toBe('fr');
    await kiosk.type('à');
    expect((await kiosk.screen())[2]).not.toContain(words.kiosk.welcome.title);
    await kiosk.type('&');
    expect(kiosk.state().page?.body).toMatchObject({ kind: 'list' });
  });
});
