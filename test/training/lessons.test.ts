import { describe, expect, it } from 'vitest';
import { lend } from '../../source/desk/lend.ts';
import { addPatronNote } from '../../source/desk/patron-notes.ts';
import { endSession, openPatron, overrideRecord } from '../../source/desk/patrons.ts';
import { quickAdd } from '../../source/desk/quick-add.ts';
import { renew } from '../../source/desk/renew.ts';
import { returnItem } from '../../source/desk/return-item.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import { findLetters } from '../../source/desk/letters-find.ts';
import { linesOf, openLesson } from '../../source/training/lessons/index.ts';
import type { Lesson, LessonEvent } from '../../source/training/lessons/index.ts';
import { readScenario } from '../../source/training/scenario/index.ts';
import { SCENE_BUILDER } from '../../source/training/scenario/stage.ts';

const errorsIn = (text: string): unknown[] => {
  const reading = readScenario(text, 'lesson.yaml');
  return 'errors' in reading ? reading.errors.map(({ problem, path, line }) => [problem, path, line]) : [];
};

describe('A lesson is checked when its file is read', () => {
  it('names the path and the line of everything that is wrong', () => {
    const long = 'word '.repeat(40).trim();
    const text = `title: {fr: Un retour}
lesson:
  manual: IV.2
  chapter: 16
  order: 1
  page: {fr: Retours, en: Returns}
  learn: {fr: Ceci., en: ${'x'.repeat(151)}}
  place: moon
at: 2026-06-01T10:00
steps:
  - return: {item: B1}
    say: {fr: '{returns} puis {scan}', en: '{returns}'}
  - return: {item: B1}
    say: {fr: ${long}, en: Return it}
  - return: {item: B1}
    say: {fr: Rendre}
  - return: {item: B1}
    then: {fr: a, en: b}
  - letters: {}
    say: {fr: a, en: b}
  - console: {command: dance}
`;
    expect(errorsIn(text)).toEqual([
      ['missing-key', 'title.en', 1],
      ['out-of-range', 'lesson.chapter', 4],
      ['too-long', 'lesson.learn.en', 7],
      ['not-one-of', 'lesson.place', 8],
      ['unknown-command', 'steps[0].say.fr', 12],
      ['said-too-long', 'steps[1].say.fr', 14],
      ['missing-key', 'steps[2].say.en', 16],
      ['missing-key', 'steps[3].say', 17],
      ['not-guided', 'steps[4].say', 20],
      ['unknown-command', 'steps[5].console.command', 21],
    ]);
  });

  it('guides through what is done where it is followed: a patron at their terminal lends nothing, and a desk signs no patron in', () => {
    const head = (place: string): string => `at: 2026-06-01T10:00
lesson: {manual: T.1, chapter: 1, order: 1, page: {fr: a, en: b}, learn: {fr: a, en: b}, place: ${place}}
steps:
`;
    const steps = `  - lend: {patron: P1, item: B1}
    say: {fr: a, en: b}
  - sign-in: {id: P1, password: x}
    say: {fr: '{code}', en: b}
  - renew: {patron: P1, at: kiosk}
    say: {fr: a, en: b}
  - renew: {patron: P1}
    say: {fr: a, en: b}
`;
    expect(errorsIn(head('kiosk') + steps)).toEqual([
      ['not-guided', 'steps[0].say', 5],
      ['not-guided', 'steps[3].say', 11],
    ]);
    expect(errorsIn(head('desk') + steps)).toEqual([
      ['not-guided', 'steps[1].say', 7],
      ['not-guided', 'steps[2].say', 9],
    ]);
  });

  it('gives a plain title to both languages, and counts a key as six characters', () => {
    const reading = readScenario(
      `{title: A, at: 2026-06-01T10:00, steps: [{done: , say: {fr: '${'x'.repeat(69)} {answer-override}', en: b}}]}`,
      'a.yaml',
    );
    expect(reading).toMatchObject({ scenario: { title: 'A', titles: { fr: 'A', en: 'A' } } });
    expect(linesOf('un deux trois', 8)).toEqual(['un deux', 'trois']);
    expect(linesOf('un\ndeux', 8)).toEqual(['un', 'deux']);
  });
});

const HEAD = `at: 2026-06-01T10:00
desk: sci/PRET
patrons: [{id: P1, name: Martin, email: ana@example.org}, {id: P2, name: Dupont}]
items: [{barcode: B1, title: Algèbre, location: sci/63S}, {barcode: B2, title: Optique, location: sci/63S}, {barcode: B3, title: Chimie, location: MAN/MAG}]
steps:
`;
const SAY = 'say: {fr: Faites-le, en: Do it}';

