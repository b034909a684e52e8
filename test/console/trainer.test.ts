import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../../source/commands/context.ts';
import { openTrainedCopy } from '../../source/commands/trainer.ts';
import type { TrainedCopy } from '../../source/commands/trainer.ts';
import type { ConsoleHouse } from '../../source/console/console.tsx';
import { KEYMAP, keysOf } from '../../source/console/keymap.ts';
import type { CommandName } from '../../source/console/keymap.ts';
import { bytesOf } from '../../source/console/lessons/typing/index.ts';
import { wordsIn } from '../../source/language/index.ts';
import { patronIn, SAMPLE_BARCODE } from '../../source/training/sample.ts';
import { sitIn } from '../support/console-driver.ts';
import type { DeskDriver } from '../support/console-driver.ts';
import { TRAINING } from '../support/lesson-desk.ts';

const AT = '2026-06-08T10:00';
const NOW = Date.parse('2026-06-08T08:00:00Z');

const context = {
  options: { text: (name: string) => (name === 'at' ? AT : undefined), list: () => [], has: () => false },
  machine: { clock: () => NOW, argv: [], env: {} },
  folders: { data: '/nowhere', state: '/nowhere', config: '/nowhere' },
  settings: { get: () => undefined },
  language: 'en',
  words: wordsIn('en'),
  command: 'demo',
  input: [],
} as unknown as Context;

describe.each(['fr', 'en'] as const)("the trainer's controls of a training copy (%s)", (language) => {
  let copy: TrainedCopy;
  let desk: DeskDriver;
  const says = (fr: string, en: string): string => (language === 'fr' ? fr : en);
  const press = async (...commands: CommandName[]): Promise<void> => {
    for (const command of commands) {
      const [chord = ''] = keysOf(KEYMAP, command, language);
      await desk.bytes(bytesOf({ kind: 'key', chord: chord.length === 1 ? chord.toLowerCase() : chord }));
    }
  };
  const house = async (): Promise<ConsoleHouse> => {
    const { perform, clock, timeZone } = copy.opened;
    const bib = await copy.trainer.switchTo('bib');
    if (bib.kind !== 'signed-in') throw new Error(bib.kind);
    const place = {
      kind: 'desk',
      library: 'sci',
      code: 'PRET',
      name: '',
      libraryName: '',
      scansAtPrompt: 'wait',
    } as const;
    const signedIn = { staff: bib.staff, place };
    const none = { unstaffed: false, exports: null, jobs: null, cardSystem: null };
    return { ...none, perform, clock, timeZone, training: TRAINING, signedIn, trainer: copy.trainer };
  };

  beforeEach(async () => {
    copy = await openTrainedCopy(context, undefined);
    desk = await sitIn(await house(), { language }, () => NOW);
  });
  afterEach(async () => {
    await desk.leave();
    expect(desk.errors).toEqual([]);
    await copy.opened.house.close();
  });

  it('sets the clock to a day and an hour, or to the real time', async () => {
    await press('set-clock');
    await desk.bytes('\u0018');
    await desk.type('22/06/2026');
    await desk.press('Down');
    await desk.bytes('\u0018');
    await desk.type('17:30');
    await press('save-form');
    expect(desk.state().now).toBe(Date.parse('2026-06-22T15:30:00Z'));
    expect(await desk.answer()).toContain('17:30');
    await press('set-clock');
    await desk.press('Down', 'Down', 'Space');
    await press('save-form');
    expect(copy.trainer.standsAt()).toBeNull();
    expect(await desk.answer()).toContain(says("suit l'heure réelle", 'follows the real time'));
  });

  it('advances the clock through its nights, never back; the open record is put away', async () => {
    await desk.scan(patronIn('ordinary'), String(SAMPLE_BARCODE));
    expect(desk.state().record?.pane.loans).toBeGreaterThan(0);
    await press('advance-clock');
    await desk.bytes('\u0018');
    await desk.type('11/06/2026');
    await press('save-form');
    expect(desk.state()).toMatchObject({ record: null, screen: 'identify', now: Date.parse('2026-06-11T08:00:00Z') });
    await press('advance-clock');
    await desk.bytes('\u0018');
    await desk.type('2026-06-09');
    await press('save-form');
    expect(await desk.answer()).toContain(says("n'avance que vers plus tard", 'only goes forwards'));
  });

  it('what is typed is the day, nothing has to be taken away first; no day is today', async () => {
    await press('advance-clock');
    await desk.type(says('+2s', '+2w'));
    await press('save-form');
    expect(desk.state().now).toBe(Date.parse('2026-06-22T08:00:00Z'));
    await press('advance-clock');
    await desk.press('Down');
    await desk.bytes('\u0018');
    await desk.type('11:00');
    await press('save-form');
    expect(desk.state().now).toBe(Date.parse('2026-06-22T09:00:00Z'));
  });

  it('a form that is left takes its reminder with it', async () => {
    await press('advance-clock', 'run-night');
    expect(await desk.answer()).not.toBe('');
    await desk.press('Escape');
    expect(await desk.answer()).toBe('');
  });

  it('runs one night, and stands in the morning', async () => {
    await press('run-night');
    expect(desk.state().now).toBe(Date.parse('2026-06-09T06:00:00Z'));
    expect(await desk.answer()).toContain(says('Horloge', 'Clock'));
  });

  it('makes the copy anew after a question, with the same account at the same desk', async () => {
    await desk.scan(patronIn('ordinary'), String(SAMPLE_BARCODE));
    const before = desk.state().record?.pane.loans ?? 0;
    await press('reset-scene', 'answer-cancel');
    expect(desk.state().record?.pane.loans).toBe(before);
    await press('reset-scene', 'answer-yes');
    expect(desk.state()).toMatchObject({ record: null, screen: 'identify', staff: { name: 'bib' } });
    expect(await desk.answer()).toContain(says('comme au premier jour', 'as on its first day'));
    await desk.scan(patronIn('ordinary'));
    expect(desk.state().record?.pane.loans).toBe(before - 1);
  });

  it('switches to another account without a password, and stays at the desk where that account may', async () => {
    await press('switch-operator');
    const screen = await desk.screen();
    expect(screen.join('\n')).toContain('moniteur');
    expect(screen.find((row) => row.startsWith(' ▸'))).toContain('bib');
    for (let moves = 0; moves < 9; moves += 1) {
      const chosen = (await desk.screen()).find((row) => row.startsWith(' ▸')) ?? '';
      if (chosen.includes('moniteur')) break;
      await desk.press('Down');
    }
    await desk.press('Enter');
    expect(desk.state()).toMatchObject({
      staff: { name: 'moniteur' },
      place: { library: 'sci', code: 'PRET' },
      browse: [],
    });
  });
});
