import { describe, expect, it } from 'vitest';
import { monotonicNow, setTimerAfterInput } from '../../../source/console/keyboard/timers.ts';
import { DatabaseAway } from '../../../source/desk/away.ts';
import type { Perform } from '../../../source/desk/perform.ts';
import { takeAway } from '../../support/database-away.ts';
import { deskRuns } from '../../support/desk-script.ts';
import { kioskScript } from '../../support/kiosk-driver.ts';
import type { KioskSetting } from '../../support/kiosk-driver.ts';
import { directoryOf, enterAs, PASSWORD, withMembers } from '../../support/kiosk-people.ts';
import { smallNetwork } from '../../support/network.ts';
import { createHandClock } from '../hand-clock.ts';
import type { HandClock } from '../hand-clock.ts';

const ANA = 'UPS.ana';

/** Seconds and more pass by hand, what a keyboard waits for by itself. */
const timesOf = (clock: HandClock): Required<Pick<KioskSetting, 'now' | 'setTimer'>> => ({
  now: () => monotonicNow() + clock.now(),
  setTimer: (after, callback) =>
    after >= 1000 ? clock.setTimer(after, callback) : setTimerAfterInput(after, callback),
});

describe.each(deskRuns)('one reader after the other at a terminal, on $name in $language', (run) => {
  const script = kioskScript(run, {
    network: withMembers({ ...smallNetwork, kiosk: { idleMinutes: 2 } }),
    setting: { directory: directoryOf(ANA), library: 'sci', language: run.language },
    setUp: async ({ scene }) => {
      const ana = await scene.patron({ id: ANA, kind: 'external', lastName: 'Martin', firstName: 'Ana' });
      await scene.items({ barcode: 'B1', title: 'Optique' });
      await scene.lend(ana, 'B1');
    },
  });
  const { words } = script;
  const { account, home, keys, loans, welcome } = words.kiosk;
  const title = async (): Promise<string> => (await script.kiosk.screen())[2] ?? '';
  const isFirst = async (): Promise<void> => {
    const { kiosk } = script;
    expect(await title()).toContain(welcome.title);
    expect(kiosk.state()).toMatchObject({ who: null, answer: null, endsIn: null });
    expect(await kiosk.text()).not.toMatch(/Ana|Optique|Martin/);
  };

  it('KIO-01 a language is chosen first, by its number or with the arrows; each session chooses anew', async () => {
    const { kiosk } = script;
    for (const line of [...welcome.said, 'Français', 'English']) expect(await kiosk.text()).toContain(line);
    // Nothing else is a choice, and there is nothing to go back to.
    await kiosk.press('Escape', 'x', '9', 'Backspace', 'F1');
    await isFirst();
    const other = run.language === 'fr' ? 'en' : 'fr';
    await kiosk.press(run.language === 'fr' ? 'Down' : 'Up', 'Enter');
    expect(kiosk.state().language).toBe(other);
    expect(await title()).not.toContain(home.title);
    await kiosk.press('Escape');
    await isFirst();
    expect(kiosk.state().language).toBe(run.language);
    await script.begin();
    expect(await title()).toContain(home.title);
  });

  it('KIO-07 nobody is there any more: seconds are counted down, then the next reader finds nothing', async () => {
    const clock = createHandClock();
    const kiosk = await script.stand(timesOf(clock));
    // There is nothing to be forgotten on the first page.
    clock.advance(300_000);
    await kiosk.idle();
    expect(kiosk.state().endsIn).toBeNull();
    await enterAs(script, 'ana');
    await script.choose(account.loans(1, 0));
    clock.advance(59_000);
    await kiosk.idle();
    expect(kiosk.state().endsIn).toBeNull();
    clock.advance(31_000);
    await kiosk.idle();
    expect((await kiosk.screen())[23]).toContain(words.kiosk.endsIn(30));
    // Whoever is still there presses any key.
    await kiosk.press('Down');
    expect((await kiosk.screen())[23]).toContain(keys.escape(words.kiosk.back));
    expect(await kiosk.text()).toContain('Optique');
    clock.advance(119_000);
    await kiosk.idle();
    expect((await kiosk.screen())[23]).toContain(words.kiosk.endsIn(1));
    const before = kiosk.output().length;
    clock.advance(2000);
    await kiosk.idle();
    await isFirst();
    // What has scrolled off the screen is wiped, too.
    expect(kiosk.output().slice(before)).toContain('\u001B[3J');
  });

  it('KIO-07 F10 ends a session from every page; whoever leaves their account leaves the terminal', async () => {
    const { kiosk } = script;
    for (const place of [account.loans(1, 0), account.requests(0, 0), account.messages(0), account.history]) {
      await enterAs(script, 'ana');
      await script.choose(place);
      await kiosk.press('F10');
      await isFirst();
    }
    await script.begin();
    for (const place of [home.catalogue, home.account, home.password, home.register, home.clearance]) {
      await script.choose(place);
      await kiosk.press('F10');
      await isFirst();
      await script.begin();
    }
    await kiosk.press('Escape');
    await enterAs(script, 'ana');
    await kiosk.press('Escape');
    await isFirst();
    await enterAs(script, 'ana');
    await script.choose(account.signOut);
    await isFirst();
  });

  it('REL-03 KIO-03 the database goes away in the middle: that is said, nobody else sees anything, and it comes back', async () => {
    const { kiosk, database } = script;
    await enterAs(script, 'ana');
    await script.choose(account.loans(1, 0));
    const { back } = await takeAway(database);
    await kiosk.press(loans.renewKey);
    expect(await title()).toContain(words.kiosk.unavailableTitle);
    expect(await kiosk.flat()).toContain(words.kiosk.unavailable);
    await back();
    await kiosk.press('Escape');
    expect(await title()).toContain(account.title(''));
    await script.choose(account.loans(1, 0));
    expect(await kiosk.text()).toContain('Optique');
  });

  it('REL-03 the database is away at the start: that is said, and it is tried again, by a key or by itself', async () => {
    const clock = createHandClock();
    let isAway = true;
    const perform: Perform = async (...request) => {
      if (isAway) throw new DatabaseAway('unreachable', 'elsewhere');
      return script.scene.perform(...request);
    };
    const kiosk = await script.stand({ ...timesOf(clock), perform });
    expect(await title()).toContain(words.kiosk.unavailableTitle);
    await kiosk.press('Escape');
    expect(await title()).toContain(words.kiosk.unavailableTitle);
    isAway = false;
    clock.advance(10_000);
    await kiosk.idle();
    await isFirst();
    // Away again while one searches: one is told, and comes back to where one may begin.
    await script.begin();
    await script.choose(home.catalogue);
    isAway = true;
    await kiosk.type('opt');
    expect(await title()).toContain(words.kiosk.unavailableTitle);
    await kiosk.press('Escape');
    expect(await title()).toContain(home.title);
    isAway = false;
    await script.choose(home.catalogue);
    await kiosk.type('opt');
    expect(await kiosk.chosen()).toContain('Optique');
  });

  it('REL-03 KIO-07 a database that never answers is waited for fifteen seconds: at the first page, at the sign-in, in the account', async () => {
    const clock = createHandClock();
    const speaks = Promise.withResolvers<undefined>();
    let [isSilent, asked] = [true, Promise.withResolvers<undefined>()];
    // It takes what it is asked, and never comes to an end with it.
    const perform: Perform = async (seat, what, request, attempt) => {
      if (!isSilent) return script.scene.perform(seat, what, request, attempt);
      asked.resolve(undefined);
      const later: typeof what.run = async (...given) => {
        await speaks.promise;
        return what.run(...given);
      };
      return script.scene.perform(seat, { ...what, run: later }, request, attempt);
    };
    const isOverAfter = async (silence: Promise<unknown>): Promise<void> => {
      await silence;
      clock.advance(14_999);
      expect(clock.timersRunning()).toBeGreaterThan(0);
      expect(script.kiosk.state().page?.title).not.toBe(words.kiosk.unavailableTitle);
      clock.advance(1);
    };
    const sayingSo = async (): Promise<void> => {
      const { kiosk } = script;
      await kiosk.idle();
      expect(await title()).toContain(words.kiosk.unavailableTitle);
      isSilent = false;
      await kiosk.press('Escape');
    };
    try {
      const standing = script.stand({ ...timesOf(clock), perform });
      await asked.promise;
      clock.advance(15_000);
      const kiosk = await standing;
      await sayingSo();
      await isFirst();
      for (const step of ['sign-in', 'account'] as const) {
        await script.begin();
        await script.choose(home.account);
        await script.choose(words.kiosk.signIn.member);
        await kiosk.press('Enter');
        await script.fill('ana');
        await kiosk.type(PASSWORD);
        if (step === 'account') await kiosk.press('Enter');
        [isSilent, asked] = [true, Promise.withResolvers<undefined>()];
        kiosk.write(step === 'account' ? '1' : '\r');
        await isOverAfter(asked.promise);
        await sayingSo();
        expect(await title()).toContain(step === 'account' ? account.title('') : home.title);
        await kiosk.press('F10');
        await isFirst();
      }
    } finally {
      speaks.resolve(undefined);
    }
  });
});