/** Follows a lesson of these steps, with everything that it told. */
async function following(
  steps: string,
  work: (on: { lesson: Lesson; events: LessonEvent[]; kinds: () => string[] }) => Promise<void>,
): Promise<void> {
  const opening = await openLesson({ text: HEAD + steps, name: 'test.yaml', directory: '.' });
  if ('errors' in opening) throw new Error(JSON.stringify(opening.errors));
  const { lesson } = opening;
  const events: LessonEvent[] = [];
  lesson.listen((event) => events.push(event));
  const kinds = () => events.map((one) => one.kind).filter((kind) => kind !== 'changed' && kind !== 'clock');
  try {
    await work({ lesson, events, kinds });
  } finally {
    await lesson.close();
  }
}

async function idOf(lesson: Lesson, patron: string): Promise<number> {
  const opened = await lesson.perform(lesson.seat(), openPatron, { patron });
  if (opened.kind !== 'opened') throw new Error(`no ${patron}`);
  return opened.pane.patron.id;
}

const LEND = `  - lend: {patron: P1, item: B1}
    expect: {outcome: lent}
    ${SAY}
    then: {fr: Prêté, en: Lent}
`;

describe('A lesson watches what is done, not how', () => {
  it('goes on when the step has been done, and tells what it meant', async () => {
    await following(`${LEND}  - done: {patron: P1}\n    ${SAY}\n`, async ({ lesson, events, kinds }) => {
      expect(lesson.position()).toEqual({ at: 1, of: 2 });
      const patron = await idOf(lesson, 'P1');
      await lesson.perform(lesson.seat(), lend, { patron, barcode: ' b1 ' });
      await lesson.settled();
      expect(events).toContainEqual({ kind: 'done', number: 1, then: { fr: 'Prêté', en: 'Lent' }, by: 'trainee' });
      expect(lesson.current()).toMatchObject({ kind: 'do', number: 2, name: 'done' });
      await lesson.perform(lesson.seat(), endSession, { patron, loans: [], because: 'done' });
      await lesson.settled();
      expect(lesson.current()).toBeNull();
      expect(kinds()).toEqual(['done', 'done', 'finished']);
    });
  });

  it('takes another way to the same result', async () => {
    const added = `  - lend: {patron: P1, item: NEW1}\n    expect: {outcome: lent}\n    ${SAY}\n`;
    await following(added, async ({ lesson }) => {
      const patron = await idOf(lesson, 'P1');
      const made = { barcode: 'NEW1', holding: 'new', title: 'Chimie', patron } as const;
      await lesson.perform(lesson.seat(), quickAdd, made);
      await lesson.settled();
      expect(lesson.current()).toBeNull();
    });
  });

  it('takes the same work in another order, and forgets that when it is undone or taken back', async () => {
    const steps = `${LEND}  - lend: {patron: P1, item: B2}
    expect: {outcome: lent}
    ${SAY}
  - done: {patron: P1}
    ${SAY}
`;
    await following(steps, async ({ lesson, events, kinds }) => {
      const patron = await idOf(lesson, 'P1');
      const lent = async (barcode: string): Promise<void> => {
        await lesson.perform(lesson.seat(), lend, { patron, barcode });
        await lesson.settled();
      };
      await lent('B2');
      expect(lesson.wrong()).toBeNull();
      expect(lesson.current()).toMatchObject({ number: 1 });
      await lent('B1');
      expect(lesson.current()).toMatchObject({ number: 3, name: 'done' });
      expect(kinds()).toEqual(['done', 'done']);
      expect(events.findLast((one) => one.kind === 'done')).toMatchObject({ number: 1 });
      await lesson.reset();
      await lent('B2');
      await lesson.perform(lesson.seat(), returnItem, { barcode: 'B2' });
      expect(lesson.wrong()).not.toBeNull();
      await lent('B1');
      expect(lesson.current()).toMatchObject({ number: 2 });
      await lesson.reset();
      await lent('B2');
      await lesson.takeBack();
      await lent('B1');
      expect(lesson.current()).toMatchObject({ number: 2 });
    });
  });

  it('RET-03 SCAN-01 takes a scan and a return for the same, where nobody has the item on loan', async () => {
    const steps = `  - request: {patron: P1, item: B3, pickup: sci}
  - scan-in: {item: B3}
    expect: {instruction: hold-shelf, patron: P1}
    ${SAY}
  - return: {item: B1}
    expect: {outcome: not-on-loan, next: reshelve}
    ${SAY}
`;
    await following(steps, async ({ lesson }) => {
      await lesson.perform(lesson.seat(), returnItem, { barcode: 'B3' });
      await lesson.settled();
      expect(lesson.current()).toMatchObject({ number: 3 });
      await lesson.perform(lesson.seat(), scanIn, { barcode: 'B1' });
      await lesson.settled();
      expect(lesson.current()).toBeNull();
    });
  });

  it('takes several items one by one, and together with others', async () => {
    const steps = `  - lend: {patron: P1, item: B1}
  - lend: {patron: P1, item: B2}
  - at: 2026-06-19T10:00
  - renew: {items: [B1, B2]}
    ${SAY}
`;
    await following(steps, async ({ lesson }) => {
      await lesson.perform(lesson.seat(), renew, { barcodes: ['B2'] });
      await lesson.settled();
      expect(lesson.wrong()).toBeNull();
      expect(lesson.current()).toMatchObject({ number: 4 });
      await lesson.perform(lesson.seat(), renew, { barcodes: ['B1'] });
      await lesson.settled();
      expect(lesson.current()).toBeNull();
    });
  });

  it('takes a block that was overridden when the record was opened for the whole gesture', async () => {
    const steps = `  - lend: {patron: P1, item: B1}
  - advance: 2026-06-30T10:00
  - lend: {patron: P1, item: B2}
    expect: {outcome: blocked, blocks: [PATRON_OVERDUE]}
    ${SAY}
  - lend: {patron: P1, item: B2, override: [PATRON_OVERDUE]}
    expect: {outcome: lent}
    ${SAY}
`;
    await following(steps, async ({ lesson, kinds }) => {
      const patron = await idOf(lesson, 'P1');
      const codes = ['PATRON_OVERDUE'] as const;
      await lesson.perform(lesson.seat(), overrideRecord, { patron, override: { codes } });
      expect(lesson.wrong()).toBeNull();
      await lesson.perform(lesson.seat(), lend, { patron, barcode: 'B2', standing: codes });
      await lesson.settled();
      expect(kinds()).toEqual(['done', 'done', 'finished']);
    });
    await following(steps, async ({ lesson }) => {
      const patron = await idOf(lesson, 'P1');
      await lesson.perform(lesson.seat(), lend, { patron, barcode: 'B2' });
      await lesson.settled();
      expect(lesson.current()).toMatchObject({ number: 4, continues: true });
    });
  });

  it('counts a console command when it was run and the screen shows what it names', async () => {
    const steps = `  - console: {command: columns, keys: [Down], sees: {fr: Cote, en: Call number}}\n    ${SAY}\n`;
    await following(steps, async ({ lesson }) => {
      lesson.commandRun('help', 'Cote');
      expect(lesson.current()).not.toBeNull();
      lesson.commandRun('columns', 'nothing yet');
      expect(lesson.current()).not.toBeNull();
      lesson.commandRun('', 'Titre  Call number');
      await lesson.settled();
      expect(lesson.current()).toBeNull();
    });
  });
});

