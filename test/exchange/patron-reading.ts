import type { CardPatron, CardProblem } from '../../source/circulation/card-system.ts';
import type { Network } from '../../source/circulation/network.ts';
import { PatronCodes } from '../../source/exchange/patrons/codes.ts';
import { NO_MAPPING, readPatronMapping } from '../../source/exchange/patrons/mapping.ts';
import type { PatronMapping } from '../../source/exchange/patrons/mapping.ts';
import { readPatrons } from '../../source/exchange/patrons/read.ts';
import type { PatronEncoding, PatronFormat } from '../../source/exchange/patrons/read.ts';
import { cardNetwork } from '../support/card-users.ts';
import { inPieces } from '../support/marc.ts';

export type ReadFile = { readonly patrons: readonly CardPatron[]; readonly problems: readonly CardProblem[] };

/** A mapping as its file is written. Throws its errors. */
export function mappingOf(written: string, of: Network = cardNetwork): PatronMapping {
  const read = readPatronMapping(written, of);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.mapping;
}

/** Reads a file as an import does on 1 June 2026, in pieces. */
export async function readFileOf(
  file: string | Buffer,
  {
    format = 'alma-xml',
    mapping = NO_MAPPING,
    encoding,
  }: { format?: PatronFormat; mapping?: PatronMapping; encoding?: PatronEncoding } = {},
): Promise<ReadFile> {
  const patrons: CardPatron[] = [];
  const problems: CardProblem[] = [];
  const how = { codes: new PatronCodes(cardNetwork, mapping), today: '2026-06-01' };
  for await (const entry of readPatrons(inPieces(file), format, how, encoding)) {
    if (entry.kind === 'file') problems.push(entry.problem);
    else {
      const read = entry.read();
      problems.push(...read.problems);
      if (read.record) patrons.push(read.record.patron);
    }
  }
  return { patrons, problems };
}
