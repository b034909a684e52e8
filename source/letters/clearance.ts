import { clearanceNumber } from '../circulation/letters.ts';
import type { ClearanceFacts } from '../circulation/letters.ts';
import { wordsIn } from '../language/index.ts';
import { clean } from './layout.ts';
import { clearancePairs, clearanceSaid } from './clearance-said.ts';
import { languageOfPatron } from './paper.ts';
import { TypeSetter } from './pdf/type-setter.ts';

/** A clearance as a PDF. */
export type ClearanceDocument = {
  readonly pdf: Uint8Array;
  /** Characters that the fonts have not, each once; a `?` stands for them. */
  readonly replaced: readonly string[];
};

/** A4, in points. */
const MARGIN = 72;
const WIDTH = 595.28 - 2 * MARGIN;
const GREY = '#555555';

/** What a clearance's file is called; nothing of it comes from a record (REL-06). */
export const clearanceFileName = (facts: ClearanceFacts): string => `quitus-${clearanceNumber(facts)}.pdf`;

/** Letterhead and title; answers with where they end. */
function head(doc: PDFKit.PDFDocument, type: TypeSetter, facts: ClearanceFacts, title: string): number {
  const column = { x: MARGIN, width: WIDTH };
  const below = type.paragraph(clean(facts.network), { ...column, y: MARGIN }, { size: 14, weight: 700 });
  doc
    .moveTo(MARGIN, below + 6)
    .lineTo(MARGIN + WIDTH, below + 6)
    .lineWidth(0.8)
    .strokeColor(GREY)
    .stroke();
  return type.paragraph(title, { ...column, y: below + 70, align: 'centre' }, { size: 24, weight: 700 });
}

/** Who it is about: labels at the left, what they name beside them. */
function person(type: TypeSetter, pairs: readonly (readonly [string, string])[], y: number): number {
  const label = { size: 11, color: GREY };
  const indent = Math.max(...pairs.map(([name]) => type.width(name, label))) + 24;
  let top = y;
  for (const [name, value] of pairs) {
    type.line(name, MARGIN, top + 1, label);
    const beside = { x: MARGIN + indent, y: top, width: WIDTH - indent };
    top = type.paragraph(value, beside, { size: 12, weight: 700 }) + 4;
  }
  return top;
}

function draw(doc: PDFKit.PDFDocument, facts: ClearanceFacts, language: 'fr' | 'en'): string[] {
  const type = new TypeSetter(doc);
  const { statement, scope, dated, signed } = clearanceSaid(facts, language);
  const column = { x: MARGIN, width: WIDTH };
  const right = { x: MARGIN + WIDTH / 2, width: WIDTH / 2 };
  const body = { size: 12 };
  const title = wordsIn(language).letters.clearance.title;
  const named = person(type, clearancePairs(facts, language), head(doc, type, facts, title) + 36);
  const stated = type.paragraph(statement, { ...column, y: named + 28 }, body);
  const scoped = type.paragraph(scope, { ...column, y: stated + 8 }, body);
  const day = type.paragraph(dated, { ...right, y: scoped + 44 }, body);
  type.paragraph(signed, { ...right, y: day + 6 }, { ...body, weight: 700 });
  return type.replaced;
}

/**
 * The document of a clearance (QUI-02): one page of A4 with the network's letterhead, in the patron's language. The same
 * facts make the same bytes. PDFKit and the fonts are read only here: the first frame does not wait for them (PERF-01).
 */
export async function writeClearance(facts: ClearanceFacts, preferred: string): Promise<ClearanceDocument> {
  const { default: PDFDocument } = await import('pdfkit');
  const language = languageOfPatron(preferred);
  const { clearance } = wordsIn(language).letters;
  const doc = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: language,
    displayTitle: true,
    // None of its own: those are files that it looks for beside itself.
    font: '',
    info: {
      Title: clearance.subject(clearanceNumber(facts)),
      Author: clean(facts.network),
      Creator: 'Guichet',
      Producer: 'PDFKit',
      CreationDate: new Date(facts.issuedAt),
    },
  });
  const pieces: Uint8Array[] = [];
  doc.on('data', (piece: Uint8Array) => pieces.push(piece));
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  const replaced = draw(doc, facts, language);
  doc.end();
  await ended;
  return { pdf: new Uint8Array(Buffer.concat(pieces)), replaced };
}
