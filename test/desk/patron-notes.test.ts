import { expect } from 'vitest';
import {
  addPatronNote,
  changePatronNote,
  deletePatronNote,
  listPatronNotes,
  restorePatronNote,
} from '../../source/desk/patron-notes.ts';
import type { NoteRequest } from '../../source/desk/patron-notes.ts';
import { openPatron } from '../../source/desk/patrons.ts';
import type { PatronNote } from '../../source/records/patron-notes.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { local } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const window = { offset: 0, limit: 10 };

/** Adds a note to a record and answers with it. */
async function noted(scene: Scene, patron: number, request: NoteRequest & { text: string }): Promise<PatronNote> {
  const answer = await scene.act(addPatronNote, { patron, ...request });
  if (answer.kind !== 'added') throw new Error(JSON.stringify(answer));
  return answer.note;
}

/** The texts of the notes that opening a record shows, the newest first. */
async function shown(scene: Scene, patron: number): Promise<string[]> {
  const answer = await scene.act(openPatron, { patron });
  if (answer.kind !== 'opened') throw new Error(answer.kind);
  return answer.pane.notes.map((one) => one.text);
}

onBothDatabases('notes on a patron', (it) => {
  it('ITEM-02 PAT-04 REL-09 a note with its type, its author and its pop-up, and the event that says so', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    const request = {
      patron: ' p1',
      text: ' Carte retrouvée :\n à rendre ',
      type: 'circulation',
      popup: true,
    } as const;
    const note = {
      id: expect.any(Number) as number,
      text: 'Carte retrouvée : à rendre',
      type: 'circulation',
      popup: true,
      visible: false,
      external: false,
      createdAt: local('2026-06-01T10:00'),
      createdBy: 'bib',
      deletedAt: null,
    };
    expect(await scene.act(addPatronNote, request)).toEqual({ kind: 'added', note });
    expect(await scene.act(openPatron, { patron })).toMatchObject({ pane: { notes: [note] } });
    const after = { text: note.text, type: 'circulation', popup: true, visible: false };
    expect(await eventsIn(database, 'note-added')).toEqual([
      { staff: 'bib', desk: 'sci/PRET', patronId: patron, itemId: null, data: { note: note.id, after } },
    ]);
  });

  it('ITEM-02 the text is mandatory and brief, the type one of a short list', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    const add = async (request: NoteRequest & { text: string }) => scene.act(addPatronNote, { patron, ...request });
    for (const text of ['', '  \t', '\u0007\n']) {
      expect(await add({ text })).toEqual({ kind: 'invalid', path: 'text', problem: 'empty' });
    }
    const tooLong = { kind: 'invalid', path: 'text', problem: 'too-long', value: '500' };
    expect(await add({ text: 'x'.repeat(501) })).toEqual(tooLong);
    const type = 'ERP' as 'other';
    const noType = { kind: 'invalid', path: 'type', problem: 'unknown-code', value: 'ERP' };
    expect(await add({ text: 'x', type })).toEqual(noType);
    expect(await database.sql('select id from patron_notes')).toEqual([]);
    const { id } = await noted(scene, patron, { text: 'x'.repeat(500) });
    expect(await scene.act(changePatronNote, { note: id, text: 'x'.repeat(501) })).toEqual(tooLong);
    expect(await scene.act(changePatronNote, { note: id, text: ' ' })).toMatchObject({
      path: 'text',
      problem: 'empty',
    });
    expect(await scene.act(changePatronNote, { note: id, type })).toEqual(noType);
    expect(await scene.act(addPatronNote, { patron: 99, text: 'x' })).toEqual({
      kind: 'unknown',
      what: 'PATRON',
      key: '99',
    });
  });

  it('ITEM-02 REL-09 changing a note: what is left out stays, and the audit has both', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    const note = await noted(scene, patron, { text: 'À voir', type: 'address' });
    scene.at('2026-06-02T09:00');
    expect(await scene.act(changePatronNote, { note: note.id, popup: true, visible: true })).toEqual({
      kind: 'changed',
      note: { ...note, popup: true, visible: true },
      before: note,
    });
    expect(await scene.act(changePatronNote, { note: note.id, text: 'Vu', type: 'other', popup: false })).toMatchObject(
      {
        kind: 'changed',
        note: { text: 'Vu', type: 'other', popup: false, visible: true, createdAt: local('2026-06-01T10:00') },
      },
    );
    const [last] = await eventsIn(database, 'note-changed');
    expect(last).toMatchObject({
      patronId: patron,
      data: {
        before: { text: 'À voir', type: 'address', popup: true, visible: true },
        after: { text: 'Vu', type: 'other', popup: false, visible: true },
      },
    });
  });

  it('ITEM-02 REL-09 a deletion keeps the whole note in the audit, and can be undone', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    await noted(scene, patron, { text: 'first' });
    const note = await noted(scene, patron, { text: 'second', popup: true });
    scene.at('2026-06-02T09:00');
    expect(await scene.act(deletePatronNote, { note: note.id })).toEqual({
      kind: 'deleted',
      note: { ...note, deletedAt: local('2026-06-02T09:00') },
    });
    expect(await shown(scene, patron)).toEqual(['first']);
    expect(await eventsIn(database, 'note-deleted')).toMatchObject([
      {
        patronId: patron,
        data: { note: note.id, before: { text: 'second', popup: true, createdBy: 'bib', createdAt: note.createdAt } },
      },
    ]);
    // Two desks at once: the second finds it gone, and can neither change nor delete it.
    expect(await scene.act(deletePatronNote, { note: note.id })).toEqual({ kind: 'gone' });
    expect(await scene.act(changePatronNote, { note: note.id, text: 'other' })).toEqual({ kind: 'gone' });
    expect(await scene.act(restorePatronNote, { note: note.id })).toEqual({ kind: 'restored', note });
    expect(await shown(scene, patron)).toEqual(['second', 'first']);
    // Undone twice is undone once.
    expect(await scene.act(restorePatronNote, { note: note.id })).toEqual({ kind: 'restored', note });
    expect(await eventsIn(database, 'note-restored')).toMatchObject([{ data: { after: { text: 'second' } } }]);
    expect(await scene.act(restorePatronNote, { note: 99 })).toEqual({ kind: 'gone' });
  });

  it('USR-02 a note of the card system is neither changed nor deleted here', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1', notes: [{ text: 'from the card system' }] });
    await database.sql('update patron_notes set external = true');
    const listed = await scene.act(listPatronNotes, { patron, window });
    expect(listed).toMatchObject({ total: 1, lines: [{ external: true, createdBy: null }] });
    const note = listed.kind === 'notes' ? listed.lines[0] : undefined;
    const id = note?.id ?? 0;
    expect(await scene.act(changePatronNote, { note: id, text: 'mine' })).toEqual({ kind: 'external', note });
    expect(await scene.act(deletePatronNote, { note: id })).toEqual({ kind: 'external', note });
    expect(await scene.act(listPatronNotes, { patron, window })).toEqual(listed);
  });

  it('PAT-05 TUI-12 any window of them, the newest first, with those that were deleted on request', async ({
    scene,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    for (const day of [1, 2, 3, 4]) {
      scene.at(`2026-06-0${day}T10:00`);
      const { id } = await noted(scene, patron, { text: `note ${day}` });
      if (day === 3) await scene.act(deletePatronNote, { note: id });
    }
    const list = async (more: { deleted?: boolean; offset?: number }) => {
      const answer = await scene.act(listPatronNotes, {
        patron,
        window: { offset: more.offset ?? 0, limit: 2 },
        ...more,
      });
      return answer.kind === 'notes' ? [answer.total, ...answer.lines.map((one) => one.text)] : answer;
    };
    expect(await list({})).toEqual([3, 'note 4', 'note 2']);
    expect(await list({ offset: 2 })).toEqual([3, 'note 1']);
    expect(await list({ deleted: true })).toEqual([4, 'note 4', 'note 3']);
  });
});
