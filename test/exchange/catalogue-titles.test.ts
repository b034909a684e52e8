import { describe, expect, it } from 'vitest';
import { iso2709, marc21, marcXml, unimarc } from '../support/marc.ts';
import type { MadeField, MadeRecord } from '../support/marc.ts';
import { ANYWHERE, entriesIn, entryIn, said } from './catalogue-reading.ts';

const title = async (record: MadeRecord, format: 'marc21' | 'unimarc' = 'marc21') =>
  (await entryIn(iso2709(record), { format })).record?.title;

describe('titles of MARC 21', () => {
  it.each<[string, MadeField, string]>([
    [
      'ISBD punctuation between its parts stays, at the end it goes',
      ['245', '10', 'aLes aspirations :', 'bpoésies /', 'cW. Chapman.'],
      'Les aspirations : poésies',
    ],
    [
      'parts without punctuation get theirs',
      ['245', '10', 'aHamlet', 'btragedy', 'nII', 'pThe ghost'],
      'Hamlet : tragedy. II, The ghost',
    ],
    ['the medium is not part of it', ['245', '10', 'aGlobe', 'h[electronic resource] :', 'brevue'], 'Globe : revue'],
    ['an ellipsis and an initial keep their full stop', ['245', '10', 'aQui est J. K.'], 'Qui est J. K.'],
    ['any other final full stop goes', ['245', '10', 'aAnnual report.'], 'Annual report'],
    ['non-sorting marks go', ['245', '10', 'a\u0098Le \u009Cmonde'], 'Le monde'],
    ['white space is one space', ['245', '10', 'a  Le\n  monde '], 'Le monde'],
  ])('%s', async (_, field, expected) => {
    expect((await title({ fields: [['001', '1'], field] }))?.title).toBe(expected);
  });

  it('author, ISBN, publisher, year, and the key that is 003 and 001', async () => {
    const record: MadeRecord = {
      fields: [
        ['001', 'ocm1'],
        ['003', 'OCoLC'],
        ['008', '970701s1919    quc          u000 0 fre  '],
        ['020', '  ', 'a978-2-07-036822-8 (broché) :'],
        ['100', '1 ', 'aChouinard, Ernest,', 'd1856-1924.'],
        ['245', '00', 'aSur mer'],
        ['264', ' 1', 'aQuébec :', 'bLe Soleil,', 'c[2019]'],
      ],
    };
    expect(await title(record)).toEqual({
      controlKey: 'marc21:OCoLC:ocm1',
      title: 'Sur mer',
      author: 'Chouinard, Ernest',
      isbn: '9782070368228',
      resourceType: 'BOOK',
      publisher: 'Le Soleil',
      year: '2019',
      subjects: null,
    });
  });

  it('KIO-01 subjects: headings with what divides them, each once, in the order of the fields', async () => {
    const record = marc21(
      '1',
      'T',
      ['600', '10', 'aHugo, Victor,', 'd1802-1885', 'xCritique et interprétation.'],
      ['650', ' 7', 'aMathématiques', 'vManuels d’enseignement supérieur.', '2ram'],
      ['650', ' 0', 'aMathématiques', 'vManuels d’enseignement supérieur.', '0(DE-588)4037944-9'],
      ['651', ' 7', 'aFrance', 'xHistoire', 'y1789-1799'],
      ['653', '  ', 'apoésie', 'aromantisme'],
      ['655', ' 7', 'aThèses et écrits académiques'],
      ['650', ' 0', 'vsans vedette'],
      ['690', '  ', 'alocal'],
    );
    expect((await title(record))?.subjects?.split('\n')).toEqual([
      'Hugo, Victor, 1802-1885 -- Critique et interprétation',
      'Mathématiques -- Manuels d’enseignement supérieur',
      'France -- Histoire -- 1789-1799',
      'poésie',
      'romantisme',
      'Thèses et écrits académiques',
    ]);
  });

  it.each<[string, readonly MadeField[], string | null]>([
    ['a body', [['110', '2 ', 'aUniversité de Toulouse.', 'bBibliothèque.']], 'Université de Toulouse. Bibliothèque'],
    ['an added entry where there is no main one', [['700', '1 ', 'aDupont, Jean,', 'eéd.']], 'Dupont, Jean'],
    ['not the author of a part', [['700', '12', 'aDupont, Jean.']], null],
    ['nobody', [], null],
  ])('its author is %s', async (_, fields, author) => {
    expect((await title(marc21('1', 'Title', ...fields)))?.author).toBe(author);
  });

  it.each([
    ['nam', 'BOOK'],
    ['nas', 'JOURNAL'],
    ['naa', 'ARTICLE'],
    ['ncm', 'SCORE'],
    ['nem', 'MAP'],
    ['ngm', 'VIDEO'],
    ['njm', 'AUDIO'],
    ['nom', 'MIXED'],
    ['nrm', 'OBJECT'],
  ])('leader %s is %s', async (type, expected) => {
    const record = { ...marc21('1', 'Title'), leader: `00000${type} a2200000 a 4500` };
    expect((await title(record))?.resourceType).toBe(expected);
  });

  it('a dissertation note makes a thesis; an ISSN stands where there is no ISBN; a wrong ISBN is kept and named', async () => {
    expect((await title(marc21('1', 'T', ['502', '  ', 'aThèse'])))?.resourceType).toBe('THESIS');
    expect((await title(marc21('1', 'T', ['022', '  ', 'a00097330'])))?.isbn).toBe('0009-7330');
    const entry = await entryIn(iso2709(marc21('1', 'T', ['020', '  ', 'a2-07-036822-4'])), { format: 'marc21' });
    expect(entry.record?.title.isbn).toBe('2070368224');
    expect(said(entry)).toEqual(['bad-isbn 020$a']);
  });
});

