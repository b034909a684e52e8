import type { Network } from '../circulation/network.ts';
import { isCardWarning } from '../circulation/card-system.ts';
import { importPatronFile, PATRON_ENCODINGS, PATRON_FORMATS, readPatronMapping } from '../exchange/patrons/index.ts';
import type { PatronImportOptions, PatronImportReport, PatronProblem } from '../exchange/patrons/index.ts';
import type { Words } from '../language/words.ts';
import { patronImportResult } from '../training/import-result.ts';
import { complain, print, printJson } from './context.ts';
import type { Context } from './context.ts';
import { withDatabase } from './database.ts';
import type { Opened } from './database.ts';
import { misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { choice, mappingFrom, whileImporting } from './import-telling.ts';
import type { Teller, Telling } from './import-telling.ts';
import { isRefusal, refusedBy } from './refusals.ts';
import { officeSeat } from './seat.ts';
import { keepHeapSmall } from './small-heap.ts';

/** `error: record 12 (1540001), postal_code, line 5412: …`: one line about one problem. */
export function patronProblemLine(problem: PatronProblem, { imports, patronImports: say }: Words): string {
  const { number, record, field, line, found = '', other = '' } = problem;
  const where = [
    number === 0 ? imports.file : say.record(number, record),
    ...(field === undefined ? [] : [field]),
    imports.line(line),
  ];
  const kind = isCardWarning(problem.problem) ? imports.warning : imports.error;
  return `${kind}: ${where.join(', ')}: ${say.problem[problem.problem]({ found, other })}`;
}

/** What is to be read, and how. Throws Failure. */
function readingFrom(context: Context, network: Network): Pick<PatronImportOptions, 'format' | 'encoding' | 'mapping'> {
  const format = choice(context, 'format', PATRON_FORMATS);
  if (format === undefined) throw misused(context.words.imports.needsFormat(PATRON_FORMATS));
  const encoding = choice(context, 'encoding', PATRON_ENCODINGS);
  const mapping = mappingFrom(context, network, readPatronMapping);
  return {
    format,
    ...(encoding === undefined ? {} : { encoding }),
    ...(mapping === undefined ? {} : { mapping }),
  };
}

/** What can be said of all that was not rejected; null: nothing, because it was not written, or not all of it. */
function restOf(
  { added, updated, unchanged, canceled }: PatronImportReport,
  isDryRun: boolean,
): 'imported' | 'nothing' | null {
  if (added + updated + unchanged === 0) return 'nothing';
  return isDryRun || canceled ? null : 'imported';
}

/** Tells what became of a file; the exit status says whether everything was taken. */
function conclude(context: Context, report: PatronImportReport, teller: Teller<PatronProblem>): Status {
  const { options, words } = context;
  const { imports, patronImports: say } = words;
  const isDryRun = options.has('dryRun');
  if (options.has('json')) printJson(context, patronImportResult(report, teller.errors));
  else {
    print(context, say.people(report));
    if (report.repeated > 0) print(context, imports.repeated(report.repeated));
    print(context, report.run === null ? imports.nothingWritten : say.kept(report.run));
  }
  if (report.canceled) complain(context, `guichet: ${say.canceled(report.records)}`);
  if (report.errors > 0)
    complain(
      context,
      `guichet: ${imports.someRejected(report.errors, options.text('errors') ?? null, restOf(report, isDryRun))}`,
    );
  return report.canceled || report.errors > 0 ? 1 : 0;
}

async function importInto(context: Context, opened: Opened): Promise<Status> {
  const { input, options, words } = context;
  const [file = ''] = input;
  const { network, perform } = opened;
  if (network === null) throw refused(words.commands.refusal.invalid['no-network']('network', ''));
  const reading = readingFrom(context, network);
  const seat = await officeSeat(context, opened);
  const telling: Telling<PatronProblem> = {
    isError: (problem) => !isCardWarning(problem.problem),
    lineOf: (problem) => patronProblemLine(problem, words),
  };
  return whileImporting(context, file, telling, async ({ teller, signal, name, chunks }) => {
    const report = await importPatronFile(
      chunks,
      { perform, seat, network },
      {
        ...reading,
        name,
        signal,
        dryRun: options.has('dryRun'),
        onProblem: (problem) => teller.problem(problem),
        onProgress: (soFar) =>
          teller.progress(soFar.bytes, (percent) => words.patronImports.progress(soFar.records, percent, soFar)),
      },
    );
    teller.clear();
    if ('kind' in report && isRefusal(report)) throw refusedBy(report, words.commands.refusal);
    return conclude(context, report, teller);
  });
}

/** `guichet import patrons FILE --format …`: card holders of the card system (IMP-01); the same file again changes nothing. */
export async function patrons(context: Context): Promise<Status> {
  keepHeapSmall();
  return withDatabase(context, {}, async (opened) => importInto(context, opened));
}
