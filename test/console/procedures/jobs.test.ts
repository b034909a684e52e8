import { describe, expect, it } from 'vitest';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import type { Seat } from '../../../source/desk/perform.ts';

const ANA = '2999000000017';

describe.each(deskRuns)('manual XIII.5, the monitor of jobs, on $name in $language', (run) => {
  let administrator: Seat;
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana', email: 'ana@example.org' });
      await scene.items({ barcode: 'B1', title: 'Optique' });
      scene.at('2026-06-01T10:00');
      await scene.lend(ANA, 'B1');
      // Due on the 22nd: the night of the 19th writes the courtesy notice (CYC-02).
      scene.at('2026-06-20T10:00');
      administrator = await scene.staff('nadia', 'network-administrator');
    },
    seat: () => administrator,
  });
  const { words } = script;
  const { jobsScreen } = words.console;
  const title = async (): Promise<string> => (await script.desk.screen())[2] ?? '';

  it('JOB-01 JOB-02 JOB-04 the list of jobs; a night is run by a question and a key, what it did is said, listed, and behind each figure stand its records', async () => {
    const { desk } = script;
    await desk.press('Alt+8');
    expect(await title()).toContain(jobsScreen.head);
    expect(await script.chosen()).toContain(words.jobs.name('nightly'));
    expect(await script.chosen()).toContain(words.jobs.never);
    await desk.press('Alt+9');
    expect(await desk.text()).toContain(jobsScreen.askRun(words.jobs.name('nightly')));
    await desk.press('Enter');
    expect(desk.state().prompt).not.toBeNull();
    await script.answers('answer-yes');
    expect(await desk.answer()).toContain(words.jobs.figure('courtesy'));
    expect(await script.chosen()).toContain(words.jobs.state.done);

    await desk.press('Enter');
    expect(await title()).toContain(jobsScreen.historyOf(words.jobs.name('nightly'), 1));
    await desk.press('Enter');
    expect(await title()).toContain(words.jobs.name('nightly'));
    expect((await script.rows()).join('\n')).toContain(words.jobs.figure('courtesy'));
    await desk.press('Escape', 'Escape');
    expect(await title()).toContain(jobsScreen.head);
  });

  it('JOB-04 the whole history, filtered by job and state; the records behind a figure name the reader', async () => {
    const { desk } = script;
    await desk.press('Alt+8', 'Alt+9');
    await script.answers('answer-yes');
    await desk.press('Alt+T');
    expect(await title()).toMatch(/\d+/);
    await desk.press('Alt+M');
    await desk.type(words.jobs.name('notices-courtesy').slice(0, 8));
    await desk.press('Ctrl+S');
    expect(await title()).toContain(jobsScreen.historyOf(words.jobs.name('notices-courtesy'), 1));
    await desk.press('Enter', 'Enter');
    expect(await title()).toContain(words.jobs.figure('courtesy'));
    expect((await script.rows()).join('\n')).toContain(ANA);
  });

  it('JOB-02 CYC-04 the same night again does nothing more, and says so', async () => {
    const { desk } = script;
    await desk.press('Alt+8', 'Alt+9');
    await script.answers('answer-yes');
    await desk.press('Alt+9');
    await script.answers('answer-yes');
    expect(await desk.answer()).toContain(jobsScreen.nothingDone);
  });
});