describe('titles of UNIMARC', () => {
  it('parts, author, ISBN, publisher, year; the link in 003 is not part of the key', async () => {
    const record = unimarc(
      '054273242',
      'Histoire de la science politique',
      ['003', 'http://www.sudoc.fr/054273242'],
      ['010', '  ', 'a2-07-036822-X', 'bbr.'],
      ['214', ' 0', 'aParis', 'cF. Alcan', 'dDL 1913'],
      ['700', ' 1', 'aJanet', 'bPaul', 'f(1823-1899)'],
    );
    const fields = record.fields.map((one): MadeField =>
      one[0] === '200'
        ? [...one, 'edans ses rapports avec la morale', 'hII,', 'iLes temps modernes', 'fpar Paul Janet']
        : one,
    );
    expect(await title({ ...record, fields }, 'unimarc')).toEqual({
      controlKey: 'unimarc::054273242',
      title: 'Histoire de la science politique : dans ses rapports avec la morale. II, Les temps modernes',
      author: 'Janet, Paul',
      isbn: '207036822X',
      resourceType: 'BOOK',
      publisher: 'F. Alcan',
      year: '1913',
      subjects: null,
    });
  });

  it('KIO-01 subjects: persons, topics and places with what divides them, free words one by one', async () => {
    const record = unimarc(
      '1',
      'T',
      ['600', ' 1', '3027', 'aRousseau', 'bJean-Jacques', 'f1712-1778', 'xPensée politique'],
      ['606', '  ', '3027', 'aSciences politiques', 'yFrance', 'z18e siècle', '2rameau'],
      ['607', '  ', 'aToulouse (Haute-Garonne)', 'jGuides'],
      ['608', '  ', 'aThèses et écrits académiques', '2rameau'],
      ['610', '0 ', 'acité', 'acontrat'],
    );
    expect((await title(record, 'unimarc'))?.subjects?.split('\n')).toEqual([
      'Rousseau, Jean-Jacques, 1712-1778 -- Pensée politique',
      'Sciences politiques -- France -- 18e siècle',
      'Toulouse (Haute-Garonne) -- Guides',
      'Thèses et écrits académiques',
      'cité',
      'contrat',
    ]);
  });

  it('without a heading, the statement of responsibility; without 210, the coded year', async () => {
    const record = unimarc('1', 'Titre');
    const fields = record.fields.map((one): MadeField => (one[0] === '200' ? [...one, 'fpar A. Esmein'] : one));
    expect(await title({ ...record, fields }, 'unimarc')).toMatchObject({ author: 'par A. Esmein', year: '2026' });
    expect((await title(unimarc('1', 'T', ['710', '02', 'aFrance', 'bSénat']), 'unimarc'))?.author).toBe(
      'France. Sénat',
    );
    expect((await title(unimarc('1', 'T', ['328', ' 0', 'bThèse']), 'unimarc'))?.resourceType).toBe('THESIS');
  });
});

