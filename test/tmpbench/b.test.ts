import pg from 'pg';
import { describe, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { setScene } from '../support/house.ts';
import { upload } from '../support/offline.ts';
describe.each(databases.slice(1))('$name', ({ create }) => {
  it('speed', async () => {
    const database = await create();
    const scene = await setScene(database.house);
    for (let i = 0; i < 100; i++) await scene.patron({ id: `P${i}` });
    await scene.items(...Array.from({ length: 1000 }, (_, i) => ({ barcode: `B${i}` })));
    scene.at('2026-06-08T20:00');
    const t = (i: number) => `20260608${String(8 + Math.floor(i / 240)).padStart(2, '0')}${String(Math.floor(i / 4) % 60).padStart(2, '0')}`;
    const lines = Array.from({ length: 1000 }, (_, i) => `${t(i)}LB${i} P${Math.floor(i / 10)}`);
    const returns = Array.from({ length: 1000 }, (_, i) => `${t(i + 1000)}RB${i}`);
    const stats = new Map<string, [number, number]>();
    const orig = pg.Client.prototype.query;
    pg.Client.prototype.query = function (this: unknown, ...args: any[]) {
      const text = (typeof args[0] === 'string' ? args[0] : args[0].text).replace(/\s+/g, ' ').slice(0, 70);
      const s = performance.now();
      const p = (orig as any).apply(this, args);
      return p?.then ? p.then((r: unknown) => { const e = stats.get(text) ?? [0, 0]; e[0]++; e[1] += performance.now() - s; stats.set(text, e); return r; }) : p;
    } as never;
    for (const [name, some] of [['loans', lines], ['returns', returns]] as const) {
      stats.clear();
      const start = performance.now();
      const cpu = process.cpuUsage();
      const r = await upload(scene, some);
      const used = process.cpuUsage(cpu);
      const wall = performance.now() - start;
      console.log(name, r.completed, r.failed, r.duplicates, Math.round(some.length / (wall / 1000)), 'lines/s', 'node cpu ms', (used.user + used.system) / 1000, 'wall', wall);
      for (const [k, [n, ms]] of [...stats].toSorted((a, b) => b[1][1] - a[1][1]).slice(0, 14)) console.log(n, ms.toFixed(0), (ms / n).toFixed(2), k);
    }
    await database.drop();
  });
});
