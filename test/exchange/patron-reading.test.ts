import { describe, expect, test } from 'vitest';
import { almaUser, almaXml } from '../support/card-users.ts';
import { mappingOf, readFileOf } from './patron-reading.ts';

const FULL = {
  id: 'ups.ana.martin',
  last: 'MARTIN & Cie',
  first: 'Ana',
  group: 'L',
  campus: 'UPS',
  category: 'STUDENT',
  language: 'fr',
  birth: '2004-02-29Z',
  expiry: '2027-10-30Z',
  purge: '2028-01-29Z',
  status: 'ACTIVE',
  identifiers: [
    ['UNR', '1540000123'],
    ['BARCODE', '9921000000164'],
  ] as const,
  emails: ['ana.martin@example.org', 'adresse.manquante@example.org'],
  phones: ['05.61.12.34.56'],
  addresses: [['21 rue Ozenne', 'Toulouse', '31000']] as const,
  statistics: ['0ups'],
  notes: ['Carte refaite'],
};

describe('IMP-01 Alma user XML', () => {
  test('every field is read, dates with their zone, phones in pairs of digits', async () => {
    const { patrons, problems } = await readFileOf(almaXml([FULL]));
    expect(problems).toEqual([]);
    const nowhere = { city: null, postalCode: null, country: null };
    expect(patrons).toEqual([
      {
        primaryId: 'ups.ana.martin',
        lastName: 'MARTIN & Cie',
        firstName: 'Ana',
        group: 'L',
        campus: 'UPS',
        category: 'STUDENT',
        language: 'fr',
        birthDay: '2004-02-29',
        expiry: '2027-10-30',
        purge: '2028-01-29',
        status: 'active',
        identifiers: [
          { type: 'UNR', value: '1540000123' },
          { type: 'BARCODE', value: '9921000000164' },
        ],
        contacts: {
          email: [
            { kind: 'email', type: 'school', value: 'ana.martin@example.org', ...nowhere, preferred: true },
            {
              kind: 'email',
              type: 'alternative',
              value: 'adresse.manquante@example.org',
              ...nowhere,
              preferred: false,
            },
          ],
          phone: [{ kind: 'phone', type: 'mobile', value: '05 61 12 34 56', ...nowhere, preferred: true }],
          address: [
            {
              kind: 'address',
              type: 'home',
              value: '21 rue Ozenne',
              city: 'Toulouse',
              postalCode: '31000',
              country: null,
              preferred: true,
            },
          ],
        },
        statistics: ['0ups'],
        notes: [{ text: 'Carte refaite', popup: false, visible: false }],
      },
    ]);
  });

  test('what the file does not say is left open; parts that are our own, blocks and cards that are no more are left out', async () => {
    const extra = `<user_identifiers>
      <user_identifier segment_type="Internal"><id_type>UNR</id_type><value>1</value></user_identifier>
      <user_identifier><id_type>BARCODE</id_type><value>OLD</value><status>INACTIVE</status></user_identifier>
      <user_identifier><id_type>BARCODE</id_type><value>NEW</value></user_identifier></user_identifiers>
      <user_blocks><user_block><block_type>GENERAL</block_type></user_block></user_blocks>`;
    const { patrons, problems } = await readFileOf(almaXml([{ id: 'P1', extra }]));
    expect(patrons).toEqual([
      {
        primaryId: 'P1',
        lastName: 'NOM P1',
        firstName: 'Ana',
        group: 'L',
        identifiers: [{ type: 'BARCODE', value: 'NEW' }],
      },
    ]);
    expect(problems.map((one) => one.problem)).toEqual(['blocks-ignored', 'internal-ignored']);
  });

  test('encodings: UTF-8 with its mark, Latin-1, Windows-1252, UTF-16; broken characters reject their record', async () => {
    const named = (encoding: string): string => almaXml([{ id: 'P1', last: 'LEFÈVRE' }]).replace('UTF-8', encoding);
    const wide = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(named('UTF-16'), 'utf16le')]);
    for (const file of [
      Buffer.from(`\uFEFF${named('UTF-8')}`),
      Buffer.from(named('ISO-8859-1'), 'latin1'),
      Buffer.from(named('windows-1252'), 'latin1'),
      wide,
    ])
      expect((await readFileOf(file)).patrons).toMatchObject([{ lastName: 'LEFÈVRE' }]);
    const forced = await readFileOf(Buffer.from(named('UTF-8'), 'latin1'), { encoding: 'latin-1' });
    expect(forced.patrons).toMatchObject([{ lastName: 'LEFÈVRE' }]);
    const broken = await readFileOf(Buffer.from(named('UTF-8'), 'latin1'));
    expect(broken).toMatchObject({
      patrons: [],
      problems: [{ problem: 'unreadable-character', line: 7, field: 'last_name' }],
    });
    expect((await readFileOf(named('KOI8-R'))).problems).toMatchObject([
      { problem: 'unknown-encoding', found: 'KOI8-R' },
    ]);
  });

  test('REL-06 a document type refuses the file, inside a record only that; entities are not resolved', async () => {
    const bomb = '<!DOCTYPE users [<!ENTITY a "aaaa">]>';
    const { patrons, problems } = await readFileOf(almaXml([{ id: 'P1' }]).replace('<users>', `${bomb}\n<users>`));
    expect({ patrons, problems }).toEqual({ patrons: [], problems: [{ problem: 'dtd-refused', line: 2 }] });
    const inside = almaUser({ id: 'P2' }).replace('NOM P2', '&a;');
    const read = await readFileOf(almaXml([{ id: 'P1' }, inside, { id: 'P3' }]));
    expect(read.patrons.map((one) => one.primaryId)).toEqual(['P1', 'P3']);
    expect(read.problems).toMatchObject([{ problem: 'not-well-formed', line: 15 }]);
  });

  test('IMP-02 a damaged record is skipped, and the reader goes on at the next one', async () => {
    const cut = almaUser({ id: 'P2' }).slice(0, 90);
    const crossed = almaUser({ id: 'P4' }).replace('</primary_id>', '</primary_ip>');
    const huge = almaUser({ id: 'P6', last: 'x'.repeat(2_100_000) });
    const { patrons, problems } = await readFileOf(
      almaXml([{ id: 'P1' }, cut, { id: 'P3' }, crossed, { id: 'P5' }, huge, { id: 'P7' }]),
    );
    expect(patrons.map((one) => one.primaryId)).toEqual(['P1', 'P3', 'P5', 'P7']);
    expect(problems.map((one) => one.problem)).toEqual(['not-well-formed', 'not-well-formed', 'record-too-long']);
  });
});

