import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importRecords } from '../../source/exchange/catalogue/index.ts';
import type { CatalogueFormat, CatalogueProblem, ImportReport } from '../../source/exchange/catalogue/index.ts';
import { readIso2709 } from '../../source/exchange/catalogue/iso2709.ts';
import type { Flavour } from '../../source/exchange/catalogue/iso2709.ts';
import { readMarcXml } from '../../source/exchange/catalogue/marcxml.ts';
import type { ReadRecord } from '../../source/exchange/catalogue/record.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { commandLine, setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { inPieces, iso2709, marcXml } from '../support/marc.ts';
import type { MadeField, MadeRecord } from '../support/marc.ts';
import { smallNetwork } from '../support/network.ts';
import { ANYWHERE } from './catalogue-reading.ts';

// Records that libraries have made: data, which stays where it is and is no part of the repository.
const FOLDER = '/work/shared/data';
const file = (name: string): Buffer => readFileSync(`${FOLDER}/${name}`);

const FILES: readonly (readonly [name: string, format: CatalogueFormat, records: number, items: number])[] = [
  ['marc21-french-100.mrc', 'marc21', 100, 114],
  ['marc21-hebrew.mrc', 'marc21', 20, 0],
  ['unimarc-18.mrc', 'unimarc', 18, 20],
  ['unimarc-35.mrc', 'unimarc', 35, 58],
  ['marcxml-serials.xml', 'marcxml', 7, 0],
];

/** Real records written out again, so many times, each time as others: number and barcodes of their own. */
async function many(source: AsyncIterable<ReadRecord>, times: number): Promise<MadeRecord[]> {
  const once: MadeRecord[] = [];
  for await (const { record } of source) {
    if (!record) continue;
    const fields = record.fields.map((one): MadeField =>
      one.subfields.length === 0
        ? [one.tag, one.value]
        : [one.tag, one.indicators, ...one.subfields.map(({ code, value }) => `${code}${value}`)],
    );
    once.push({ leader: `${record.leader.slice(0, 9)}a${record.leader.slice(10)}`, fields });
  }
  const renamed = ([tag, ...rest]: MadeField, round: number): MadeField => {
    if (tag === '001') return [tag, `${rest[0] ?? ''}-${round}`];
    const barcode = { '949': 'i', '995': 'f' }[tag];
    return [tag, ...rest.map((one, at) => (at > 0 && one[0] === barcode ? `${one}-${round}` : one))];
  };
  return Array.from({ length: times }, (_, round) =>
    once.map((one) => ({ ...one, fields: one.fields.map((field) => renamed(field, round)) })),
  ).flat();
}

const records = (name: string, flavour: Flavour): AsyncIterable<ReadRecord> =>
  name.endsWith('.xml')
    ? readMarcXml(inPieces(file(name)), 'utf-8', () => true)
    : readIso2709(inPieces(file(name)), { flavour, wants: () => true });

