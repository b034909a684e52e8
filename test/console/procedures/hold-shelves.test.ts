import { beforeEach, describe, expect, it } from 'vitest';
import { placeRequest } from '../../../source/desk/requests-place.ts';
import { scanIn } from '../../../source/desk/scan-in.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';

const ANA = '9921000000164';
const ZOE = '9921000000165';

describe.each(deskRuns)('manual V.3.3, V.3.4, V.4.1 and V.4.2, hold shelves, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.patron({ id: ZOE, lastName: 'Dupont', firstName: 'Zoé' });
      await scene.items(
        { barcode: 'B1000', title: 'Optique', location: 'buc/SALLE', callNumber: '535 OPT' },
        { barcode: 'C1000', title: 'Chimie organique', callNumber: '547 CHI' },
        { barcode: 'L1000', title: 'Logique', callNumber: '160 LOG' },
      );
    },
  });
  const { says, words } = script;
  const { requests, shelves } = words.console;
  const wants = async (patron: string, item: string, pickup = 'sci'): Promise<void> => {
    const found = await script.database.sql<{ title: number }>(
      `select title_id as title from items where barcode = '${item}'`,
    );
    const title = found[0]?.title ?? 0;
    expect(await script.scene.act(placeRequest, { title, patron, pickup })).toMatchObject({ kind: 'placed' });
  };
  const head = async (): Promise<string> => (await script.desk.screen())[2] ?? '';
  const tab = (list: keyof typeof shelves.lists, count: number): string => `[${shelves.lists[list]} ${count}]`;
  const titles = async (): Promise<string[]> => (await script.rows()).map((one) => one.slice(17, 36).trim());
  const until = (day: string): string => says(`jusqu'au ${day}`, `until ${day}`);

  // Three holds until 10 June: optics of buc, chemistry and logic of sci; Zoé waits for chemistry, at med.
  beforeEach(async () => {
    const { scene } = script;
    await wants(ANA, 'B1000');
    await wants(ANA, 'C1000');
    await wants(ZOE, 'L1000');
    await scene.act(scanIn, { barcode: 'B1000' }, seatAt(scene.bib, 'buc/PRET'));
    for (const barcode of ['B1000', 'C1000', 'L1000'])
      expect(await scene.act(scanIn, { barcode })).toMatchObject({ instruction: 'hold-shelf' });
  });

  it('HOLD-02 V.3.3 the active shelf: whose, what, until when; sorted by expiry, patron, call number, title', async () => {
    const { desk } = script;
    await desk.press('F6');
    expect(await head()).toContain(tab('active', 3));
    const screen = await desk.screen();
    expect([...screen.slice(2, 5), screen[8]].join('')).not.toContain('…');
    expect((await script.rows())[0]).toMatch(/▸ Martin Ana +Optique +B1000 +10\/06\/2026/);
    const orders: string[][] = [];
    for (const sort of ['expiry', 'patron', 'callNumber', 'title'] as const) {
      await desk.press('Alt+O');
      expect(await desk.answer()).toBe(shelves.sortedBy(shelves.sorts[sort]));
      orders.push(await titles());
    }
    expect(orders[1]?.[0]).toBe('Logique');
    expect(orders[2]).toEqual(['Logique', 'Optique', 'Chimie organique']);
    expect(orders[3]).toEqual(['Chimie organique', 'Logique', 'Optique']);
    // It has not expired: there is nothing to do with it but to wait.
    await desk.press('F8');
    expect(await desk.answer()).toBe(shelves.notExpired);
  });

  it('HOLD-05 V.3.4 Enter opens the patron; lending the book ends the request', async () => {
    const { desk } = script;
    await desk.press('F6', 'Enter');
    expect(await head()).toContain('MARTIN Ana');
    expect((await desk.screen())[3]).toContain(says('(2 PRÊTES ICI)', '(2 READY HERE)'));
    await desk.scan('B1000');
    expect(await desk.answer()).toContain(says('PRÊTÉ · Optique', 'LENT · Optique'));
    await desk.press('Alt+3');
    expect((await script.rows()).join()).toMatch(/^[^,]*Chimie organique[^,]*$/);
    await desk.press('F6');
    expect(await desk.text()).toContain(tab('active', 2));
  });

  it('HOLD-02 HOLD-05 V.3.3 a patron who comes too late still gets it: an expired one stays on the active shelf', async () => {
    const { desk, scene } = script;
    scene.at('2026-06-15T10:00');
    await desk.press('F6');
    expect(await head()).toContain(tab('active', 3));
    expect(await script.chosen()).toMatch(/! 10\/06\/2026 /);
    await desk.press('Enter', 'Alt+3');
    // The tenth was a day of the hold (HOLD-01).
    expect((await script.rows()).join()).toContain(requests.task.expired('11/06/2026'));
    await desk.press('Alt+1');
    await desk.scan('B1000');
    expect(await desk.answer()).toContain(says('PRÊTÉ · Optique', 'LENT · Optique'));
  });

  it('HOLD-04 V.4.1 the expiry date is changed by hand, of an expired one too; a day in the past is none', async () => {
    const { desk, scene } = script;
    scene.at('2026-06-15T10:00');
    await desk.press('F6', 'Alt+D');
    expect(await desk.text()).toContain(requests.expiryTitle('Optique'));
    expect(await desk.text()).toContain(requests.expiryHint);
    await desk.press('Ctrl+X');
    await desk.type('10/06/2026');
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(words.console.dueDate.past);
    await desk.press('Ctrl+X');
    await desk.type('30/06');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(requests.expiryChanged('Optique', '30/06/2026'));
    expect(await script.chosen()).toMatch(/Optique +B1000 +30\/06\/2026/);
    expect(await head()).toContain(`${shelves.lists.expired} 2`);
  });

  it('HOLD-03 V.4.1 three expired lists, each with its one action in one key', async () => {
    const { desk, scene } = script;
    await wants(ZOE, 'C1000');
    scene.at('2026-06-15T10:00');
    await desk.press('F6', 'Alt+T');
    expect(await head()).toContain(tab('reshelve', 1));
    expect((await desk.screen())[3]).toContain(`F8 ${shelves.does.reshelve}`);
    expect(await script.chosen()).toMatch(
      new RegExp(`Dupont Zoé +Logique +L1000 +! 10/06/2026 ${shelves.next.reshelve('', '')}$`),
    );
    await desk.press('F8');
    expect(await desk.answer()).toBe(says('REMETTRE EN RAYON · Logique', 'RESHELVE · Logique'));
    expect(await desk.text()).toContain(shelves.nothing);
    await desk.press('Alt+T');
    expect(await head()).toContain(tab('send', 1));
    await desk.press('F8');
    expect(await desk.answer()).toBe(says('NAVETTE → buc · Optique', 'SEND TO → buc · Optique'));
    await desk.press('Alt+T');
    expect(await head()).toContain(tab('next', 1));
    expect(await script.chosen()).toContain(shelves.next.next('', 'Dupont Zoé'));
    await desk.press('F8');
    expect(await desk.answer()).toBe(
      `${says('ÉTAGÈRE', 'HOLD SHELF')} · Dupont Zoé ${until('24/06/2026')} · Chimie organique`,
    );
    await desk.press('Alt+T', 'Alt+T');
    expect(await head()).toContain(tab('active', 1));
    expect(await script.chosen()).toMatch(/Dupont Zoé +Chimie organique +C1000 +24\/06\/2026/);
  });

  it('HOLD-03 V.4.1 on the marked lines: each does what is its own, and the desk says what is left to carry', async () => {
    const { desk, scene } = script;
    await wants(ZOE, 'C1000', 'med');
    scene.at('2026-06-15T10:00');
    await desk.press('F6', 'Alt+T', 'Alt+T');
    expect(await head()).toContain(tab('send', 2));
    await desk.press('Alt+T', 'Alt+T');
    expect(await head()).toContain(tab('expired', 3));
    await desk.press('Space', 'Space', 'Space', 'F8');
    expect(await desk.answer()).toBe(shelves.treated({ reshelve: 1, send: 2, next: 0 }));
    expect(await head()).toContain(tab('expired', 0));
    await desk.press('Alt+6');
    const rows = await script.rows();
    expect(rows).toHaveLength(2);
    expect(rows.join('\n')).toMatch(/Chimie organ… C1000 +sci +med/);
    expect(rows.join('\n')).toMatch(/Optique +B1000 +sci +buc/);
  });

  it('HOLD-03 SCAN-03 V.4.1 or by scanning them in, right from the shelf: each scan says what to do', async () => {
    const { desk, scene } = script;
    scene.at('2026-06-15T10:00');
    await desk.press('F6');
    expect((await desk.screen())[4]).toContain(shelves.scanned);
    await desk.scan('L1000');
    expect(await desk.answer()).toBe(says('REMETTRE EN RAYON · Logique', 'RESHELVE · Logique'));
    await desk.scan('B1000');
    expect(await desk.answer()).toBe(says('NAVETTE → buc · Optique', 'SEND TO → buc · Optique'));
    await desk.press('F6');
    expect(await head()).toContain(tab('active', 1));
  });

  it('CAN-01 CAN-03 HOLD-04 V.4.2 cancelled on the shelf: off the active one, on the expired one, and its date is fixed', async () => {
    const { desk } = script;
    await desk.press('F6', 'Ctrl+X');
    await desk.type('plus besoin');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(requests.cancelled('Optique', requests.freed.send('buc', '')));
    expect(await head()).toContain(tab('active', 2));
    await desk.press('Alt+T', 'Alt+T');
    expect(await script.chosen()).toMatch(new RegExp(`Optique +B1000 +${shelves.cancelled}`));
    await desk.press('Alt+D');
    expect(await desk.answer()).toBe(requests.expiryOfCancelled('Optique'));
  });

  it('CAN-03 V.4.2 cancelled while somebody waits: the same library puts it on the shelf for them, another one gets it sent', async () => {
    const { desk } = script;
    await wants(ZOE, 'C1000');
    await wants(ZOE, 'B1000', 'med');
    await desk.press('F6', 'Ctrl+X', 'Ctrl+S');
    expect(await desk.answer()).toBe(requests.cancelled('Optique', requests.freed.transit('med', 'Dupont Zoé')));
    await desk.press('Ctrl+X', 'Ctrl+S');
    expect(await desk.answer()).toContain(requests.freed['hold-shelf']('', 'Dupont Zoé'));
    expect((await script.rows()).join('\n')).toMatch(/Dupont Zoé +Chimie organique +C1000/);
  });
});
