import { describe, expect, it } from 'vitest';
import { KEYMAP } from '../../source/console/keymap.ts';
import { changeItem } from '../../source/desk/catalogue-items.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { addPatronNote } from '../../source/desk/patron-notes.ts';
import { NOBODY } from '../../source/desk/sign-in.ts';
import { bytesOf } from '../support/console-driver.ts';
import { deskRuns } from '../support/desk-script.ts';
import { attackClock, watchedPerform } from '../support/kiosk-attack.ts';
import type { Called } from '../support/kiosk-attack.ts';
import { checkKiosk, kioskScript } from '../support/kiosk-driver.ts';
import { directoryOf, givePassword, PASSWORD, withMembers } from '../support/kiosk-people.ts';
import { smallNetwork } from '../support/network.ts';
import { randomFrom } from '../support/random.ts';
import { REPORTS } from './terminal-sequences.ts';

const CARD = '29990001';
/** Whoever is not at this terminal, and what staff alone may read. */
const OTHERS = /Secret|AUTRE-CARTE/iu;
const runs = deskRuns.filter((one) => one.language === 'fr');
const network = {
  ...withMembers(smallNetwork),
  kiosk: { idleMinutes: 2, terms: { fr: 'Règles de la bibliothèque', en: 'Rules' } },
};

/** Raw bytes, as they come from a cable: no text encoding between. */
const raw = (text: string): string => Buffer.from(text, 'latin1') as unknown as string;

const controls = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('') + '\u007F';
const eightBit = Array.from({ length: 32 }, (_, code) => String.fromCharCode(0x80 + code)).join('');
/** These leave the page: they come last. */
const LEAVING = ['Escape', 'F10'];
const chords = [
  ...KEYMAP.flatMap(({ keys }) => ('fr' in keys ? [keys.fr, keys.en] : keys)),
  ...Array.from({ length: 12 }, (_, at) => [`F${at + 1}`, `Shift+F${at + 1}`, `Ctrl+F${at + 1}`]).flat(),
  ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ', (one) => [`Ctrl+${one}`, `Alt+${one}`, `Alt+Ctrl+${one}`]).flat(),
  ...Array.from('0123456789', (one) => `Alt+${one}`),
].filter((one) => !LEAVING.includes(one));
const SHIFTED = ['11', '12', '13', '14', '15', '17', '18', '19', '20', '21', '23', '24'];
/** The bytes of any chord, function keys with Shift or Ctrl too. */
function chordBytes(chord: string): string {
  const [, modifier, number] = /^(Shift|Ctrl)\+F(\d+)$/.exec(chord) ?? [];
  if (modifier === undefined) return bytesOf(chord);
  return `\u001B[${SHIFTED[Number(number) - 1]};${modifier === 'Shift' ? 2 : 5}~`;
}
/** So many chords come in one piece. */
const TOGETHER = 5;
/** Terminals answer questions, report mice and focus, and paste; lines break off. */
const SEQUENCES = [
  ...Object.values(REPORTS),
  '\u001B[200~rm -rf / ; $(reboot) `reboot` | sh\u001B[201~',
  '\u001B[200~:!sh\n!sh\n\u001B[201~',
  '\u001B]52;c;c2VjcmV0\u0007',
  '\u001BP1$r0m\u001B\\',
  '\u001B[200~',
  '\u001B[201~',
  '\u001B[',
  '\u001B]0;',
  '\u001B[<0;1',
  '\u00E9\u00C3',
  '\u00F0\u009F\u0098',
  '\u00FF\u00FE\u00C0\u0080\u00ED\u00A0\u0080',
  '\u001B\u0003\u001B\u001A',
];

