import { describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { sitAt } from '../support/console-driver.ts';
import { setScene } from '../support/house.ts';

describe('A screen that something else has written on', () => {
  it('TUI-01 Ctrl+L draws every line of it anew', async () => {
    const [embedded] = databases;
    const database = await embedded?.create();
    if (!database) throw new Error('no database to test on');
    const scene = await setScene(database.house);
    const desk = await sitAt(scene, { seat: scene.bib });
    const before = await desk.screen();
    const written = desk.output().length;
    await desk.press('Ctrl+L');
    const again = desk.output().slice(written);
    for (const row of before.filter((one) => one.trim() !== '')) expect(again).toContain(row.trim().split('  ')[0]);
    expect(await desk.screen()).toEqual(before);
    await desk.leave();
    await database.drop();
  });
});
