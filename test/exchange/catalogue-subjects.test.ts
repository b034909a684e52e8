import { expect } from 'vitest';
import { changeTitle } from '../../source/desk/catalogue-titles.ts';
import { openPublic, searchPublic } from '../../source/desk/public-catalogue.ts';
import { importRecords } from '../../source/exchange/catalogue/index.ts';
import { onBothDatabases } from '../support/desk.ts';
import { commandLine } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { kioskOf } from '../support/kiosk.ts';
import { inPieces, iso2709, marc21 } from '../support/marc.ts';
import type { MadeField } from '../support/marc.ts';
import { smallNetwork } from '../support/network.ts';

const copy = (barcode: string): MadeField => ['852', '  ', 'bsci', 'c63S', `p${barcode}`];
const about = (subject: string): MadeField => ['650', ' 7', `a${subject}`, 'xHistoire'];
const book = (number: string, title: string, ...fields: MadeField[]) =>
  marc21(number, title, ...fields, copy(`B${number}`));

/** Imports records; answers with how many titles were added, updated and unchanged. */
async function importBooks({ perform }: Scene, ...books: ReturnType<typeof book>[]): Promise<number[]> {
  const report = await importRecords(
    inPieces(Buffer.concat(books.map((one) => iso2709(one)))),
    { perform, seat: commandLine, network: smallNetwork },
    { format: 'marc21', name: 'books.mrc' },
  );
  if ('kind' in report) throw new Error(JSON.stringify(report));
  return [report.added, report.updated, report.unchanged];
}

async function bySubject(scene: Scene, text: string): Promise<string[]> {
  const window = { offset: 0, limit: 10 };
  const found = await scene.perform(kioskOf(null), searchPublic, { text, field: 'subject', window });
  return found.kind === 'titles' ? found.lines.map((one) => one.title) : [found.kind];
}

onBothDatabases('subjects of imported titles', (it) => {
  it('KIO-01 are found and shown; another file’s take their place, and the same file again changes nothing', async ({
    scene,
  }) => {
    const first = [book('1', 'Poésies', about('Mathématiques'), about('Été')), book('2', 'Mélanges')];
    expect(await importBooks(scene, ...first)).toEqual([2, 0, 0]);
    expect(await bySubject(scene, 'histoire ete')).toEqual(['Poésies']);
    expect(await scene.perform(kioskOf(null), openPublic, { title: 1 })).toMatchObject({
      title: { subjects: ['Mathématiques -- Histoire', 'Été -- Histoire'] },
    });
    expect(await importBooks(scene, ...first)).toEqual([0, 0, 2]);
    expect(await importBooks(scene, book('1', 'Poésies', about('Logique')), book('2', 'Mélanges'))).toEqual([0, 1, 1]);
    expect(await bySubject(scene, 'logique')).toEqual(['Poésies']);
    expect(await bySubject(scene, 'mathematiques')).toEqual([]);
    expect(await importBooks(scene, book('1', 'Poésies'), book('2', 'Mélanges'))).toEqual([0, 1, 1]);
    expect(await bySubject(scene, 'histoire')).toEqual([]);
  });

  it('KIO-01 REL-10 a title that was imported before there were subjects gets them from the same file; nothing else of it changes', async ({
    scene,
    database,
  }) => {
    const books = [book('1', 'Poésies', about('Mathématiques')), book('2', 'Mélanges')];
    await importBooks(scene, ...books);
    // As the version before has left them: six fields of six characters each.
    await database.sql('update titles set subjects = null, import_digest = substr(import_digest, 1, 36)');
    await scene.act(changeTitle, { title: 1, change: { author: 'Chapman, W.' } });
    expect(await bySubject(scene, 'histoire')).toEqual([]);
    expect(await importBooks(scene, ...books)).toEqual([0, 1, 1]);
    expect(await bySubject(scene, 'histoire')).toEqual(['Poésies']);
    expect(await database.sql('select title, author, subjects from titles order by id')).toEqual([
      { title: 'Poésies', author: 'Chapman, W.', subjects: 'Mathématiques -- Histoire' },
      { title: 'Mélanges', author: null, subjects: null },
    ]);
    const [event] = await database.sql<{ data: string }>(
      "select data from events where kind = 'title-changed' order by id desc limit 1",
    );
    expect(JSON.parse(event?.data ?? '{}')).toMatchObject({
      before: { subjects: null },
      after: { subjects: 'Mathématiques -- Histoire' },
    });
    expect(await importBooks(scene, ...books)).toEqual([0, 0, 2]);
  });
});