describe('what is no title', () => {
  it.each<[string, MadeRecord, 'marc21' | 'unimarc', string]>([
    [
      'no title',
      {
        fields: [
          ['001', '1'],
          ['245', '00', 'a '],
        ],
      },
      'marc21',
      'no-title 245$a',
    ],
    [
      'no title',
      {
        fields: [
          ['001', '1'],
          ['200', '1 ', 'fnobody'],
        ],
      },
      'unimarc',
      'no-title 200$a',
    ],
    ['the other flavour', unimarc('1', 'Titre'), 'marc21', 'other-flavour'],
    ['the other flavour', marc21('1', 'Title'), 'unimarc', 'other-flavour'],
    [
      'an authority record',
      { ...marc21('1', 'T'), leader: '00000nz  a2200000n  4500' },
      'marc21',
      'not-bibliographic leader',
    ],
    [
      'a deleted record',
      { ...marc21('1', 'T'), leader: '00000dam a2200000 a 4500' },
      'marc21',
      'marked-deleted leader',
    ],
  ])('%s (%#)', async (_, record, format, problem) => {
    const entry = await entryIn(iso2709(record), { format });
    expect(entry.record).toBeNull();
    expect(entry.control).toBe('1');
    expect(said(entry)).toEqual([problem]);
  });

  it('REL-06 control characters are left out and named; text that was made UTF-8 twice is read once more', async () => {
    const odd = await entryIn(iso2709(marc21('1', 'Red \u001B[31malert\u0007')), { format: 'marc21' });
    expect(odd.record?.title.title).toBe('Red [31malert');
    expect(said(odd)).toEqual(['control-character 245$a']);
    const twice = await entryIn(iso2709(marc21('1', Buffer.from('L’été 8°').toString('latin1'))), { format: 'marc21' });
    expect(twice.record?.title.title).toBe('L’été 8°');
    expect(said(twice)).toEqual(['encoded-twice 245$a']);
    const right = await entryIn(iso2709(marc21('1', 'Â la recherche, Ã')), { format: 'marc21' });
    expect(said(right)).toEqual([]);
  });

  it('a title of any length fits an index: it is cut between characters, and said', async () => {
    const entry = await entryIn(iso2709(marc21('1', 'שלום '.repeat(400))), { format: 'marc21' });
    expect(Buffer.byteLength(entry.record?.title.title ?? '')).toBeLessThanOrEqual(1500);
    expect(entry.record?.title.title).not.toContain('\uFFFD');
    expect(said(entry)).toEqual(['text-cut 245$a']);
  });
});