describe('A wrong turn', () => {
  const steps = `  - lend: {patron: P1, item: B1}
  - advance: 2026-06-19T10:00
  - renew: {item: B1}
    expect: {outcome: renewed}
    ${SAY}
`;

  it('is what changes something and is not asked; looking and moving about are none', async () => {
    await following(LEND, async ({ lesson, kinds }) => {
      const patron = await idOf(lesson, 'P2');
      await lesson.perform(lesson.seat(), lend, { patron, barcode: 'NOWHERE' });
      await lesson.perform(lesson.seat(), endSession, { patron, loans: [], because: 'next-patron' });
      expect(kinds()).toEqual([]);
      await lesson.perform(lesson.seat(), lend, { patron, barcode: 'B1' });
      expect(lesson.wrong()).toMatchObject({ action: 'lend', because: 'subject', result: { outcome: 'lent' } });
      await lesson.perform(lesson.seat(), addPatronNote, { patron, text: 'x' });
      expect(lesson.wrong()).toMatchObject({ because: 'other', done: { name: 'note' } });
      expect(kinds()).toEqual(['wrong', 'wrong']);
    });
  });

  it('is made good if the step is reached all the same', async () => {
    await following(LEND, async ({ lesson }) => {
      const patron = await idOf(lesson, 'P1');
      await lesson.perform(lesson.seat(), lend, { patron, barcode: 'B2' });
      expect(lesson.wrong()).not.toBeNull();
      await lesson.perform(lesson.seat(), lend, { patron, barcode: 'B1' });
      await lesson.settled();
      expect(lesson.wrong()).toBeNull();
      expect(lesson.current()).toBeNull();
    });
  });

  it('has not been, when it is taken back', async () => {
    await following(steps, async ({ lesson, kinds }) => {
      const { perform } = lesson;
      const now = lesson.clock();
      await perform(lesson.seat(), returnItem, { barcode: 'B1' });
      expect(lesson.wrong()).toMatchObject({ action: 'return', because: 'other' });
      await lesson.takeBack();
      expect(kinds()).toEqual(['wrong', 'anew']);
      expect(lesson.wrong()).toBeNull();
      expect(lesson.clock()).toBe(now);
      expect(lesson.current()).toMatchObject({ number: 3 });
      await perform(lesson.seat(), renew, { barcodes: ['B1'] });
      await lesson.settled();
      expect(lesson.current()).toBeNull();
      expect(lesson.drift()).toEqual([]);
      await lesson.reset();
      expect(lesson.current()).toMatchObject({ number: 3 });
    });
  });
});

