import { describe, expect, it } from 'vitest';
import { runScenario } from '../../source/training/scenario/index.ts';
import { oneKind, onDatabase } from './on-a-database.ts';

describe('The jobs that run as the clock advances', () => {
  it('JOB-01 `advance` runs all of them for every night, day and month that falls in between', async () => {
    await onDatabase(oneKind(), async ({ house }) => {
      const text = `{at: 2026-06-28T10:00, steps: [{at: 2026-06-29T07:00}, {advance: 2026-06-30T00:29}, {advance: 2026-07-02T10:00},
        {run: {job: nightly, day: 2026-07-01}}, {run: monthly}, {advance: 2026-07-02T11:00}]}`;
      const result = await runScenario(text, { name: 'nights', directory: '.', house });
      expect(result.passed).toBe(true);
      const jobs = result.kind === 'played' ? result.steps.map((step) => step.result?.['jobs']) : [];
      expect(jobs.slice(0, 3)).toEqual([
        undefined,
        ['nightly', 'hold-reminders'],
        ['nightly', 'hold-reminders', 'nightly', 'monthly', 'hold-reminders', 'nightly', 'hold-reminders'],
      ]);
      expect(Object.keys(jobs[3] as object)).toContain('move-due-dates');
      expect(Object.keys(jobs[4] as object)).toEqual(['close-lost-loans']);
      expect(jobs[5]).toEqual([]);
    });
  });

  it.each([
    ['{run: nightly-run}', 'steps[0].run'],
    ['{run: {job: nightly, day: yesterday}}', 'steps[0].run.day'],
    ['{letters: {kind: love-letter}}', 'steps[0].letters.kind'],
  ])('a step that names what there is not is found before anything is played: %s', async (step, path) => {
    await onDatabase(oneKind(), async ({ house }) => {
      const text = `{at: 2026-06-28T10:00, steps: [${step}]}`;
      const result = await runScenario(text, { name: 'wrong', directory: '.', house });
      expect(result.kind === 'unreadable' ? result.errors.map((one) => one.path) : []).toEqual([path]);
    });
  });

  it('JOB-02 the night of a day that is not over cannot be run', async () => {
    await onDatabase(oneKind(), async ({ house }) => {
      const text = `{at: 2026-06-28T10:00, steps: [{run: {job: nightly, day: 2026-06-28}, fails: INVALID, expect: {path: day, problem: in-the-future}}]}`;
      expect(await runScenario(text, { name: 'early', directory: '.', house })).toMatchObject({ passed: true });
    });
  });
});
