import { dayOf } from '../circulation/time.ts';
import { linesForLetter } from '../desk/upload-letter-lines.ts';
import { tableFileName, workbookOf } from '../exchange/tables/index.ts';
import { wordsIn } from '../language/index.ts';
import type { JobWork } from '../jobs/job.ts';
import type { LetterMeans } from '../jobs/send-letters.ts';
import { languageOfPatron } from '../letters/index.ts';
import { isRefusal } from './refusals.ts';
import { uploadTable } from './upload-report.ts';

/** Rows of a table that is sent by mail: what is longer is read in the program. */
const MOST_ROWS = 10_000;
const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What goes with the report of an upload: the same as a workbook, all lines of it (OFF-04). Throws DatabaseAway. */
export function attachmentsFor({
  perform,
  seat,
  network,
}: Pick<JobWork, 'perform' | 'seat' | 'network'>): NonNullable<LetterMeans['attach']> {
  return async (letter) => {
    if (letter.kind !== 'upload-report') return [];
    const { upload, failed, toSee, endedAt } = letter.facts;
    const total = failed + toSee;
    if (total === 0 || total > MOST_ROWS) return [];
    const read: Parameters<typeof uploadTable>[0] = async (show, window) => {
      const found = await perform(seat, linesForLetter, { upload, show, window });
      if (isRefusal(found)) throw new Error(`the lines of an upload may not be read: ${JSON.stringify(found)}`);
      return found.lines;
    };
    const language = languageOfPatron(letter.language);
    const { name, columns, rows } = uploadTable(read, total, language);
    const content = await workbookOf(name, columns, rows, network.timeZone);
    const { title } = wordsIn(language).uploads.report;
    return [{ name: tableFileName(title, dayOf(endedAt, network.timeZone), 'xlsx'), type: WORKBOOK, content }];
  };
}
