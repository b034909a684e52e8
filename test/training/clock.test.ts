import { describe, expect, it } from 'vitest';
import { addDays, dayOf, instantOf, localText } from '../../source/circulation/time.ts';
import { consultRules } from '../../source/desk/show.ts';
import { readScenario, runScenario, setScene } from '../../source/training/scenario/index.ts';
import type { ClockJob } from '../../source/training/scenario/index.ts';
import { oneKind, onDatabase } from './on-a-database.ts';

/** A job at 03:00 every night that writes down for which night it ran, and where its clock stood. */
function nightly(ran: string[], name = 'nightly'): ClockJob {
  return {
    name,
    dueAfter: (since, { timeZone }) => {
      const today = instantOf(dayOf(since, timeZone), 180, timeZone);
      return today > since ? today : instantOf(addDays(dayOf(since, timeZone), 1), 180, timeZone);
    },
    run: async (_, due, { timeZone }) => {
      ran.push(`${name} ${localText(due, timeZone)}`);
      await Promise.resolve();
    },
  };
}

describe('The clock of a scenario', () => {
  it('JOB-01 runs every job that falls in between, in order, the nights that `at` skipped included, none before the scene', async () => {
    await onDatabase(oneKind(), async ({ house }) => {
      const ran: string[] = [];
      const steps =
        '[{at: 2026-06-03T10:00}, {advance: 2026-06-04T02:59}, {advance: 2026-06-04T03:00}, {advance: 2026-06-05T10:00}]';
      const text = `{at: 2026-06-01T10:00, steps: ${steps}}`;
      const result = await runScenario(text, {
        name: 'clock',
        directory: '.',
        house,
        jobs: [nightly(ran), nightly(ran, 'second')],
      });
      expect(result.passed).toBe(true);
      expect(ran).toEqual([
        'nightly 2026-06-02T03:00',
        'second 2026-06-02T03:00',
        'nightly 2026-06-03T03:00',
        'second 2026-06-03T03:00',
        'nightly 2026-06-04T03:00',
        'second 2026-06-04T03:00',
        'nightly 2026-06-05T03:00',
        'second 2026-06-05T03:00',
      ]);
      const jobs = result.kind === 'played' ? result.steps.map((step) => step.result?.['jobs']) : [];
      expect(jobs).toEqual([
        undefined,
        ['nightly', 'second', 'nightly', 'second'],
        ['nightly', 'second'],
        ['nightly', 'second'],
      ]);
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
