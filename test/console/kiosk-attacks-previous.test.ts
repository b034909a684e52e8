import { describe, expect, it } from 'vitest';
import { addPatronNote } from '../../source/desk/patron-notes.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { DatabaseAway } from '../../source/desk/away.ts';
import { deskRuns } from '../support/desk-script.ts';
import { allThatIsKept, attackClock, heldPerform, turn } from '../support/kiosk-attack.ts';
import type { AttackClock, HeldPerform } from '../support/kiosk-attack.ts';
import { kioskScript, standAt } from '../support/kiosk-driver.ts';
import type { KioskSetting } from '../support/kiosk-driver.ts';
import { givePassword, PASSWORD } from '../support/kiosk-people.ts';

const CARD = '29990001';
const SECRETS = /Zéphyrine|Victoire|29990001|Ouvrage intime|Lettre reçue|demi-mot|Abricot|recherche privée/iu;
const WIPE = '\u001B[2J\u001B[3J\u001B[H';
const IDLE = 121_000;
const runs = deskRuns.filter((one) => one.language === 'fr');

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
    while (!isWelcome()) await turn();
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
    const { timeZone, ...state } = kiosk.state();
    expect(JSON.stringify({ ...state, timeZone })).toBe(JSON.stringify(fresh.state()));
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
      while (!isWelcome()) await script.kiosk.press('Escape');
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
    await script.database.sql('delete from requests');
    for (let at = 0; at < 8; at += 1) await script.scene.giveBack(`B${at}`);
    await script.database.sql('delete from patron_blocks');
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
    await desk.answer(new Error('a bug'));
    while (script.kiosk.state().who !== null) await turn();
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect(await allThatIsKept(script.kiosk.output())).not.toMatch(SECRETS);
    expect(JSON.stringify(script.kiosk.state())).not.toMatch(SECRETS);
    // What was pasted for the session that failed, and ended too late, is not typed in the next.
    script.kiosk.write('\u001B[200~1');
    clock.hand.advance(2000);
    while (!isWelcome()) await turn();
    clock.hand.advance(5000);
    await welcomed();
    expect(isWelcome()).toBe(true);
    await forgotten();
    expect(script.kiosk.errors.splice(0)).toEqual([new Error('a bug')]);
  });

  const LATE: Readonly<Record<string, { action: string; go: () => Promise<void>; keys: string }>> = {
    loans: { action: 'own-loans', go: signIn, keys: '1' },
    'a page of earlier loans': {
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
      for (const way of ['F10', 'time'] as const) {
        for (const error of [undefined, new DatabaseAway('silent'), new Error('late')]) {
          await stand();
          await go();
          desk.hold(action);
          script.kiosk.write(keys);
          await desk.asked();
          // Typed ahead: Enter and numbers, which would go on to anything.
          script.kiosk.write('1\r2\r');
          for (let turns = 0; turns < 6; turns += 1) await turn();
          if (way === 'F10') script.kiosk.write('\u001B[21~');
          // A list is moved key by key: what comes after waits its turn, but not longer than anybody is there.
          const isInTurn = way === 'F10' && !['a page of earlier loans'].includes(what);
          if (!isInTurn) clock.hand.advance(IDLE);
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
      }
    });
  }
});