describe.each(runs)('any bytes at the patrons’ terminal, on $name', (run) => {
  let watched: ReturnType<typeof watchedPerform>;
  let patron: number;
  const script = kioskScript(run, {
    network,
    setting: { library: 'sci', directory: directoryOf('nobody') },
    setUp: async ({ scene }) => {
      patron = await scene.patron({ id: CARD, firstName: 'Ana', birthDay: '1999-02-09' });
      await givePassword(scene, patron);
      await scene.patron({ id: 'AUTRE-CARTE', firstName: 'Secret', lastName: 'Secretson', birthDay: '1999-02-09' });
      await scene.items(
        ...Array.from({ length: 6 }, (_, at) => ({ barcode: `B${at}`, title: `Titre ${at}` })),
        { barcode: 'R1', title: 'Titre réservé' },
        { barcode: 'R2', title: 'Titre prêté' },
      );
      await scene.act(changeItem, { barcode: 'R2', change: { internalNote: 'Secret' } });
      for (let at = 0; at < 5; at += 1) await scene.lend(CARD, `B${at}`);
      for (const barcode of ['R1', 'R2']) await scene.lend('AUTRE-CARTE', barcode);
      await scene.act(placeRequest, { patron: CARD, item: 'R1', pickup: 'sci' });
      await scene.act(addPatronNote, { patron: CARD, text: 'Un message', visible: true });
      await scene.act(addPatronNote, { patron: CARD, text: 'Secret du personnel' });
    },
  });
  const { words } = script;
  const { home, signIn, password } = words.kiosk;

  const stand = async (): Promise<void> => {
    const clock = attackClock();
    watched = watchedPerform(script.scene.perform);
    await script.stand({ perform: watched.perform, now: clock.now, setTimer: clock.setTimer });
    script.scene.at('2026-06-01T10:00');
    await script.database.sql('delete from sign_in_attempts');
  };
  const entered = async (...keys: string[]): Promise<void> => {
    await script.begin();
    await script.choose(home.account);
    await script.choose(signIn.own);
    await script.fill(CARD, PASSWORD);
    expect(script.kiosk.state().who).not.toBeNull();
    await script.kiosk.press(...keys);
  };
  const through = async (...labels: string[]): Promise<void> => {
    await script.begin();
    for (const label of labels) await script.choose(label);
  };
  const PAGES: Readonly<Record<string, () => Promise<void>>> = {
    'the first page': async () => undefined,
    home: async () => script.begin(),
    'the search': async () => through(home.catalogue),
    'what was found': async () => {
      await through(home.catalogue);
      await script.kiosk.type('titre');
    },
    'a title': async () => {
      await through(home.catalogue);
      await script.kiosk.type('titre');
      await script.kiosk.press('Enter');
    },
    'ways to sign in': async () => through(home.account),
    'signing in': async () => through(home.account, signIn.own),
    institutions: async () => through(home.account, signIn.member),
    'signing in as a member': async () => {
      await through(home.account, signIn.member);
      await script.kiosk.press('Enter');
    },
    passwords: async () => through(home.password),
    'a forgotten password': async () => through(home.password, password.forgotten),
    'a code': async () => through(home.password, password.code),
    terms: async () => through(home.register),
    'pre-registration': async () => {
      await through(home.register);
      await script.kiosk.type(words.kiosk.register.onwardKey);
    },
    clearance: async () => through(home.clearance),
    account: async () => entered(),
    loans: async () => entered('1'),
    requests: async () => entered('2'),
    'cancelling a request': async () => entered('2', words.kiosk.requests.cancelKey),
    messages: async () => entered('3'),
    'earlier loans': async () => entered('4'),
    'requesting a title': async () => {
      await entered('5');
      await script.kiosk.type('titre 5');
      await script.kiosk.press('Enter', words.kiosk.catalogue.requestKey);
    },
    'changing the password': async () => entered('6'),
    'asking for a clearance': async () => entered('7'),
  };

  /** Everything asked of the desk was asked as a patron, of what is for patrons, and named nobody but who has signed in. */
  const honest = (calls: readonly Called[]): void => {
    for (const { action, kiosk, seat, request, outcome } of calls) {
      expect([action, kiosk]).toEqual([action, expect.stringMatching(/^(?:anybody|self)$/u)]);
      expect(seat).toMatchObject({ staff: NOBODY, place: null, kiosk: { terminal: 'hall', library: 'sci' } });
      expect([null, patron]).toContain(seat.kiosk?.patron);
      const named = (request as { patron?: unknown }).patron;
      if (named !== undefined) expect([action, named, seat.kiosk?.patron]).toEqual([action, patron, patron]);
      expect(outcome).not.toMatchObject({ kind: 'not-permitted' });
      expect(JSON.stringify(outcome)).not.toMatch(OTHERS);
    }
  };
  /** The terminal lives, shows a whole page, and nothing of anybody else. */
  const whole = async (): Promise<void> => {
    const { kiosk } = script;
    // Whatever has begun (a paste, a sequence) is ended first, as patience would.
    await kiosk.bytes('\u001B[201~');
    const screen = await kiosk.screen();
    checkKiosk(screen);
    expect(kiosk.errors).toEqual([]);
    expect(kiosk.output()).not.toMatch(OTHERS);
    honest(watched.calls);
    // F10, then a search by somebody else: it still works.
    await kiosk.press('F10');
    expect(kiosk.state()).toMatchObject({ who: null, page: { title: words.kiosk.welcome.title } });
  };
  const send = async (bytes: string): Promise<void> => {
    script.kiosk.write(raw(bytes));
    // What is left open is ended: an unfinished paste would swallow the keys that follow.
    script.kiosk.write('\u001B[201~');
    await script.kiosk.idle();
  };

  const pages = Object.entries(PAGES);

  // What a screen makes of bytes has nothing to do with the database; what reaches the database has.
  const here = run.name === 'SQLite' ? pages : [];
  it.each(here)(
    'KIO-07 REL-05 REL-08 control characters, every chord of the desk, sequences, halves: %s',
    async (_, go) => {
      await stand();
      await go();
      const { page } = script.kiosk.state();
      for (let at = 0; at < chords.length; at += TOGETHER)
        await send(
          chords
            .slice(at, at + TOGETHER)
            .map(chordBytes)
            .join(''),
        );
      for (const sequence of SEQUENCES) await send(sequence);
      await send(controls);
      await send(eightBit);
      for (const chord of LEAVING) await send(chordBytes(chord));
      await whole();
      expect(page).not.toBeNull();
    },
  );

  it.each(here)('KIO-07 REL-05 random bytes: %s', async (name, go) => {
    for (let seed = 1; seed <= 2; seed += 1) {
      await stand();
      await go();
      const below = randomFrom(seed * 1000 + name.length);
      for (let times = 0; times < 12; times += 1) {
        const letters = times % 2 === 0 ? 256 : 64;
        const bytes = Array.from({ length: 1 + below(60) }, () => String.fromCharCode(below(letters)));
        await send(bytes.join(''));
      }
      await whole();
    }
  });

  it('KIO-07 REL-05 REL-06 what databases dislike, in every field: nothing, halves of characters, quotes, far too much', async () => {
    const odd = [
      '\0',
      'a\0b',
      "' or 1=1 --",
      '%_%',
      '\u00ED\u00A0\u0080',
      '\u00FF',
      '$1 ?',
      '\u001B[2J',
      'x'.repeat(10_000),
    ];
    for (const [name, go] of pages) {
      await stand();
      await go();
      for (const text of odd) {
        // Lines of a paste come with their control characters, as a scanner's would; each ends with Enter.
        await send(`\u001B[200~${text}\n${text}\n\u001B[201~`);
        if (script.kiosk.state().page?.body.kind === 'form') await script.kiosk.press('Down');
      }
      await whole();
      expect([name, script.kiosk.errors]).toEqual([name, []]);
    }
  });
});
