import { describe, expect, it as check } from 'vitest';
import type { Letter } from '../../source/circulation/letters.ts';
import { attachmentsFor } from '../../source/commands/upload-attachment.ts';
import { setEmail } from '../../source/desk/staff-accounts.ts';
import type { Seat } from '../../source/desk/perform.ts';
import { sendLetters } from '../../source/jobs/send-letters.ts';
import { createMailer, loadTemplates, renderLetter } from '../../source/letters/index.ts';
import { readOfflineFile } from '../../source/offline/index.ts';
import { digestOf, uploadLines } from '../../source/offline/upload.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { commandLine, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { reach, startMailServer } from '../support/mail-server.ts';
import { FACTS, letterOf, lettersNetwork } from '../support/sample-letters.ts';
import { withLibrary } from '../support/network.ts';
import { sheetIn } from '../support/workbook.ts';
import type { TestDatabase } from '../support/databases.ts';

const templates = await loadTemplates();
const timeZone = 'Europe/Paris';

/** Uploads lines at a seat. */
async function upload(scene: Scene, lines: readonly string[], seat: Seat = scene.bib, stop = false) {
  const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(''));
  const stopping = new AbortController();
  if (stop) stopping.abort();
  return uploadLines(scene.perform, seat, {
    file: 'sci-PRET.dat',
    digest: digestOf(bytes),
    ...readOfflineFile(bytes),
    signal: stopping.signal,
  });
}

type Stored = { id: number; cause: string; to_address: string; library: string; state: string; facts: string };
const reports = async ({ sql }: TestDatabase): Promise<Stored[]> =>
  sql<Stored>("select * from letters where kind = 'upload-report' order by id");

onBothDatabases('OFF-04 the report of an upload', (it) => {
  const BAD = ['202605290930LNONE P1', '202605290931LB1 NOBODY', 'nonsense'];

  it('goes to who uploaded, once for each upload that has ended, whatever is tried again', async ({
    scene,
    database,
  }) => {
    await scene.load(lettersNetwork);
    await scene.patron({ id: 'P1', lastName: 'Martin' });
    await scene.items({ barcode: 'B1' });
    expect(await scene.act(setEmail, { name: 'bib', email: ' bib@example.org ' }, commandLine)).toEqual({
      kind: 'changed',
    });
    // One that was stopped has no report yet.
    await upload(scene, [...BAD, '202605290932LB1 P1'], scene.bib, true);
    expect(await reports(database)).toEqual([]);
    await upload(scene, [...BAD, '202605290932LB1 P1']);
    await upload(scene, [...BAD, '202605290932LB1 P1']);
    const letters = await reports(database);
    expect(letters).toMatchObject([
      { cause: 'upload:1', to_address: 'bib@example.org', library: 'sci', state: 'queued' },
      { cause: 'upload:2', to_address: 'bib@example.org' },
    ]);
    expect(letters.map(({ facts }) => JSON.parse(facts) as unknown)).toMatchObject([
      {
        upload: 1,
        file: 'sci-PRET.dat',
        desk: 'sci/PRET',
        lines: 4,
        completed: 1,
        failed: 3,
        duplicates: 0,
        errors: [
          { number: 1, reason: 'ITEM_NOT_FOUND', raw: BAD[0] },
          { number: 2, reason: 'PATRON_NOT_FOUND', raw: BAD[1] },
          { number: 3, reason: 'BAD_LINE', raw: BAD[2] },
        ],
      },
      { completed: 0, failed: 3, duplicates: 1 },
    ]);
  });

  it("without an address, to the desk's printer if that has one; else nobody is written to", async ({
    scene,
    database,
  }) => {
    await scene.load(lettersNetwork);
    await upload(scene, BAD);
    expect(await reports(database)).toEqual([]);
    const desks = [{ code: 'PRET', name: 'Prêt', printer: { email: 'pret-sci@example.org' } }];
    await scene.load(withLibrary('sci', { desks }, lettersNetwork));
    await upload(scene, [...BAD, '202605290932RB1'], seatAt(scene.bib, 'sci/PRET'));
    expect(await reports(database)).toMatchObject([{ to_address: 'pret-sci@example.org' }]);
  });

  it('has at most 200 lines of each kind and says how many more there are; all of them are in the workbook with it', async ({
    scene,
    database,
  }) => {
    await scene.load(lettersNetwork);
    await scene.act(setEmail, { name: 'bib', email: 'bib@example.org' }, commandLine);
    await scene.patron({ id: 'P1', lastName: 'Martin', firstName: 'Ana' });
    await scene.items({ barcode: 'B1', title: 'Optique' });
    const bad = Array.from({ length: 250 }, (_, at) => `202605290930R=NO-${at}`);
    await upload(scene, [...bad, '201805091348LB1 P1']);
    const server = await startMailServer({});
    const mailer = await createMailer(reach(server.port));
    try {
      const on = {
        perform: scene.perform,
        seat: commandLine,
        network: lettersNetwork,
        signal: new AbortController().signal,
        count: async () => undefined,
      };
      await sendLetters(on, { mailer, templates, attach: attachmentsFor(on) });
    } finally {
      mailer.close();
      await server.close();
    }
    const [received, ...others] = server.taken;
    expect(others).toEqual([]);
    expect(received?.to).toEqual(['bib@example.org']);
    const { text = '', subject, attachments = [] } = received?.mail ?? {};
    expect(subject).toBe('Rapport de déchargement : sci-PRET.dat, 250 échecs');
    expect(text.match(/^- ligne \d+ : exemplaire inconnu$/gmu)).toHaveLength(200);
    expect(text).toContain('et 50 de plus.');
    expect(text).toContain('- ligne 251 : date dépassée : à fixer à la main\n  Optique\n  à rendre le');
    expect(attachments).toMatchObject([{ filename: 'Déchargement-hors-ligne-2026-06-01.xlsx' }]);
    const { cells } = sheetIn(Buffer.from(attachments[0]?.content as ArrayBuffer));
    const column = (letter: string): string[] =>
      Array.from({ length: 252 }, (_, at) => cells.get(`${letter}${at + 1}`)?.text ?? '');
    expect(column('D')).toEqual(['Exemplaire', ...bad.map((line) => line.slice(13)), 'B1']);
    expect(column('I').at(-1)).toBe('Martin Ana');
    expect(cells.get('D2')).toMatchObject({ type: 'text', formula: false });
    expect((await reports(database))[0]).toMatchObject({ state: 'sent' });
  });

  it('DESK-02 REL-09 only an administrator says where reports go, to a real address; before and after are kept', async ({
    scene,
    database,
  }) => {
    const chief = await scene.staff('chief', 'manager');
    expect(await scene.act(setEmail, { name: 'bib', email: 'a@example.org' }, chief)).toMatchObject({
      kind: 'not-permitted',
      permission: 'manage-staff',
    });
    expect(await scene.act(setEmail, { name: 'bib', email: 'nonsense' }, commandLine)).toMatchObject({
      kind: 'invalid',
      path: 'email',
      problem: 'not-an-email',
    });
    expect(await scene.act(setEmail, { name: 'nobody', email: null }, commandLine)).toMatchObject({ what: 'STAFF' });
    await scene.act(setEmail, { name: 'bib', email: 'a@example.org' }, commandLine);
    await scene.act(setEmail, { name: 'bib', email: 'a@example.org' }, commandLine);
    await scene.act(setEmail, { name: 'bib', email: null }, commandLine);
    const changes = (await eventsIn(database, 'staff-changed')).filter(({ data }) => 'email' in data);
    // The latest first.
    expect(changes.map(({ data }) => data)).toEqual([
      { name: 'bib', email: { before: 'a@example.org', after: null } },
      { name: 'bib', email: { before: null, after: 'a@example.org' } },
    ]);
  });
});

