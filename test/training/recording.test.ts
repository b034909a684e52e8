import { describe, expect, it } from 'vitest';
import { openHouse } from '../../source/desk/house.ts';
import type { House } from '../../source/desk/house.ts';
import { lend } from '../../source/desk/lend.ts';
import { currentNetwork } from '../../source/desk/networks.ts';
import { addPatronNote } from '../../source/desk/patron-notes.ts';
import { endSession, openPatron } from '../../source/desk/patrons.ts';
import { COMMAND_LINE } from '../../source/desk/perform.ts';
import type { Seat } from '../../source/desk/perform.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { returnItem } from '../../source/desk/return-item.ts';
import { recallStaff } from '../../source/desk/sign-in.ts';
import { writeLine } from '../../source/offline/line.ts';
import { digestOf, uploadLines } from '../../source/offline/upload.ts';
import { readOfflineFile } from '../../source/offline/dat-file.ts';
import { Recorder, recordedScenario } from '../../source/training/recording/index.ts';
import { makeTrainingCopy, patronIn, SAMPLE_BARCODE, SAMPLE_ITEMS } from '../../source/training/sample.ts';
import { runScenario } from '../../source/training/scenario/index.ts';

const AT = Date.parse('2026-06-08T08:00:00Z');
const DAY = 86_400_000;

type Recording = { recorder: Recorder; seat: Seat; house: House; sitAt(code: string): Seat; setNow(now: number): void };

/** A training copy that is recorded, and somebody who sits at the science library. */
async function recording<Answer>(work: (on: Recording) => Promise<Answer>): Promise<Answer> {
  const house = openHouse('sqlite::memory:');
  try {
    await house.migrate();
    await makeTrainingCopy(house, { at: AT });
    let now = AT;
    const perform = house.at(() => now);
    const nobody = { staff: COMMAND_LINE, place: null };
    const found = await perform(nobody, currentNetwork, {});
    const signedIn = await perform(nobody, recallStaff, { name: 'bib' });
    if (found.kind !== 'network' || !found.network || signedIn.kind !== 'signed-in') throw new Error('no copy');
    const recorder = new Recorder({ perform, clock: () => now, network: found.network });
    const sitAt = (library: string): Seat => ({
      staff: signedIn.staff,
      place: { kind: 'desk', library, code: 'PRET' },
    });
    return await work({ recorder, seat: sitAt('sci'), house, sitAt, setNow: (at) => (now = at) });
  } finally {
    await house.close();
  }
}

async function run(text: string) {
  const house = openHouse('sqlite::memory:');
  try {
    await house.migrate();
    return await runScenario(text, { name: 'recorded.yaml', directory: '.', house });
  } finally {
    await house.close();
  }
}

const book = (nth: number): string => String(SAMPLE_BARCODE + nth);

describe('A scenario recorded from what one does in a training copy (spec 8)', () => {
  it('has people, items, steps and outcomes, and runs green elsewhere', async () => {
    const text = await recording(async ({ recorder, seat, sitAt, setNow }) => {
      const { perform } = recorder;
      const patron = patronIn('ordinary');
      const barcode = book(0);
      const opened = await perform(seat, openPatron, { patron });
      if (opened.kind !== 'opened') throw new Error(opened.kind);
      const { id } = opened.pane.patron;
      await perform(seat, lend, { patron: id, barcode });
      await perform(seat, endSession, { patron: id, loans: [], because: 'done' });
      setNow(AT + 30 * DAY);
      recorder.moved(AT + 30 * DAY, true);
      await perform(sitAt('MAN'), returnItem, { barcode });
      await perform(seat, addPatronNote, { patron: id, text: 'Rappelé' });
      return recordedScenario(recorder, 'Retour tardif', 'recorded.yaml');
    });
    expect(text).toMatch(/^title: Retour tardif\nnetwork: toulouse\n/u);
    expect(text).toContain('advance: 2026-07-08T10:00');
    expect(text).toContain('desk: MAN/PRET');
    expect(text).toContain('outcome: returned');
    const result = await run(text);
    expect(result).toMatchObject({ kind: 'played', passed: true });
    if (result.kind === 'played')
      expect(result.steps.map((one) => one.name)).toEqual([
        'lend',
        'done',
        'advance',
        'desk',
        'return',
        'desk',
        'note',
      ]);
  });

  it('makes the loans that somebody had already, at their own times', async () => {
    const text = await recording(async ({ recorder, seat }) => {
      const opened = await recorder.perform(seat, openPatron, { patron: patronIn('late-and-blocked') });
      if (opened.kind !== 'opened') throw new Error(opened.kind);
      expect(opened.pane.late).toBeGreaterThan(0);
      const { id } = opened.pane.patron;
      const barcode = book(1);
      const blocked = await recorder.perform(seat, lend, { patron: id, barcode });
      expect(blocked.kind).toBe('blocked');
      await recorder.perform(seat, lend, { patron: id, barcode, override: { codes: 'all' } });
      return recordedScenario(recorder, 'Retards', 'recorded.yaml');
    });
    expect(text).toContain('PATRON_OVERDUE');
    expect(await run(text)).toMatchObject({ kind: 'played', passed: true });
  });

  it('calls requests by names', async () => {
    const text = await recording(async ({ recorder, seat }) => {
      const { perform } = recorder;
      const placed = await perform(seat, placeRequest, {
        patron: patronIn('ordinary'),
        item: SAMPLE_ITEMS.dvds[0] ?? '',
        pickup: 'sci',
      });
      if (placed.kind !== 'placed') throw new Error(JSON.stringify(placed));
      await perform(seat, cancelRequest, { request: placed.request.id, reason: 'plus besoin' });
      return recordedScenario(recorder, 'Demande', 'recorded.yaml');
    });
    expect(text).toContain('cancel-request: { request: request-1, reason: plus besoin }');
    expect(await run(text)).toMatchObject({ kind: 'played', passed: true });
  });

  it('OFF-04 keeps what was recorded offline, as one step of its lines, and moves of the clock', async () => {
    const text = await recording(async ({ recorder, seat }) => {
      const ana = patronIn('ordinary');
      const [lent, returned] = [book(0), book(1)];
      await recorder.perform(seat, lend, { patron: ana, barcode: returned });
      const lines = [
        writeLine({ day: '2026-06-08', minutes: 600, action: 'L', item: lent, patron: ana }),
        writeLine({ day: '2026-06-08', minutes: 600, action: 'R', item: returned, patron: null }),
        writeLine({ day: '2026-06-08', minutes: 600, action: 'R', item: 'NOWHERE', patron: null }),
      ];
      const bytes = Buffer.from(lines.map((one) => `${one}\r\n`).join(''));
      const file = readOfflineFile(bytes);
      const done = await uploadLines(recorder.perform, seat, { file: 'sci.dat', digest: digestOf(bytes), ...file });
      expect(done).toMatchObject({ kind: 'uploaded', completed: 2, failed: 1 });
      return recordedScenario(recorder, 'Panne', 'recorded.yaml');
    });
    expect(text.match(/offline-upload/g)).toHaveLength(1);
    expect(text).toContain('NOWHERE');
    expect(text).toContain('expect: { completed: 2, failed: 1 }');
    expect(await run(text)).toMatchObject({ kind: 'played', passed: true });
  });
});
