import { describe, expect, it } from 'vitest';
import { blockPatron } from '../../source/desk/patron-blocks.ts';
import type { Perform } from '../../source/desk/perform.ts';
import { deskRuns } from '../support/desk-script.ts';
import { attackClock } from '../support/kiosk-attack.ts';
import type { AttackClock } from '../support/kiosk-attack.ts';
import { kioskScript } from '../support/kiosk-driver.ts';
import { directoryOf, givePassword, PASSWORD, withMembers } from '../support/kiosk-people.ts';
import { smallNetwork } from '../support/network.ts';
import { tablesWith } from '../support/secrets.ts';

const BEAT = 500;
/** What the house takes to answer, in turn: less and more than a beat, and nearly one. None of them leaves a pause of the keyboard's. */
const WORK = [7, 130, 399, 501, 730, 1203, 60];
const runs = deskRuns.filter((one) => one.language === 'fr');

/** All as long as each other, so that their screens can be compared. */
const NAMES = {
  known: 'KNOWN-0001',
  'locked already': 'LOCKED-001',
  'without a password': 'BARE-00001',
  'of an institution': 'MEMBER-001',
  unknown: 'NOBODY-001',
};

describe.each(runs)('somebody who guesses at the screen, on $name', (run) => {
  let clock: AttackClock;
  let asked: string[] = [];
  const script = kioskScript(run, {
    network: withMembers(smallNetwork),
    setting: { directory: directoryOf(NAMES['of an institution']) },
    setUp: async ({ scene }) => {
      for (const id of [NAMES.known, NAMES['locked already']]) {
        const patron = await scene.patron({ id, birthDay: '1999-02-09', email: `${id}@example.org` });
        await givePassword(scene, patron);
      }
      await scene.patron({ id: NAMES['without a password'] });
      await scene.patron({ id: NAMES['of an institution'], kind: 'external', birthDay: '1999-02-09' });
    },
  });
  const { words } = script;
  const { home, signIn, password, clearance } = words.kiosk;

  /** Another terminal of the same house, each answer of which takes as long as it is told here. */
  const stand = async (terminal: string): Promise<void> => {
    clock = attackClock();
    asked = [];
    let turn = 0;
    const perform: Perform = async (seat, what, request, attempt) => {
      const outcome = await script.scene.perform(seat, what, request, attempt);
      asked.push(what.name);
      clock.hand.advance(WORK[turn % WORK.length] ?? 0);
      turn += 1;
      return outcome;
    };
    await script.stand({ terminal, perform, now: clock.now, setTimer: clock.setTimer });
  };
  const through = async (...labels: string[]): Promise<void> => {
    await script.begin();
    for (const label of labels) await script.choose(label);
  };
  /** What the form says is wrong, and the whole screen without the name that was typed. */
  const said = async (name: string) => {
    const body = script.kiosk.state().page?.body;
    return {
      problem: body?.kind === 'form' ? body.form.problem?.text : body?.kind,
      screen: (await script.kiosk.text()).replaceAll(name, 'X'.repeat(name.length)),
    };
  };
  /** Enter is pressed: when the answer is there, a whole number of beats has passed. */
  const inBeats = async (press: () => Promise<void>): Promise<void> => {
    const before = clock.now();
    await press();
    const passed = clock.now() - before;
    expect([passed % BEAT, passed > 0]).toEqual([0, true]);
  };
  const forget = async (): Promise<unknown> =>
    script.database.sql("delete from sign_in_attempts where subject like 'terminal:%'");

  /** Three wrong ones: the account is locked. */
  const lock = async (name: string): Promise<void> => {
    await stand('another');
    await through(home.account, signIn.own);
    await script.fill(name, 'faux-un');
    for (const guess of ['faux-deux', 'faux-trois']) await script.fill(guess);
    await forget();
  };

  it('KIO-02 REL-07 whoever is named, the screen says the same, letter by letter, at a whole beat', async () => {
    await lock(NAMES['locked already']);
    const answers: { problem: string | undefined; screen: string }[] = [];
    for (const [at, name] of Object.values(NAMES).entries()) {
      await stand(`hall ${at}`);
      await through(home.account, signIn.own);
      await script.fill(name);
      // The right one where it is locked: told no more than another.
      const typed = name === NAMES['locked already'] ? PASSWORD : 'Cerise-88';
      await inBeats(async () => script.fill(typed));
      answers.push(await said(name));
    }
    expect(answers[0]?.problem).toBe(signIn.wrong);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('KIO-02 REL-07 at the form of an institution too: internal readers, unknown names, wrong passwords', async () => {
    const answers: { problem: string | undefined; screen: string }[] = [];
    for (const [at, name] of Object.values(NAMES).entries()) {
      await stand(`hall ${at}`);
      await through(home.account, signIn.member);
      await script.kiosk.press('Enter');
      await script.fill(name);
      // An internal reader's own password, right as it is here, opens nothing.
      await inBeats(async () => script.fill(name === NAMES.known ? PASSWORD : 'Cerise-88'));
      answers.push(await said(name));
    }
    expect(answers[0]?.problem).toBe(signIn.wrong);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('KIO-02 REL-07 a forgotten password, a code, a clearance, a pre-registration: known or not, the screen is one', async () => {
    const forms: Readonly<Record<string, (name: string) => Promise<void>>> = {
      'a forgotten password': async (name) => {
        await through(home.password, password.forgotten);
        await inBeats(async () => script.fill(name));
      },
      'a code': async (name) => {
        await through(home.password, password.code);
        await script.fill(name, 'AAAAA-AAAAA', 'Cerise-88', 'Cerise-88');
        await inBeats(async () => script.kiosk.press('Enter'));
      },
      'a clearance': async (name) => {
        await through(home.clearance);
        await script.fill(name);
        await inBeats(async () => script.fill('10/02/1999'));
      },
      'a pre-registration': async (name) => {
        const email = `${name}@example.org`;
        await through(home.register);
        await script.fill(
          'Nom',
          'Prenom',
          '09/02/1999',
          email,
          'Cerise-88',
          'Cerise-88',
          '1 rue X',
          '',
          '31000',
          'Ville',
        );
        await script.fill('', '', '', '');
        await inBeats(async () => script.kiosk.press('Enter'));
        expect(script.kiosk.state().page?.title).toBe(words.kiosk.register.doneTitle);
      },
    };
    for (const [what, fill] of Object.entries(forms)) {
      const answers: unknown[] = [];
      for (const [at, name] of Object.values(NAMES).entries()) {
        await stand(`${what} ${at}`);
        await fill(name);
        answers.push(await said(name));
      }
      for (const answer of answers) expect([what, answer]).toEqual([what, answers[0]]);
    }
  });

  it(
    'KIO-02 REL-07 100 guesses: three are compared with the password, the terminal waits after five and says so',
    { timeout: 180_000 },
    async () => {
      const told: (string | undefined)[] = [];
      const guess = async (typed: string): Promise<void> => {
        await inBeats(async () => script.fill(typed));
        told.push((await said(NAMES.known)).problem);
      };
      // Forty from one terminal, which is started again and again.
      for (let round = 0; round < 10; round += 1) {
        await stand('hall');
        await through(home.account, signIn.own);
        await script.fill(NAMES.known);
        for (let at = 0; at < 4; at += 1) await guess(`Cerise-${round}${at}`);
      }
      const wait = words.kiosk.wait(1);
      expect(told).toEqual([
        ...Array.from({ length: 5 }, () => signIn.wrong),
        ...Array.from({ length: 35 }, () => wait),
      ]);
      await guess(PASSWORD);
      expect(told.at(-1)).toBe(wait);
      // Sixty more from others.
      told.splice(0);
      for (let terminal = 0; terminal < 12; terminal += 1) {
        await stand(`reading room ${terminal}`);
        await through(home.account, signIn.own);
        await script.fill(NAMES.known);
        for (let at = 0; at < 5; at += 1) await guess(at === 4 ? PASSWORD : `Fraise-${terminal}${at}`);
      }
      expect(told).toEqual(Array.from({ length: 60 }, () => signIn.wrong));
      const [known] = await script.database.sql<{ failures: number; locked_until: number }>(
        "select failures, locked_until from sign_in_attempts where subject like 'patron:%'",
      );
      expect([known?.failures, Number(known?.locked_until)]).toEqual([3, script.scene.now() + 60_000]);
      // The account is nobody's but its owner's a minute later.
      script.scene.at('2026-06-01T10:02');
      await stand('upstairs');
      await through(home.account, signIn.own);
      await script.fill(NAMES.known, PASSWORD);
      expect(script.kiosk.state().who).not.toBeNull();
    },
  );

  it('KIO-02 REL-07 whoever guesses at one account locks that one out, and nobody else who comes to another terminal', async () => {
    await lock(NAMES.known);
    await stand('first floor');
    await through(home.account, signIn.own);
    await script.fill(NAMES['locked already'], PASSWORD);
    expect(script.kiosk.state().who).not.toBeNull();
  });

  it('KIO-02 REL-07 USR-11 the present password cannot be guessed either by whoever finds a terminal signed in', async () => {
    await stand('hall');
    await through(home.account, signIn.own);
    await script.fill(NAMES.known, PASSWORD);
    await script.choose(words.kiosk.account.change);
    const told: (string | undefined)[] = [];
    for (const guess of ['faux-1', 'faux-2', 'faux-3', PASSWORD, 'faux-5', PASSWORD]) {
      await script.fill(guess, 'Cerise-88', 'Cerise-88');
      await inBeats(async () => script.kiosk.press('Enter'));
      told.push((await said(NAMES.known)).problem);
    }
    const { wrongCurrent } = password;
    expect(told).toEqual([...Array.from({ length: 5 }, () => wrongCurrent), words.kiosk.wait(1)]);
  });

  it('REL-06 REL-07 USR-11 nothing of what was typed is written anywhere: no password, no code, no name', async () => {
    const typed = ['Mon-Secret-8', 'secret-name-77', 'ABCDE-FGHJK', 'Autre-Secret-9'] as const;
    const [wrong, name, code, fresh] = typed;
    await stand('hall');
    await through(home.account, signIn.own);
    await script.fill(name, wrong);
    await script.kiosk.press('F10');
    // A password one field too early.
    await through(home.account, signIn.own);
    await script.fill(wrong, 'x');
    await script.kiosk.press('F10');
    await through(home.account, signIn.member);
    await script.kiosk.press('Enter');
    await script.fill(name, wrong);
    await script.kiosk.press('F10');
    await through(home.password, password.forgotten);
    await script.fill(name);
    await script.kiosk.press('F10');
    await stand('upstairs');
    await through(home.password, password.code);
    await script.fill(NAMES.known, code, fresh, fresh);
    await script.kiosk.press('Enter', 'F10');
    await through(home.clearance);
    await script.fill(name, '10/02/1999');
    expect((await said(name)).problem).toBe(clearance.notFound);
    await script.kiosk.press('F10');
    await through(home.account, signIn.own);
    await script.fill(NAMES.known, PASSWORD);
    expect(script.kiosk.state().who).not.toBeNull();
    await script.choose(words.kiosk.account.change);
    await script.fill(wrong, fresh, fresh);
    await script.kiosk.press('Enter');
    expect((await said(name)).problem).toBe(password.wrongCurrent);
    await script.fill(PASSWORD, fresh, fresh);
    await script.kiosk.press('Enter');
    expect(script.kiosk.state().answer?.text).toBe(password.changed);
    await script.kiosk.press('F10');
    for (const secret of [...typed, PASSWORD, 'Cerise-88']) {
      expect([secret, await tablesWith(script.database, secret)]).toEqual([secret, []]);
    }
    for (const masked of [wrong, fresh, PASSWORD]) expect(script.kiosk.output()).not.toContain(masked);
    expect(asked).toContain('change-own-password');
    await script.scene.act(blockPatron, { patron: NAMES.known, type: 'MANUAL' });
    expect(await tablesWith(script.database, NAMES.known)).not.toEqual([]);
  });
});
