import { stat } from 'node:fs/promises';
import process from 'node:process';
import { dayOf, minutesOf } from '../circulation/time.ts';
import { DatabaseAway } from '../desk/away.ts';
import { uploadReport } from '../desk/offline-report.ts';
import { placeName } from '../desk/perform.ts';
import type { Seat } from '../desk/perform.ts';
import { formOf } from '../exchange/tables/index.ts';
import { factsOf } from '../offline/index.ts';
import { uploadLines } from '../offline/upload.ts';
import type { UploadProgress } from '../offline/upload.ts';
import { complain, print, printJson } from './context.ts';
import type { Context } from './context.ts';
import { withDatabase } from './database.ts';
import type { Opened } from './database.ts';
import { Failure, misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { Teller } from './import-telling.ts';
import { notWritten, separatorIn, writeAndNote } from './list-file.ts';
import { hoped, isRefusal, refusalSentence } from './refusals.ts';
import { deskSeat } from './seat.ts';
import { hold, readUpload } from './upload-file.ts';
import type { FileToUpload, HeldUpload } from './upload-file.ts';
import { uploadTable } from './upload-report.ts';
import { badErrors, NOTHING_DONE, plainErrors, plainNotices, reasonsIn } from './upload-telling.ts';
import { tellErrors, tellFacts, tellNotices } from './upload-telling.ts';
import type { Uploaded } from './upload-telling.ts';

/** The database may answer again by itself: then the same command goes on. */
const PASSING: readonly DatabaseAway['reason'][] = ['unreachable', 'silent', 'locked'];

/** The file of `--report`, known before anything is uploaded to be one that can be written. Throws Failure. */
async function reportFile({ options, words }: Context): Promise<string | undefined> {
  const file = options.text('report');
  if (file === undefined) return undefined;
  const { fileProblem } = words.lists;
  if (formOf(file) === undefined) throw misused(fileProblem['unknown-form'](file));
  const known = await stat(file).catch(() => undefined);
  if (known && !options.has('replace')) throw refused(`${fileProblem.exists(file)} (--replace)`);
  return file;
}

/** Writes the report of an upload (OFF-04). Answers with why it was not written; undefined: it was. */
async function writeReport(
  context: Context,
  { perform, timeZone }: Opened,
  seat: Seat,
  { upload, failed, attentionCount }: Uploaded,
  file: string,
): Promise<string | undefined> {
  const { words, language, options } = context;
  const read: Parameters<typeof uploadTable>[0] = async (show, window) =>
    hoped(await perform(seat, uploadReport, { upload, show, window }), words.commands.refusal).lines;
  const outcome = await writeAndNote(
    { perform, seat },
    uploadTable(read, failed + attentionCount, language),
    file,
    { timeZone, separator: separatorIn(language), replace: options.has('replace') },
    { list: 'offline-upload', asked: { upload } },
  );
  if (isRefusal(outcome)) return refusalSentence(outcome, words.commands.refusal);
  return outcome.kind === 'written' ? undefined : notWritten(outcome, words.lists);
}

/** Puts the file away (OFF-06); null: it stays. */
async function putAway(context: Context, held: HeldUpload, file: string, timeZone: string): Promise<string | null> {
  const { options, machine, words } = context;
  if (options.has('keepFile')) return null;
  const now = machine.clock();
  const when = { day: dayOf(now, timeZone), minutes: minutesOf(now, timeZone) };
  const archived = held.held ? await held.held.archive(when) : { kind: 'problem' as const, problem: held.because };
  if (archived.kind === 'archived') return archived.file;
  complain(context, `guichet: ${words.uploads.notArchived(file, words.uploads.problem[archived.problem])}`);
  return null;
}

/** Only reads, needs no database. A file without a transaction is none of ours: nothing of it would be recorded. */
function dryRun(context: Context, { file, content }: FileToUpload): Status {
  const { options, words } = context;
  const facts = factsOf(content);
  const [errors, whys] = [badErrors(content), reasonsIn(content)];
  if (options.has('json')) printJson(context, { file, ...facts, errors: plainErrors(errors, whys) });
  else {
    tellFacts(context, file, content);
    tellErrors(context, errors, whys, facts.bad);
    print(context, words.uploads.nothingRecorded);
  }
  return facts.bad > 0 ? 1 : 0;
}

/** Says what is to be said of a file in which nothing can be uploaded; undefined: it can be. */
function nothingToDo(context: Context, { file, content }: FileToUpload): Status | undefined {
  const { options, words } = context;
  if (content.lines.length > 0) return undefined;
  const { bad } = factsOf(content);
  const [errors, whys] = [badErrors(content), reasonsIn(content)];
  const json = {
    upload: null,
    file,
    completed: 0,
    failed: bad,
    duplicates: 0,
    errors: plainErrors(errors, whys),
    attention: [],
    attentionCount: 0,
    archived: null,
    report: null,
  };
  if (options.has('json')) printJson(context, json);
  if (bad > 0) throw refused(words.uploads.notOffline(file, bad));
  if (!options.has('json')) print(context, words.uploads.empty(file));
  return 0;
}

/** Applies the lines; the database going away ends the command, with what to do. Throws Failure. */
async function apply(
  context: Context,
  { perform }: Opened,
  seat: Seat,
  { file, content, digest }: FileToUpload,
): Promise<Uploaded> {
  const { words } = context;
  const total = content.lines.length + content.bad.length;
  const teller = new Teller<never>(context, undefined, total, { isError: () => true, lineOf: () => '' });
  let soFar: Omit<UploadProgress, 'total'> = NOTHING_DONE;
  const onProgress = (progress: UploadProgress): void => {
    soFar = progress;
    teller.progress(progress.done, () => words.uploads.progress(progress.done, total));
  };
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  process.once('SIGINT', cancel);
  try {
    const upload = { file, digest, lines: content.lines, bad: content.bad, signal: stop.signal, onProgress };
    return hoped(await uploadLines(perform, seat, upload), words.commands.refusal);
  } catch (error) {
    if (!(error instanceof DatabaseAway)) throw error;
    teller.clear();
    const { done, ...counts } = soFar;
    const sentences = [words.commands.trouble[error.reason](error.where), words.uploads.stopped(done, total)];
    throw new Failure(1, sentences, { upload: null, file, stopped: true, lines: total, ...counts });
  } finally {
    teller.clear();
    process.removeListener('SIGINT', cancel);
  }
}

/** Tells what has come of it; answers with the exit status: whether every line is in the database. */
function conclude(
  context: Context,
  { file, content }: FileToUpload,
  timeZone: string,
  result: Uploaded & { readonly desk: string; readonly archived: string | null; readonly report: string | null },
): Status {
  const { options, words } = context;
  const { upload, stopped, total, completed, duplicates, errors, attention, attentionCount } = result;
  const whys = reasonsIn(content);
  const lines = total + content.moreBad;
  const failed = result.failed + content.moreBad;
  if (options.has('json'))
    printJson(context, {
      upload,
      file,
      desk: result.desk,
      lines,
      stopped,
      completed,
      failed,
      duplicates,
      errors: plainErrors(errors, whys),
      attention: plainNotices(attention, timeZone),
      attentionCount,
      archived: result.archived,
      report: result.report,
    });
  else {
    print(context, words.uploads.counts({ completed, failed, duplicates }));
    tellErrors(context, errors, whys, failed);
    tellNotices(context, attention, attentionCount, timeZone);
    if (result.report !== null) print(context, words.lists.written(result.failed + attentionCount, result.report));
    if (result.archived !== null) print(context, words.uploads.archived(result.archived));
  }
  if (content.unfinished !== null) complain(context, `guichet: ${words.uploads.unfinished(content.unfinished)}`);
  const done = completed + duplicates + result.failed;
  if (stopped) complain(context, `guichet: ${words.uploads.stopped(done, total)}`);
  else if (failed > 0) complain(context, `guichet: ${words.uploads.someFailed(failed)}`);
  return stopped || failed > 0 ? 1 : 0;
}

async function uploadInto(context: Context, opened: Opened, read: FileToUpload, held: HeldUpload): Promise<Status> {
  const { words } = context;
  const { timeZone } = opened;
  const wanted = await reportFile(context);
  const seat = await deskSeat(context, opened);
  const result = await apply(context, opened, seat, read);
  const missing = wanted === undefined ? undefined : await writeReport(context, opened, seat, result, wanted);
  const archived = result.stopped ? null : await putAway(context, held, read.file, timeZone);
  const report = missing === undefined ? (wanted ?? null) : null;
  const status = conclude(context, read, timeZone, { ...result, desk: placeName(seat.place), archived, report });
  if (missing === undefined) return status;
  complain(context, `guichet: ${words.uploads.report.noReport(missing)}`);
  return 1;
}

/** Says of a database that is away at the beginning that nothing is lost, where it may come back by itself. */
async function orRunAgain(context: Context, work: () => Promise<Status>): Promise<Status> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DatabaseAway) || !PASSING.includes(error.reason)) throw error;
    const { commands, uploads } = context.words;
    throw new Failure(1, [commands.trouble[error.reason](error.where), uploads.runAgain]);
  }
}

/**
 * `guichet upload FILE --desk LIB/DESK --as STAFF` (OFF-04 to OFF-07): records what a desk has lent and taken back without
 * the database, and archives the file. Ctrl+C stops after a batch; the same file again goes on, and no line counts twice.
 */
export async function run(context: Context): Promise<Status> {
  const { input, options } = context;
  const [file = ''] = input;
  if (options.has('dryRun')) return dryRun(context, await readUpload(context, file));
  const held = await hold(context, file);
  try {
    const read = await readUpload(context, file);
    const ended = nothingToDo(context, read);
    if (ended !== undefined) return ended;
    if (!options.has('json')) tellFacts(context, file, read.content);
    return await orRunAgain(context, async () =>
      withDatabase(context, {}, async (opened) => uploadInto(context, opened, read, held)),
    );
  } finally {
    await held.held?.release();
  }
}