describe('IMP-01 delimited text', () => {
  const HEADER = 'Identifiant;NOM;Prénom;Groupe;Adresse;Code postal;Ville;Courriel;N° UNR;Date d’expiration\n';
  const row = (id: string, more = ''): string =>
    `${id};MARTIN;Ana;L;21 rue Ozenne;31000;Toulouse;ana@example.org;154${id};30/10/2027${more}\n`;

  test('columns by their French or English names or by the mapping, in any order; lists only of what has columns', async () => {
    const { patrons, problems } = await readFileOf(HEADER + row('1'), { format: 'delimited' });
    expect(problems).toEqual([]);
    expect(patrons).toMatchObject([
      {
        primaryId: '1',
        lastName: 'MARTIN',
        group: 'L',
        expiry: '2027-10-30',
        identifiers: [{ type: 'UNR', value: '1541' }],
      },
    ]);
    expect(patrons[0]).not.toHaveProperty('birthDay');
    expect(patrons[0]?.contacts).not.toHaveProperty('phone');
    const mapping = mappingOf(
      'columns: {Kennung: primaryId, Name: lastName}\ngroups: {STU: L}\ndefaults: {campus: UPS, language: en}',
    );
    const mapped = await readFileOf('Name\tKennung\tgroup\nMARTIN\t9\tstu\n', { format: 'delimited', mapping });
    expect(mapped.patrons).toEqual([
      { primaryId: '9', lastName: 'MARTIN', firstName: '', group: 'L', campus: 'UPS', language: 'en' },
    ]);
  });

  test('IMP-02 a semicolon in an address shifts the columns of its line only; so does a quote that nobody closes', async () => {
    const shifted = '2;MARTIN;Ana;L;21; rue Ozenne;31000;Toulouse;ana@example.org;1542;30/10/2027\n';
    const open = '3;MARTIN;Ana;L;"21 rue Ozenne;31000;Toulouse;ana@example.org;1543;30/10/2027\n';
    const quoted = '4;MARTIN;Ana;L;"21; rue ""Ozenne""\nBât. B";31000;Toulouse;ana@example.org;1544;30/10/2027\n';
    const inside = '5;MARTIN;Ana;L;21 "bis" rue Ozenne;31000;Toulouse;ana@example.org;1545;30/10/2027\r\n';
    const { patrons, problems } = await readFileOf(`${HEADER}${shifted}${open}${quoted}${inside}\n${row('6', ';;')}`, {
      format: 'delimited',
    });
    expect(patrons.map((one) => [one.primaryId, one.contacts?.address?.[0]?.value])).toEqual([
      ['4', '21; rue "Ozenne" Bât. B'],
      ['5', '21 "bis" rue Ozenne'],
      ['6', '21 rue Ozenne'],
    ]);
    expect(problems).toEqual([
      { problem: 'wrong-columns', line: 2, found: '11', other: '10' },
      { problem: 'not-delimited', line: 3 },
    ]);
  });

  test('bytes that are no UTF-8 are Windows-1252, and it is said; UTF-16 of spreadsheets', async () => {
    const text = `Identifiant;NOM;Groupe\n1;LEFÈVRE;L\n`;
    const latin = await readFileOf(Buffer.from(text, 'latin1'), { format: 'delimited' });
    expect(latin.patrons).toMatchObject([{ lastName: 'LEFÈVRE' }]);
    expect(latin.problems).toMatchObject([{ problem: 'mislabelled', line: 2, field: 'NOM' }]);
    expect(
      (await readFileOf(Buffer.from(text, 'latin1'), { format: 'delimited', encoding: 'latin-1' })).problems,
    ).toEqual([]);
    const wide = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, 'utf16le')]);
    expect((await readFileOf(wide, { format: 'delimited' })).patrons).toMatchObject([{ lastName: 'LEFÈVRE' }]);
  });

  test.each([
    ['Identifiant;Groupe\n1;L\n', { problem: 'missing-column', found: 'lastName', line: 1 }],
    ['Identifiant;NOM\n1;X\n', { problem: 'missing-column', found: 'group', line: 1 }],
    ['<users></users>', { problem: 'unknown-content', line: 1 }],
  ])('%j is no such file', async (file, problem) => {
    expect(await readFileOf(file, { format: 'delimited' })).toEqual({ patrons: [], problems: [problem] });
  });
});
