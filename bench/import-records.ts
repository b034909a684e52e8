import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { iso2709 } from '../test/support/marc.ts';
import type { MadeField, MadeRecord } from '../test/support/marc.ts';
import { randomFor } from './support/random.ts';
import type { Random } from './support/random.ts';

const WORDS =
  'traité histoire éléments recherche théorie pratique méthode science société culture analyse étude système langage nature économie médecine géologie lumière énergie forêt océan mémoire écriture'.split(
    ' ',
  );
const NAMES = 'Martin Bernard Lefèvre Guérin Noël Étienne Barthélemy Müller García Øster Dvořák'.split(' ');

const text = (random: Random, words: number): string =>
  Array.from({ length: words }, () => random.oneOf(WORDS)).join(' ');

/** Field of a record that an import does not read, as real records are full of them. */
const other = (random: Random, tag: string): MadeField => [tag, '  ', `a${text(random, 12)}`];

/** A UNIMARC record as a union catalogue sends it: some twenty fields, one to three copies at sci/63S. */
function recordOf(number: number, random: Random): MadeRecord {
  const copies = 1 + random.below(3);
  const year = String(1950 + random.below(76));
  return {
    leader: '00000nam0 2200000   450 ',
    fields: [
      ['001', `BENCH${String(number).padStart(8, '0')}`],
      ['005', '20260101000000.0'],
      ['100', '  ', `a20260101d${year}    k  y0frey50      ba`],
      ['101', '0 ', 'afre'],
      ['200', '1 ', `a${text(random, 5)} ${number}`, `e${text(random, 6)}`, `fpar ${random.oneOf(NAMES)}`],
      ['210', '  ', 'aToulouse', 'cPresses universitaires', `d${year}`],
      ['215', '  ', `a${100 + random.below(700)} p.`],
      ...['300', '320', '327', '330', '606', '606', '606', '607', '676', '801'].map((tag) => other(random, tag)),
      ['700', ' 1', `a${random.oneOf(NAMES)}`, 'bJean'],
      ...Array.from({ length: copies }, (_, copy): MadeField => [
        '995',
        '  ',
        'csci',
        'e63S',
        `fBENCH-${number}-${copy}`,
        `k${random.below(999)} ${random.oneOf(NAMES).slice(0, 3).toUpperCase()}`,
      ]),
    ],
  };
}

/** Writes so many records to a file in ISO 2709; the same ones each time. */
export async function writeRecords(file: string, count: number): Promise<void> {
  const random = randomFor('catalogue records');
  const stream = createWriteStream(file);
  for (let number = 1; number <= count; number += 1) {
    if (!stream.write(iso2709(recordOf(number, random)))) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}
