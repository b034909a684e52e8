import { describe, expect, it } from 'vitest';
import { addPatronNote } from '../../source/desk/patron-notes.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { DatabaseAway } from '../../source/desk/away.ts';
import { deskRuns } from '../support/desk-script.ts';
import { allThatIsKept, attackClock, heldPerform, turn, until } from '../support/kiosk-attack.ts';
import type { AttackClock, HeldPerform } from '../support/kiosk-attack.ts';
import { kioskScript, standAt } from '../support/kiosk-driver.ts';
import type { KioskSetting } from '../support/kiosk-driver.ts';
import { givePassword, PASSWORD } from '../support/kiosk-people.ts';

const CARD = '29990001';
const SECRETS = /Zéphyrine|Victoire|29990001|Ouvrage intime|Lettre reçue|demi-mot|Abricot|recherche privée/iu;
const WIPE = '\u001B[2J\u001B[3J\u001B[H';
const IDLE = 121_000;
// What a screen keeps has nothing to do with the database.
const runs = deskRuns.filter((one) => one.language === 'fr' && one.name === 'SQLite');

describe.each(runs)('what the reader before has left, on $name', (run) => {
  const script = kioskScript(run, {
    setUp: async ({ scene }) => {
      const patron = await scene.patron({
        id: CARD,
        firstName: 'Zéphyrine',
        lastName: 'Victoire',
        birthDay: '1999-02-09',
        email: 'zephyrine.victoire@example.org',
      });
      await givePassword(scene, patron);
      await scene.patron({ id: 'OTHER' });
      await scene.items(
        ...Array.from({ length: 9 }, (_, at) => ({ barcode: `B${at}`, title: `Ouvrage intime ${at}` })),
        { barcode: 'R1', title: 'Ouvrage intime réservé' },
      );
      scene.at('2026-05-18T10:00');
      for (let at = 0; at < 8; at += 1) await scene.lend(CARD, `B${at}`, { acknowledged: true });
      await scene.lend('OTHER', 'R1');
      await scene.act(placeRequest, { patron: CARD, item: 'R1', pickup: 'sci' });
      await scene.act(addPatronNote, { patron: CARD, text: 'Lettre reçue', popup: false, visible: true });
      scene.at('2026-06-01T10:00');
    },
  });
  const { words } = script;
  const { home } = words.kiosk;
  let clock: AttackClock;
  let desk: HeldPerform;

  const stand = async (more: KioskSetting = {}): Promise<void> => {
    clock = attackClock();
    desk = heldPerform(script.scene.perform);
    await script.stand({ now: clock.now, setTimer: clock.setTimer, perform: desk.perform, ...more });
  };
  const signIn = async (): Promise<void> => {
    await script.begin();
    await script.choose(home.account);
    await script.fill(CARD, PASSWORD);
    expect(script.kiosk.state().who).toBe('Zéphyrine Victoire');
  };
  const own = async (...keys: string[]): Promise<void> => {
    await signIn();
    await script.kiosk.press(...keys);
  };
  const isWelcome = (): boolean => script.kiosk.state().page?.title === words.kiosk.welcome.title;
  const welcomed = async (): Promise<void> => {
    await until(isWelcome, 'the first page');
    await script.kiosk.idle();
  };

  /** Nothing of whoever was there is anywhere, and the next finds the terminal as the first one did. */
  const forgotten = async (setting: KioskSetting = {}): Promise<void> => {
    const { kiosk } = script;
    expect(JSON.stringify(kiosk.state())).not.toMatch(SECRETS);
    const output = kiosk.output();
    expect(await allThatIsKept(output)).not.toMatch(SECRETS);
    const wiped = output.lastIndexOf(WIPE);
    expect(wiped).toBeGreaterThan(0);
    expect(output.slice(wiped)).not.toMatch(SECRETS);
    const fresh = await standAt(script.scene, setting);
    expect(await kiosk.screen()).toEqual(await fresh.screen());
    expect(kiosk.state()).toEqual(fresh.state());
    await fresh.leave();
  };

  const PAGES: Readonly<Record<string, () => Promise<void>>> = {
    account: signIn,
    loans: async () => own('1'),
    'loans, second page': async () => own('1', 'PageDown'),
    'loans, after one was renewed': async () => own('1', words.kiosk.loans.renewKey),
    requests: async () => own('2'),
    'a request to be cancelled': async () => own('2', words.kiosk.requests.cancelKey),
    messages: async () => own('3'),
    'earlier loans': async () => own('4'),
    'a search': async () => {
      await own('5');
      await script.kiosk.type('ouvrage intime');
    },
    'a form half filled in': async () => {
      await own('6');
      await script.kiosk.type('demi-mot-de-passe');
      await script.kiosk.press('Enter');
      await script.kiosk.type('demi-mot');
    },
    'a clearance that is asked for': async () => own('7'),
    'signing in, a password half typed': async () => {
      await script.begin();
      await script.choose(home.account);
      await script.fill(CARD);
      await script.kiosk.type('Abrico');
    },
    'a search without an account': async () => {
      await script.begin();
      await script.choose(home.catalogue);
      await script.kiosk.type('recherche privée');
    },
    'a pre-registration half filled in': async () => {
      await script.begin();
      await script.choose(home.register);
      await script.fill('Victoire', 'Zéphyrine', '09/02/1999', 'zephyrine.victoire@example.org', 'demi-mot');
    },
  };
  const WAYS: Readonly<Record<string, () => Promise<void>>> = {
    F10: async () => script.kiosk.press('F10'),
    'time, nobody being there': async () => {
      clock.hand.advance(IDLE);
      await welcomed();
    },
    Escape: async () => {
      for (let times = 0; times < 9 && !isWelcome(); times += 1) await script.kiosk.press('Escape');
      expect(isWelcome()).toBe(true);
    },
  };

  for (const [way, leave] of Object.entries(WAYS)) {
    it(`KIO-07 is gone from every page after ${way}: screen, what has scrolled off it, state`, async () => {
      for (const go of Object.values(PAGES)) {
        await stand();
        await go();
        const before = `${await allThatIsKept(script.kiosk.output())} ${JSON.stringify(script.kiosk.state())}`;
        expect(before).toMatch(SECRETS);
        await leave();
        await forgotten();
      }
    });
  }

  it('KIO-07 TUI-05 nothing is said of it afterwards, nor kept by the terminal of somebody who listens', async () => {
    for (const go of Object.values(PAGES)) {
      await stand({ screenReader: true });
      await go();
      expect(script.kiosk.output()).not.toContain(PASSWORD);
      await script.kiosk.press('F10');
      await forgotten({ screenReader: true });
    }
  });

  it('KIO-07 QUI-03 is gone after a clearance, which ends the account', async () => {
    for (let at = 0; at < 8; at += 1) await script.scene.giveBack(`B${at}`);
    await stand();
    await signIn();
    await script.choose(words.kiosk.account.clearance);
    await script.kiosk.type('2');
    expect(await script.kiosk.flat()).toContain('zephyrine.victoire@example.org');
    await script.kiosk.press('Escape');
    expect(isWelcome()).toBe(true);
    await forgotten();
  });

  it('KIO-07 REL-05 is gone at once where something has failed, before the terminal goes on', async () => {
    await stand();
    await signIn();
    desk.hold('own-loans');
    script.kiosk.write('1');
    await desk.asked();
    // Pasted for the session that is about to fail, and never ended.
    script.kiosk.write('\u001B[200~1');
    await turn();
    await desk.answer(new Error('a bug'));
    await until(() => script.kiosk.state().who === null, 'the end of the session');
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect(await allThatIsKept(script.kiosk.output())).not.toMatch(SECRETS);
    expect(JSON.stringify(script.kiosk.state())).not.toMatch(SECRETS);
    clock.hand.advance(2000);
    await until(isWelcome, 'the first page');
    clock.hand.advance(5000);
    await welcomed();
    expect(isWelcome()).toBe(true);
    await forgotten();
    expect((script.kiosk.errors as unknown[]).splice(0)).toEqual([new Error('a bug')]);
  });

  const LATE: Readonly<Record<string, { action: string; go: () => Promise<void>; keys: string }>> = {
    loans: { action: 'own-loans', go: signIn, keys: '1' },
    'another page of loans': {
      action: 'own-loans',
      go: async () => own('1'),
      keys: '\u001B[6~',
    },
    'a renewal': { action: 'renew', go: async () => own('1'), keys: words.kiosk.loans.renewKey },
    'a search': {
      action: 'search-public',
      go: async () => own('5'),
      keys: 'ouvrage intime',
    },
    'signing in': {
      action: 'sign-in-patron',
      go: async () => {
        await script.begin();
        await script.choose(home.account);
        await script.fill(CARD);
      },
      keys: `${PASSWORD}\r`,
    },
  };

  for (const [what, { action, go, keys }] of Object.entries(LATE)) {
    it(`KIO-07 REL-04 an answer that comes late is nobody’s, and is not waited for: ${what}`, async () => {
      const endings = [
        ['F10', undefined],
        ['F10', new DatabaseAway('silent', 'there')],
        ['time', new Error('late')],
      ] as const;
      for (const [way, error] of endings) {
        await stand();
        await go();
        desk.hold(action);
        script.kiosk.write(keys);
        await desk.asked();
        // Typed ahead: Enter and numbers, which would go on to anything.
        script.kiosk.write('1\r2\r');
        for (let turns = 0; turns < 6; turns += 1) await turn();
        clock.hand.advance(300);
        if (way === 'F10') script.kiosk.write('\u001B[21~');
        if (way === 'time') clock.hand.advance(IDLE);
        await welcomed();
        await forgotten();
        // The next one is not kept waiting by it.
        await script.begin();
        await desk.answer(error);
        await script.kiosk.idle();
        expect(script.kiosk.state()).toMatchObject({ who: null, answer: null, working: false });
        expect(script.kiosk.state().page?.title).toBe(home.title);
        await script.choose(home.catalogue);
        await script.kiosk.type('zzz');
        await script.kiosk.press('F10');
        await forgotten();
      }
    });
  }
});