describe.skipIf(!existsSync(FOLDER)).each(databases)('real records on $name', ({ create }) => {
  let database: TestDatabase;
  let scene: Scene;
  beforeAll(async () => {
    database = await create();
    scene = await setScene(database.house);
  });
  afterAll(async () => {
    expect(await database.house.check()).toEqual([]);
    await database.drop();
  });

  const importAll = async (bytes: Buffer | string, format: CatalogueFormat) => {
    const problems: CatalogueProblem[] = [];
    const report = await importRecords(
      inPieces(bytes),
      { perform: scene.perform, seat: commandLine, network: smallNetwork },
      { format, name: 'real', mapping: ANYWHERE, onProblem: (one) => problems.push(one) },
    );
    return { report: report as ImportReport, problems };
  };
  const state = async () => [
    await database.sql('select * from titles order by id'),
    await database.sql('select * from items order by id'),
    await database.sql('select * from holdings order by id'),
    await database.sql('select id from events'),
  ];

  test.each(FILES)('%s imports whole, and again changes nothing', async (name, format, titles, items) => {
    const first = await importAll(file(name), format);
    expect(first.report).toMatchObject({
      records: titles,
      added: titles,
      rejected: 0,
      errors: 0,
      items: { added: items },
    });
    const before = await state();
    const again = await importAll(file(name), format);
    expect(again.report).toMatchObject({ added: 0, updated: 0, unchanged: titles, items: { unchanged: items } });
    expect(await state()).toEqual(before);
  });

  test('what is read of them is what a librarian would write', async () => {
    const titles = await database.sql<{ title: string; author: string | null }>('select title, author from titles');
    expect(titles).toContainEqual({ title: 'Les aspirations : poésies canadiennes', author: 'Chapman, W.' });
    expect(titles).toContainEqual(
      expect.objectContaining({ title: 'La-Torah vela-moʻadim : resise hegyonot', author: 'Zeṿin, Shelomoh Yosef' }),
    );
    expect(titles).toContainEqual({
      title: "L'empire des tsars et les Russes. 3, La religion",
      author: 'Leroy-Beaulieu, Anatole',
    });
    expect(titles.filter((one) => /[\uFFFD\p{Cc}]/u.test(`${one.title}${one.author}`))).toEqual([]);
    const [item] = await database.sql("select call_number from items where barcode = '00000001158900'");
    expect(item).toEqual({ call_number: '8°007.775(1892-1)' });
  });

  test.each([
    ['marc21', 'ISO 2709'],
    ['marc21', 'MARCXML'],
    ['unimarc', 'ISO 2709'],
    ['unimarc', 'MARCXML'],
  ] as const)('several hundred records, %s in %s: all of them, and again nothing', async (flavour, content) => {
    const names =
      flavour === 'marc21' ? ['marc21-french-100.mrc', 'marc21-hebrew.mrc'] : ['unimarc-18.mrc', 'unimarc-35.mrc'];
    const round = content === 'MARCXML' ? 'X' : 'I';
    const made = (
      await Promise.all(names.map(async (name) => many(records(name, flavour), flavour === 'marc21' ? 3 : 7)))
    ).flat();
    const own = made.map((one) => ({
      ...one,
      fields: one.fields.map((field): MadeField =>
        field[0] === '001'
          ? [field[0], `${field[1] ?? ''}${round}`]
          : field[0] === '949' || field[0] === '995'
            ? [field[0], ...field.slice(1).map((text) => text.replace(/^([if][0-9]+-\d)/, `$1${round}`))]
            : field,
      ),
    }));
    const bytes = content === 'MARCXML' ? marcXml(own) : Buffer.concat(own.map((one) => iso2709(one)));
    const first = await importAll(bytes, flavour);
    expect(own.length).toBeGreaterThan(350);
    expect(first.problems.filter((one) => one.problem === 'unknown-character')).toEqual([]);
    expect(first.report).toMatchObject({ records: own.length, rejected: 0, errors: 0 });
    expect(first.report.items.added).toBeGreaterThan(300);
    const before = await state();
    const again = await importAll(bytes, content === 'MARCXML' ? 'marcxml' : flavour);
    expect(again.report).toMatchObject({ added: 0, updated: 0, unchanged: own.length, errors: 0 });
    expect(await state()).toEqual(before);
  });

  test('records damaged at random: the others are imported, and each error has its record and its place', async () => {
    const whole = file('marc21-french-100.mrc');
    const damaged = Buffer.from(whole);
    for (let at = 5000; at < damaged.length; at += 9973) damaged.fill(0x1e, at, at + 3);
    const { report, problems } = await importAll(damaged, 'marc21');
    const errors = problems.filter(
      (one) => one.problem === 'bad-directory' || one.problem === 'bad-leader' || one.problem === 'bad-tag',
    );
    expect(report.records).toBeGreaterThanOrEqual(99);
    expect(report.rejected).toBeLessThanOrEqual(8);
    expect(report.rejected).toBeGreaterThan(0);
    expect(errors.every((one) => one.record > 0 && (one.at ?? -1) >= 0)).toBe(true);
    expect(report.unchanged + report.updated + report.added + report.rejected).toBe(report.records);
  });
});