describe('items of records', () => {
  const item = async (...fields: readonly MadeField[]) =>
    entryIn(iso2709(marc21('1', 'Title', ...fields)), { format: 'marc21', mapping: ANYWHERE });

  it('852, 952 and 949 of MARC 21', async () => {
    const entry = await item(
      ['852', '0 ', 'bmain', 'cstacks', 'hPQ 2635', 'iO52', 'pB1', 't2', 'zFragile', 'xgift'],
      ['952', '  ', 'amain', 'cstacks', 'o843 DUP', 'pB2', 'ht. 1', 'yDVD'],
      ['949', '  ', 'aPS 9455', 'v3', 'wLC', 'i30007004052170', 'tBOOKS', 'lDESM-CIR', 'mDESMARAIS', 'o.NOTE. A1'],
    );
    const base = { library: 'sci', location: 'sci/63S', material: 'BOOK', policy: null };
    const none = { description: null, fulfilmentNote: null, publicNote: null, internalNote: null };
    expect(entry.record?.items).toEqual([
      {
        ...base,
        ...none,
        barcode: 'B1',
        callNumber: 'PQ 2635 O52',
        description: 'c.2',
        publicNote: 'Fragile',
        internalNote: 'gift',
      },
      { ...base, ...none, barcode: 'B2', callNumber: '843 DUP', material: 'DVD', description: 't. 1' },
      { ...base, ...none, barcode: '30007004052170', callNumber: 'PS 9455', description: '3', internalNote: 'A1' },
    ]);
    expect(said(entry)).toEqual(['unmapped-material 949$t']);
  });

  it('995 of UNIMARC', async () => {
    const record = unimarc('1', 'Titre', [
      '995',
      '  ',
      'b751072303',
      'cBIB01',
      'dANX1',
      'f00000001158900',
      'k8°007.775',
      'oL4',
      'rCN',
      'uNumer',
    ]);
    const entry = await entryIn(iso2709(record), { format: 'unimarc', mapping: ANYWHERE });
    expect(entry.record?.items).toEqual([
      {
        barcode: '00000001158900',
        library: 'sci',
        location: 'sci/63S',
        material: 'BOOK',
        policy: null,
        description: null,
        callNumber: '8°007.775',
        fulfilmentNote: null,
        publicNote: null,
        internalNote: 'Numer',
      },
    ]);
    expect(said(entry)).toEqual(['unmapped-material 995$r', 'unmapped-policy 995$o']);
  });

  it('an 852 without a barcode says where copies stand; a local field with the same number says nothing', async () => {
    const entry = await item(['852', '  ', 'bmain', 'hQA 1'], ['949', '  ', 'anote of somebody']);
    expect(entry.record).toMatchObject({ items: [], holdings: [{ location: 'sci/63S', callNumber: 'QA 1' }] });
    expect(said(entry)).toEqual([]);
  });

  it('an unknown location is an error of its item, named by field and occurrence; the others and the title go on', async () => {
    const file = iso2709(
      marc21(
        '1',
        'Title',
        ['852', '  ', 'bsci', 'c63S', 'pB1'],
        ['852', '  ', 'bnowhere', 'cattic', 'pB2'],
        ['852', '  ', 'pB3'],
        ['949', '  ', 'lsci/63S', 'msci'],
      ),
    );
    const entry = await entryIn(file, { format: 'marc21' });
    expect(entry.record?.items.map((one) => one.barcode)).toEqual(['B1']);
    expect(entry.lost).toBe(3);
    expect(said(entry)).toEqual(['unknown-location 852[2]$c', 'no-location 852[3]$c', 'no-barcode 949$i']);
    expect(entry.problems[0]).toMatchObject({ found: 'nowhere/attic', at: file.indexOf('  \u001Fbnowhere') });
  });
});

describe('a file as a whole', () => {
  it('both formats take ISO 2709 and MARCXML, seen by their first bytes', async () => {
    const marc = [marc21('1', 'One'), marc21('2', 'Two')];
    const uni = [unimarc('1', 'Un'), unimarc('2', 'Deux')];
    const titles = async (file: Buffer | string, format: 'marc21' | 'unimarc' | 'marcxml') =>
      (await entriesIn(file, { format }, 37)).map((one) => one.record?.title.title);
    expect(await titles(Buffer.concat(marc.map((one) => iso2709(one))), 'marc21')).toEqual(['One', 'Two']);
    expect(await titles(marcXml(marc), 'marc21')).toEqual(['One', 'Two']);
    expect(await titles(`\uFEFF${marcXml(marc, 'marc:')}`, 'marc21')).toEqual(['One', 'Two']);
    expect(await titles(Buffer.concat(uni.map((one) => iso2709(one))), 'unimarc')).toEqual(['Un', 'Deux']);
    expect(await titles(marcXml(uni), 'unimarc')).toEqual(['Un', 'Deux']);
    expect(await titles(marcXml([...marc, ...uni]), 'marcxml')).toEqual(['One', 'Two', 'Un', 'Deux']);
  });

  it.each([
    ['neither', 'hello, world', 'marc21' as const],
    ['ISO 2709 where XML was promised', iso2709(marc21('1', 'T')), 'marcxml' as const],
  ])('%s is refused as a file', async (_, file, format) => {
    expect(await entriesIn(file, { format })).toMatchObject([
      { isFile: true, problems: [{ problem: 'unknown-content' }] },
    ]);
  });
});
