import { describe, expect, it } from 'vitest';
import type { JobName } from '../../source/circulation/jobs.ts';
import { localText } from '../../source/circulation/time.ts';
import { consultRules } from '../../source/desk/show.ts';
import type { Job } from '../../source/jobs/index.ts';
import { readScenario, runScenario, setScene } from '../../source/training/scenario/index.ts';
import { oneKind, onDatabase } from './on-a-database.ts';

/** A job of every night that writes down which day it ran for. */
const nightly = (ran: string[], name: JobName): Job => ({
  name,
  schedule: { every: 'night' },
  work: async ({ day, asOf, network }) => {
    ran.push(`${name} ${day ?? '-'} ${localText(asOf, network.timeZone)}`);
    await Promise.resolve();
  },
});

describe('The clock of a scenario', () => {
  it('JOB-01 runs every job that falls in between, in order, the nights that `at` skipped included, none before the scene', async () => {
    await onDatabase(oneKind(), async ({ house }) => {
      const ran: string[] = [];
      const steps =
        '[{at: 2026-06-03T10:00}, {advance: 2026-06-04T00:29}, {advance: 2026-06-04T00:30}, {advance: 2026-06-05T10:00}]';
      const text = `{at: 2026-06-01T10:00, steps: ${steps}}`;
      const result = await runScenario(text, {
        name: 'clock',
        directory: '.',
        house,
        jobs: [nightly(ran, 'purge-letters'), nightly(ran, 'lift-blocks')],
      });
      expect(result.passed).toBe(true);
      const nights = ['2026-06-01', '2026-06-02', '2026-06-03', '2026-06-04'];
      const at = ['2026-06-02T00:30', '2026-06-03T00:30', '2026-06-04T00:30', '2026-06-05T00:30'];
      expect(ran).toEqual(
        nights.flatMap((day, one) => [`lift-blocks ${day} ${at[one] ?? ''}`, `purge-letters ${day} ${at[one] ?? ''}`]),
      );
      const jobs = result.kind === 'played' ? result.steps.map((step) => step.result?.['jobs']) : [];
      expect(jobs).toEqual([undefined, ['nightly', 'nightly'], ['nightly'], ['nightly']]);
    });
  });

  it('stands still until a step moves it', async () => {
    await onDatabase(oneKind(), async ({ house }) => {
      const reading = readScenario('{at: 2026-06-01T10:00}', 'clock');
      if ('errors' in reading) throw new Error('no scenario');
      const setting = await setScene(reading, { directory: '.', house });
      if ('errors' in setting) throw new Error('no scene');
      const { stage } = setting;
      const request = { group: 'L', location: 'N7/LIB' };
      expect(await stage.act(consultRules, request)).toEqual(await stage.act(consultRules, request));
      expect(stage.localNow).toBe('2026-06-01T10:00');
    });
  });

  it('never goes back', async () => {
    await onDatabase(oneKind(), async ({ house }) => {
      const text =
        '{at: 2026-06-01T10:00, steps: [{at: 2026-06-01T09:59}, {advance: 2026-05-31T10:00}, {at: 2026-06-01T10:00}]}';
      const result = await runScenario(text, { name: 'clock', directory: '.', house });
      const fails = result.kind === 'played' ? result.steps.map(({ result: one, at }) => [one?.fails, at]) : [];
      expect(fails).toEqual([
        ['INVALID', '2026-06-01T10:00'],
        ['INVALID', '2026-06-01T10:00'],
        [undefined, '2026-06-01T10:00'],
      ]);
    });
  });
});