describe('What a lesson does itself', () => {
  const steps = `  - lend: {patron: P1, item: B1}
  - advance: 2026-06-30T10:00
    say: {fr: Quatre semaines plus tard, en: Four weeks later}
  - return: {item: B1}
    expect: {outcome: returned, daysLate: 8}
    ${SAY}
`;

  it('announces a jump in time, waits, and runs the nights between', async () => {
    await following(steps, async ({ lesson, events }) => {
      const told = lesson.current();
      expect(told).toMatchObject({ kind: 'told', say: { en: 'Four weeks later' }, from: lesson.clock() });
      await lesson.goOn();
      expect(lesson.clock()).toBe(Date.parse('2026-06-30T08:00:00Z'));
      const nights = events.flatMap((one) => (one.kind === 'clock' && one.now < one.to ? [one.now] : []));
      expect(nights.length).toBeGreaterThan(28);
      const letters = await lesson.perform(SCENE_BUILDER, findLetters, {
        patron: 'P1',
        letterKind: 'courtesy',
        window: { offset: 0, limit: 10 },
      });
      expect(letters).toMatchObject({ kind: 'letters', total: 1 });
      expect(lesson.current()).toMatchObject({ kind: 'do', name: 'return' });
    });
  });

  it('plays a step for a trainer, and sets its clock only forwards', async () => {
    await following(steps, async ({ lesson, kinds }) => {
      await lesson.skip();
      await lesson.skip();
      expect(kinds().slice(-1)).toEqual(['finished']);
      expect(lesson.drift()).toEqual([]);
      expect(await lesson.advance(lesson.clock() - 1)).toBe(false);
      expect(await lesson.setClock(lesson.clock() + 60_000)).toBe(true);
    });
  });

  it('ends the session of the console with all its loans, where the file says so', async () => {
    const session = `${LEND}  - done: {patron: P1}\n  - lend: {patron: P2, item: B2}\n    ${SAY}\n`;
    await following(session, async ({ lesson, events }) => {
      const patron = await idOf(lesson, 'P1');
      await lesson.perform(lesson.seat(), lend, { patron, barcode: 'B1' });
      await lesson.settled();
      expect(events).toContainEqual({ kind: 'session-ended', patron });
      expect(lesson.current()).toMatchObject({ number: 3 });
    });
  });

  it('tells who sits where when somebody else takes over', async () => {
    const other = `${LEND}  - as: chef\n  - desk: MAN/PRET\n  - lend: {patron: P2, item: B2}\n    ${SAY}\n`;
    await following(other, async ({ lesson, events }) => {
      const patron = await idOf(lesson, 'P1');
      await lesson.perform(lesson.seat(), lend, { patron, barcode: 'B1' });
      await lesson.settled();
      expect(events.filter((one) => one.kind === 'seated')).toHaveLength(2);
      expect(lesson.seat()).toMatchObject({ staff: { name: 'chef' }, place: { library: 'MAN', code: 'PRET' } });
    });
  });

  it('guides every step of a file without texts, and tells of every move of its clock', async () => {
    const bare = `  - lend: {patron: P1, item: B1}
    expect: {outcome: lent}
  - show: {patron: P1}
  - advance: 2026-06-03T10:00
  - return: {item: B1}
`;
    await following(bare, async ({ lesson }) => {
      expect(lesson.current()).toMatchObject({ kind: 'do', name: 'lend', say: null });
      await lesson.skip();
      expect(lesson.current()).toMatchObject({ kind: 'told', name: 'advance', say: null });
      await lesson.goOn();
      expect(lesson.current()).toMatchObject({ kind: 'do', name: 'return' });
      expect(lesson.position()).toEqual({ at: 3, of: 3 });
    });
  });
});
