import type { Network } from '../circulation/network.ts';
import {
  CATALOGUE_FORMATS,
  ENCODINGS,
  FLAVOURS,
  importRecords,
  isWarning,
  readImportMapping,
} from '../exchange/catalogue/index.ts';
import type { CatalogueProblem, ImportOptions, ImportReport, Tally } from '../exchange/catalogue/index.ts';
import { importResult } from '../training/import-result.ts';
import { complain, print, printJson } from './context.ts';
import type { Context } from './context.ts';
import { withDatabase } from './database.ts';
import type { Opened } from './database.ts';
import { misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { importProblemLine } from './import-report.ts';
import { choice, mappingFrom, whileImporting } from './import-telling.ts';
import type { Teller, Telling } from './import-telling.ts';
import { isRefusal, refusedBy } from './refusals.ts';
import { officeSeat } from './seat.ts';
import { keepHeapSmall } from './small-heap.ts';

/** What is to be read, and how. Throws Failure. */
function readingFrom(
  context: Context,
  network: Network,
): Pick<ImportOptions, 'format' | 'flavour' | 'encoding' | 'mapping'> {
  const { words } = context;
  const format = choice(context, 'format', CATALOGUE_FORMATS);
  if (format === undefined) throw misused(words.imports.needsFormat(CATALOGUE_FORMATS));
  const flavour = choice(context, 'flavour', FLAVOURS);
  if (flavour !== undefined && format !== 'marcxml') throw misused(words.imports.onlyMarcXml('--flavour'));
  const encoding = choice(context, 'encoding', ENCODINGS);
  const mapping = mappingFrom(context, network, readImportMapping);
  return {
    format,
    ...(flavour === undefined ? {} : { flavour }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(mapping === undefined ? {} : { mapping }),
  };
}

const sumOf = ({ added, updated, unchanged }: Tally): number => added + updated + unchanged;

/** What can be said of all that was not refused; null: nothing, because it was not written, or not all of it. */
function restOf(report: ImportReport, isDryRun: boolean): 'imported' | 'nothing' | null {
  if (sumOf(report) + sumOf(report.items) === 0) return 'nothing';
  return isDryRun || report.canceled ? null : 'imported';
}

/** Tells what became of a file; the exit status says whether everything was taken. */
function conclude(context: Context, report: ImportReport, teller: Teller<CatalogueProblem>): Status {
  const { options, words } = context;
  const say = words.imports;
  if (options.has('json')) printJson(context, importResult(report, teller.errors));
  else {
    print(context, say.titles(report));
    print(context, say.items(report.items));
    if (report.repeated > 0) print(context, say.repeated(report.repeated));
    if (options.has('dryRun')) print(context, say.nothingWritten);
  }
  if (report.canceled) complain(context, `guichet: ${say.canceled(report.records)}`);
  if (report.errors > 0)
    complain(
      context,
      `guichet: ${say.someRejected(report.errors, options.text('errors') ?? null, restOf(report, options.has('dryRun')))}`,
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
  const telling: Telling<CatalogueProblem> = {
    isError: (problem) => !isWarning(problem.problem),
    lineOf: (problem) => importProblemLine(problem, words.imports),
  };
  return whileImporting(context, file, telling, async ({ teller, signal, name, chunks }) => {
    const report = await importRecords(
      chunks,
      { perform, seat, network },
      {
        ...reading,
        name,
        signal,
        dryRun: options.has('dryRun'),
        onProblem: (problem) => teller.problem(problem),
        onProgress: (soFar) =>
          teller.progress(soFar.bytes, (percent) => words.imports.progress(soFar.records, percent, soFar)),
      },
    );
    teller.clear();
    if (isRefused(report)) throw refusedBy(report, words.commands.refusal);
    return conclude(context, report, teller);
  });
}

type Answer = Awaited<ReturnType<typeof importRecords>>;
const isRefused = (answer: Answer): answer is Exclude<Answer, ImportReport> => 'kind' in answer && isRefusal(answer);

/** `guichet import catalogue FILE --format …`: titles and items from MARC 21, UNIMARC or delimited files; the same file again changes nothing. */
export async function catalogue(context: Context): Promise<Status> {
  keepHeapSmall();
  return withDatabase(context, {}, async (opened) => importInto(context, opened));
}