describe('OFF-04 LET-02 the report of an upload', () => {
  check('reads well as plain text, in both languages; the padding of a line is one space', () => {
    const render = (language: string): string => {
      const letter: Letter = letterOf('upload-report', { language, facts: FACTS['upload-report'] });
      return renderLetter(letter, { templates, network: lettersNetwork, timeZone }).text;
    };
    expect(render('fr').split('\n--')[0]).toMatchInlineSnapshot(`
      "Votre déchargement de sci-PRET.dat est terminé.

      Banque de prêt : Banque de prêt, BU Sciences
      Début : lundi 1 juin 2026, 10:00
      Fin : lundi 1 juin 2026, 10:00

      Enregistrements terminés : 40
      Enregistrements avec échecs : 202
      Déchargés auparavant : 8
      Prêts à regarder : 1

      Non enregistrés :
      - ligne 2 : exemplaire inconnu
        202606010930L31000001 2999000000017
      - ligne 3 : ligne illisible
        =cmd & <b>
      et 200 de plus.

      Enregistrés, à regarder :
      - ligne 5 : date dépassée : à fixer à la main
        Optique & vision
        à rendre le lundi 1 juin 2026 à 19:00
        202605010930L31000002 2999000000017
      "
    `);
    expect(render('en').split('\n--')[0]).toMatchInlineSnapshot(`
      "Your upload of sci-PRET.dat is done.

      Desk: Banque de prêt, BU Sciences
      Begun: Monday 1 June 2026, 10:00
      Ended: Monday 1 June 2026, 10:00

      Completed: 40
      Failed: 202
      Uploaded before: 8
      Loans to look at: 1

      Not recorded:
      - line 2: item unknown
        202606010930L31000001 2999000000017
      - line 3: line cannot be read
        =cmd & <b>
      and 200 more.

      Recorded, to be looked at:
      - line 5: due date had passed: set it by hand
        Optique & vision
        due on Monday 1 June 2026 at 19:00
        202605010930L31000002 2999000000017
      "
    `);
  });
});
