import { describe, expect, it } from 'vitest';
import { deskRuns, deskScript } from '../support/desk-script.ts';
import { sitAt } from '../support/console-driver.ts';
import type { DeskDriver } from '../support/console-driver.ts';

const ANA = '9921000000164';

describe.each(deskRuns)('a desk that is heard, not seen, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.items({ barcode: 'B1000', title: 'Optique' }, { barcode: 'B2000', title: 'Logique' });
    },
  });
  const { says, words } = script;
  /** Does something at a desk with a screen reader; what is said of it, a line each. */
  const heard = async (desk: DeskDriver, what: () => Promise<void>): Promise<string[]> => {
    const before = desk.output().length;
    await what();
    return desk
      .output()
      .slice(before)
      .replaceAll('\u0007', '')
      .split('\r\n')
      .filter((line) => line !== '');
  };
  const listening = async (work: (desk: DeskDriver) => Promise<void>): Promise<void> => {
    const desk = await sitAt(script.scene, { seat: script.scene.bib, language: run.language, screenReader: true });
    await work(desk);
    // No cursor is moved, no screen is cleared: nothing but text, line ends, backspaces and the bell.
    const sequences = desk.output().split('\u001B').slice(1);
    expect(sequences.filter((one) => /^\[[\d;]*[A-HJKSTfsu]/.test(one) || one.startsWith('[?1049'))).toEqual([]);
    expect(desk.errors).toEqual([]);
    await desk.leave();
  };

  it('TUI-05 every change is said once, a line each: record, loan, counts', async () => {
    await listening(async (desk) => {
      const opened = await heard(desk, async () => desk.scan(ANA));
      expect(opened.filter((line) => line.includes('MARTIN Ana'))).toHaveLength(1);
      expect(opened).toContain(words.console.patron.opened);
      const lent = await heard(desk, async () => desk.scan('B1000'));
      expect(lent.filter((line) => line.includes('Optique'))).toEqual([
        says('PRÊTÉ · Optique · à rendre lun. 22 juin 19:00', 'LENT · Optique · due Mon 22 June 19:00'),
        expect.stringMatching(/^▸ Optique {2}B1000 {2}/),
      ]);
      const next = await heard(desk, async () => desk.scan('B2000'));
      expect(next.some((line) => line.includes('Optique') && line.startsWith('▸'))).toBe(false);
    });
  });

  it('TUI-05 a question is said once, with its answers; so is what came of it', async () => {
    await listening(async (desk) => {
      await desk.scan(ANA, 'B1000');
      const asked = await heard(desk, async () => desk.press('Alt+X'));
      expect(asked).toEqual([words.console.deleting.ask('Optique'), says('O Oui  A Annuler', 'Y Yes  C Cancel')]);
      const kept = await heard(desk, async () => desk.press(says('a', 'c')));
      expect(kept.filter((line) => line === words.console.deleting.kept('Optique'))).toHaveLength(1);
    });
  });

  it('TUI-05 a line is said when it is chosen; what is typed is echoed and not repeated', async () => {
    await listening(async (desk) => {
      await desk.scan(ANA, 'B1000', 'B2000');
      expect(await heard(desk, async () => desk.press('Down'))).toEqual([expect.stringMatching(/^▸ Optique/)]);
      await desk.press('Alt+N', 'Ctrl+N');
      const typed = await heard(desk, async () => {
        for (const key of 'perdue') await desk.type(key);
      });
      expect(typed).toEqual(['perdue']);
      const moved = await heard(desk, async () => desk.press('Down'));
      expect(moved).toEqual([expect.stringMatching(/^▸ Type/)]);
      await desk.press('Escape', 'Escape');
    });
  });

  it('TUI-05 the same answer to another scan is said again; the clock is not said every minute', async () => {
    await listening(async (desk) => {
      await desk.press('F3');
      await desk.scan('NOPE01');
      const again = await heard(desk, async () => desk.scan('NOPE02', 'NOPE01'));
      expect(again.filter((line) => line === words.console.returning.unknown('NOPE01'))).toHaveLength(1);
      script.scene.at('2026-06-01T10:05');
      const later = await heard(desk, async () => desk.scan('B1000'));
      expect(later.some((line) => line.startsWith('Guichet'))).toBe(false);
      const mode = await heard(desk, async () => desk.press('Ctrl+G'));
      expect(mode.some((line) => line.includes(words.console.modes.silent))).toBe(true);
    });
  });
});
