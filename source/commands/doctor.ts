import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import type { Network } from '../circulation/network.ts';
import { DatabaseAway } from '../desk/away.ts';
import { openHouse } from '../desk/house.ts';
import type { House } from '../desk/house.ts';
import { isUnstaffed } from '../desk/staff-accounts.ts';
import { cardSystemFindings } from './card-system.ts';
import { print, printJson } from './context.ts';
import type { Context } from './context.ts';
import { databaseUrl, fileOf, readOpened, usualUrl } from './database.ts';
import { directoryFindings } from './directories.ts';
import type { Finding } from './doctor-findings.ts';
import { note, ok, wrong } from './doctor-findings.ts';
import { mailFindings } from './doctor-mail.ts';
import { printerFindings } from './doctor-printers.ts';
import type { Status } from './failure.ts';
import { hoped } from './refusals.ts';
import { COMMAND_LINE_SEAT } from './seat.ts';

type Area = 'runtime' | 'database' | 'terminal' | 'printers' | 'mail' | 'directories' | 'files';

const MARKS: Readonly<Record<Finding['state'], string>> = { ok: 'ok', note: '· ', wrong: '!!' };
const LEAST = { columns: 80, rows: 24 };

/** What has been found of the database, and the network in it; null: there is none, or no telling. */
type Looked = { readonly findings: readonly Finding[]; readonly network: Network | null; readonly training: boolean };
const only = (...findings: readonly Finding[]): Looked => ({ findings, network: null, training: false });

/** What is known of a database that answers: its schema, its network, its accounts. Nothing in it is changed. */
async function lookInto(context: Context, house: House): Promise<Looked> {
  const { db, doctor, refusal } = context.words.commands;
  const { done, pending, unknown } = await house.status();
  const answers = ok(doctor.opened(house.where));
  if (unknown.length > 0) return only(answers, wrong(db.newer(house.where, unknown)));
  if (done.length === 0) return only(answers, note(db.empty(house.where)));
  if (pending.length > 0) return only(answers, wrong(db.pending(house.where, pending)));
  const { network, version, training, perform } = await readOpened(context, house);
  const { unstaffed } = hoped(await perform(COMMAND_LINE_SEAT, isUnstaffed, {}), refusal);
  const findings = [
    answers,
    ok(db.upToDate(house.where)),
    ...(training ? [note(doctor.training)] : []),
    network ? ok(doctor.network(network.name, version)) : note(doctor.noNetwork),
    ...(unstaffed ? [note(doctor.noStaff)] : []),
  ];
  return { findings, network, training };
}

async function lookAtDatabase(context: Context): Promise<Looked> {
  const { doctor, trouble } = context.words.commands;
  const url = databaseUrl(context);
  const file = fileOf(url);
  if (file !== undefined && !existsSync(file) && (url === usualUrl(context) || existsSync(path.dirname(file))))
    return only(note(doctor.notYet(url)));
  let house: House | undefined;
  try {
    house = openHouse(url);
    return await lookInto(context, house);
  } catch (error) {
    if (error instanceof DatabaseAway) return only(wrong(trouble[error.reason](error.where)));
    throw error;
  } finally {
    await house?.close();
  }
}

function terminalFindings({ machine, words }: Context): Finding[] {
  const { doctor } = words.commands;
  const { env, stdin, stdout } = machine;
  if (!stdin.isTTY || !stdout.isTTY) return [note(doctor.noTerminal)];
  const { columns, rows } = stdout;
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  const colours = 2 ** stdout.getColorDepth();
  return [
    ...(env['TERM'] === 'dumb' ? [wrong(doctor.dumbTerminal)] : []),
    columns < LEAST.columns || rows < LEAST.rows
      ? wrong(doctor.tooSmall(columns, rows))
      : ok(doctor.size(columns, rows)),
    /utf-?8/i.test(locale) || process.platform === 'darwin' ? ok(doctor.utf8) : wrong(doctor.notUtf8),
    colours > 2 ? ok(doctor.colours(colours)) : note(doctor.noColours),
  ];
}

/** Whether something can be written into a folder, or into the nearest one above it that exists. */
function isWritable(folder: string): boolean {
  if (!existsSync(folder)) return path.dirname(folder) !== folder && isWritable(path.dirname(folder));
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function fileFindings({ folders, words, settings }: Context): Finding[] {
  const { doctor, refusal } = words.commands;
  const writable = Object.values(folders).map((folder) =>
    isWritable(folder) ? ok(doctor.folder(folder)) : wrong(doctor.folderRefused(folder)),
  );
  return [...writable, ...(settings.broken ? [wrong(refusal.settingsBroken(settings.file))] : [])];
}

/** `guichet doctor`: what works here, what does not, and what to do; changes nothing. Exit status 1 if anything is wrong. */
export async function run(context: Context): Promise<Status> {
  const { doctor } = context.words.commands;
  const database = await lookAtDatabase(context);
  const areas: Readonly<Record<Area, readonly Finding[]>> = {
    runtime: [ok(doctor.node(process.versions.node, process.execPath))],
    database: database.findings,
    terminal: terminalFindings(context),
    printers: await printerFindings(context, database.network),
    mail: await mailFindings(context, database.network),
    directories: await directoryFindings(context, database),
    files: [...fileFindings(context), ...(await cardSystemFindings(context, database.network))],
  };
  const found = Object.values(areas).flat();
  const count = found.filter((one) => one.state === 'wrong').length;
  if (context.options.has('json')) printJson(context, { well: count === 0, ...areas });
  else {
    for (const [area, findings] of Object.entries(areas) as [Area, readonly Finding[]][]) {
      if (findings.length === 0) continue;
      print(context, doctor.heading[area]);
      for (const { state, text } of findings) print(context, `  ${MARKS[state]} ${text}`);
    }
    print(context, count === 0 ? doctor.allWell : doctor.somethingWrong(count));
  }
  return count === 0 ? 0 : 1;
}
