import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../../source/commands/context.ts';
import { fileCalled, openLessonHouse } from '../../source/commands/lesson-house.ts';
import { Failure } from '../../source/commands/failure.ts';
import { openTrainedCopy } from '../../source/commands/trainer.ts';
import type { TrainedCopy } from '../../source/commands/trainer.ts';
import { jobHistory } from '../../source/desk/jobs.ts';
import { lend } from '../../source/desk/lend.ts';
import { currentNetwork, loadNetwork } from '../../source/desk/networks.ts';
import { addStaff } from '../../source/desk/staff-accounts.ts';
import { showLoan } from '../../source/desk/show.ts';
import { openHouse } from '../../source/desk/house.ts';
import { wordsIn } from '../../source/language/index.ts';
import { SCENE_BUILDER } from '../../source/training/scenario/stage.ts';
import { patronIn, SAMPLE_BARCODE } from '../../source/training/sample.ts';

const AT = '2026-06-08T10:00';
const NOW = Date.parse('2026-06-08T08:00:00Z');
const HOUR = 3_600_000;

/** A command line with these options, on a machine whose clock stands. */
const contextWith = (options: Readonly<Record<string, string>>): Context =>
  ({
    options: { text: (name: string) => options[name], list: () => [], has: () => false },
    machine: { clock: () => NOW, argv: [], env: {} },
    folders: { data: '/nowhere', state: '/nowhere', config: '/nowhere' },
    settings: { get: () => undefined },
    language: 'en',
    words: wordsIn('en'),
    command: 'demo',
    input: [],
  }) as unknown as Context;

describe('What a trainer does to a training copy (spec 9)', () => {
  let folder: string;
  let copy: TrainedCopy | undefined;
  const open = async (options: Readonly<Record<string, string>>): Promise<TrainedCopy> => {
    copy = await openTrainedCopy(contextWith(options), options['db']);
    return copy;
  };
  const lendOne = async ({ opened, trainer }: TrainedCopy) => {
    const signedIn = await trainer.switchTo('bib');
    if (signedIn.kind !== 'signed-in') throw new Error(signedIn.kind);
    const seat = { staff: signedIn.staff, place: { kind: 'desk', library: 'sci', code: 'PRET' } } as const;
    return opened.perform(seat, lend, { patron: patronIn('ordinary'), barcode: String(SAMPLE_BARCODE) });
  };
  const loanOf = async ({ opened }: TrainedCopy) =>
    opened.perform(SCENE_BUILDER, showLoan, { barcode: String(SAMPLE_BARCODE) });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'guichet-trainer-'));
  });
  afterEach(async () => {
    await copy?.opened.house.close();
    copy = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  it('sets its clock, also back, and lets it follow the real one', async () => {
    const { opened, trainer } = await open({ at: AT });
    expect(trainer.standsAt()).toBe(NOW);
    expect(await trainer.setClock(NOW - 24 * HOUR)).toBe(true);
    expect(opened.clock()).toBe(NOW - 24 * HOUR);
    expect(await trainer.setClock('real')).toBe(true);
    expect(trainer.standsAt()).toBeNull();
    expect(opened.clock()).toBe(NOW);
  });

  it('advances it through the nights between, and never back', async () => {
    const { opened, trainer } = await open({ at: AT });
    const progress: number[] = [];
    const night = await trainer.runNight((now) => progress.push(now));
    expect(night).toBeGreaterThan(NOW);
    expect(night).toBeLessThan(NOW + 24 * HOUR);
    expect(opened.clock()).toBe(night);
    expect(await trainer.advance(NOW + 72 * HOUR, (now) => progress.push(now))).toBe(true);
    expect(progress.length).toBeGreaterThan(3);
    expect(await trainer.advance(NOW)).toBe(false);
    const runs = await opened.perform(SCENE_BUILDER, jobHistory, { window: { offset: 0, limit: 200 } });
    if (runs.kind !== 'history') throw new Error(runs.kind);
    const days = runs.lines.filter((one) => one.job === 'nightly').map((one) => one.day);
    expect(new Set(days)).toEqual(new Set(['2026-06-08', '2026-06-09', '2026-06-10']));
  });

  it.each(['in memory', 'in a file'])('makes the copy anew, %s', async (where) => {
    const db = where === 'in a file' ? { db: `sqlite:${path.join(folder, 'class.db')}` } : {};
    const made = await open({ ...db, at: AT });
    expect(made.trainer.throwAway).toBe(where === 'in memory');
    expect(await lendOne(made)).toMatchObject({ kind: 'lent' });
    await made.trainer.setClock(NOW + HOUR);
    expect(await made.trainer.resetScene()).toEqual({ seat: null });
    expect(made.opened.clock()).toBe(NOW);
    expect(await loanOf(made)).toMatchObject({ loan: null });
    expect(await lendOne(made)).toMatchObject({ kind: 'lent' });
    expect(await made.opened.house.check()).toEqual([]);
  });

  it('switches between its accounts without a password', async () => {
    const { trainer } = await open({ at: AT });
    const names = (await trainer.operators()).map((one) => one.name);
    expect(names).toEqual(expect.arrayContaining(['bib', 'moniteur', 'chef', 'admin']));
    expect(await trainer.switchTo('chef')).toMatchObject({ kind: 'signed-in', staff: { name: 'chef' } });
    expect(await trainer.switchTo('nobody')).toMatchObject({ kind: 'unknown' });
  });

  it('never touches a working database', async () => {
    const db = `sqlite:${path.join(folder, 'work.db')}`;
    const house = openHouse(db);
    await house.migrate();
    const perform = house.at(() => NOW);
    const sample = await openTrainedCopy(contextWith({ at: AT }), undefined);
    const found = await sample.opened.perform(SCENE_BUILDER, currentNetwork, {});
    await sample.opened.house.close();
    if (found.kind !== 'network' || !found.network) throw new Error('no network');
    await perform(SCENE_BUILDER, loadNetwork, { network: found.network, difference: [] });
    await perform(SCENE_BUILDER, addStaff, { name: 'jo', password: null, roles: [{ role: 'operator', library: '*' }] });
    await house.close();
    await expect(openTrainedCopy(contextWith({ db }), db)).rejects.toBeInstanceOf(Failure);
  });
});

describe('guichet demo --scenario', () => {
  it('opens the console in the lesson, signed in at its desk, with what a trainer may do there', async () => {
    const { opened, house } = await openLessonHouse(contextWith({}), await fileCalled(contextWith({}), 'late-return'));
    try {
      expect(house.lesson?.name).toBe('late-return.yaml');
      expect(house.signedIn).toMatchObject({ staff: { name: 'bib' }, place: { library: 'sci', code: 'PRET' } });
      const before = house.clock();
      expect(await house.trainer?.setClock('real')).toBe(false);
      expect(await house.trainer?.setClock(before - 1)).toBe(false);
      const night = await house.trainer?.runNight();
      expect(house.clock()).toBe(night);
      expect(await house.trainer?.resetScene()).toMatchObject({ seat: { staff: { name: 'bib' } } });
      expect(house.clock()).toBe(before);
      const other = await house.lessons?.open('grace.yaml');
      expect(other).toHaveProperty('lesson');
      expect(await house.lessons?.open('../secret.yaml')).toHaveProperty('errors');
    } finally {
      await opened.house.close();
    }
  });

  it('says everything that is wrong with a file that is no scenario', async () => {
    await expect(fileCalled(contextWith({}), '/nowhere/at-all.yaml')).rejects.toBeInstanceOf(Failure);
  });
});
