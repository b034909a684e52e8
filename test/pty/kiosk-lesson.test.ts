import { afterEach, describe, expect, it } from 'vitest';
import { runInPty } from '../support/pty.ts';
import type { PtyDesk } from '../support/pty.ts';

const SHIFT_F2 = '\u001B[1;2Q';
const SHIFT_F7 = '\u001B[18;2~';
const DOWN = '\u001B[B';

describe('lessons of the patrons in a real terminal', () => {
  let desk: PtyDesk | undefined;
  afterEach(async () => {
    desk?.kill('SIGKILL');
    await desk?.ended;
  });

  it(
    'the list at the desk opens their terminal, and is open again when the lesson is left',
    { timeout: 60_000 },
    async () => {
      desk = runInPty(['demo', '--at', '2026-06-01T10:00', '--as', 'bib', '--desk', 'sci/PRET']);
      await desk.see('IDENTIFICATION LECTEUR');
      desk.write(SHIFT_F2);
      await desk.see('PREMIERS PAS');
      desk.write('iii.2.4');
      await desk.see((screen) => screen.includes('III.2.4') && !screen.includes('PREMIERS PAS'));
      desk.write(DOWN);
      await desk.see('▸   III.2.4');
      desk.write('\r');
      const kiosk = await desk.see('WELCOME TO THE LIBRARY');
      expect(kiosk).toContain('FORMATION · LEÇON III.2.4');
      desk.write('n');
      await desk.see('le faire pour moi');
      desk.write('n');
      await desk.see('COMPTE LECTEUR · Ana Martin');
      desk.write(SHIFT_F7);
      const list = await desk.see(/▸ +III\.2\.4/u);
      expect(list).toContain('sci/PRET');
      expect(list).toContain('bib');
      desk.write(SHIFT_F2);
      await desk.see('IDENTIFICATION LECTEUR');
    },
  );

  it('demo --scenario opens their terminal at once, and ends with the lesson', { timeout: 60_000 }, async () => {
    desk = runInPty(['demo', '--scenario', 'own-renewals', '--lang', 'en']);
    await desk.see('LESSON III.2.4');
    desk.write(SHIFT_F7);
    expect(await desk.ended).toMatchObject({ exitCode: 0 });
  });
});
