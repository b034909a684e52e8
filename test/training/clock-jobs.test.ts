import { describe, expect, it } from 'vitest';
import { localText, parseLocal } from '../../source/circulation/time.ts';
import { CLOCK_JOBS } from '../../source/training/scenario/clock-jobs.ts';
import { runScenario } from '../../source/training/scenario/index.ts';
import { network } from '../support/network.ts';
import { oneKind, onDatabase } from './on-a-database.ts';

/** When a job runs after a local time. */
function next(name: string, since: string, timeZone = 'Europe/Paris'): string {
  const job = CLOCK_JOBS.find((one) => one.name === name);
  const rules = network({ timeZone });
  return localText(job?.dueAfter(parseLocal(since, timeZone) ?? 0, rules) ?? 0, timeZone);
}

describe('The jobs that run as the clock advances', () => {
  it.each([
    ['in the morning', '2026-06-01T10:00', 'Europe/Paris', '2026-06-02T00:30'],
    ['just after midnight', '2026-06-02T00:29', 'Europe/Paris', '2026-06-02T00:30'],
    ['the moment itself is over', '2026-06-02T00:30', 'Europe/Paris', '2026-06-03T00:30'],
    ['the night in which clocks go forward', '2026-03-28T23:00', 'Europe/Paris', '2026-03-29T00:30'],
    ['the day after', '2026-03-29T00:30', 'Europe/Paris', '2026-03-30T00:30'],
    ['where half past midnight is skipped', '2026-04-23T10:00', 'Africa/Cairo', '2026-04-24T01:30'],
    ['and the night after that', '2026-04-24T01:30', 'Africa/Cairo', '2026-04-25T00:30'],
  ])('CAL-07 JOB-01 due dates are moved every night at half past midnight: %s', (_, since, zone, expected) => {
    expect(next('move-due-dates', since, zone)).toBe(expected);
  });

  it('JOB-01 `advance` runs them for every night that falls in between', async () => {
    await onDatabase(oneKind(), async ({ house }) => {
      const text =
        '{at: 2026-06-01T10:00, steps: [{at: 2026-06-02T10:00}, {advance: 2026-06-03T00:29}, {advance: 2026-06-05T10:00}]}';
      const result = await runScenario(text, { name: 'nights', directory: '.', house });
      const jobs = result.kind === 'played' ? result.steps.map((step) => step.result?.['jobs']) : [];
      const night = ['move-due-dates', 'settle-requests'];
      expect(jobs).toEqual([undefined, night, [...night, ...night, ...night]]);
    });
  });
});
