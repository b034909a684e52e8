import { languageOf, LANGUAGES, wordsIn } from '../language/index.ts';
import type { Language } from '../language/index.ts';
import type { Words } from '../language/words.ts';
import { DatabaseAway } from '../desk/away.ts';
import { complain, print, printJson } from './context.ts';
import type { Context } from './context.ts';
import { logCrash } from './crash.ts';
import { Failure, misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { foldersOf } from './folders.ts';
import type { Folders } from './folders.ts';
import { commandHelp, generalHelp, usageOf } from './help.ts';
import type { Machine } from './machine.ts';
import { checkLine, commandIn, readLine } from './parse.ts';
import type { TypedLine } from './parse.ts';
import { GivenUp } from './prompt.ts';
import { LOADERS } from './loaders.ts';
import { brokenSettings, openSettings, SettingsBroken } from './settings.ts';
import type { Settings } from './settings.ts';

const isLanguage = (value: unknown): value is Language => (LANGUAGES as readonly unknown[]).includes(value);

/** The language of the locale: what is spoken until something else has been said. */
function spokenBy(env: Machine['env']): Language {
  return languageOf(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG']);
}

/** `--lang`, else the saved language, else the locale's (TUI-06). Throws Failure for a language that is not spoken. */
function languageFor(line: TypedLine, settings: Settings | undefined, env: Machine['env']): Language {
  const asked = line.options.text('lang');
  if (isLanguage(asked)) return asked;
  const saved = settings?.get('language');
  const language = isLanguage(saved) ? saved : spokenBy(env);
  if (asked === undefined) return language;
  throw misused(wordsIn(language).commands.refusal.notEnglishOrFrench);
}

/** The settings; undefined, with the reason, where their file is broken: even then `--help` and `doctor` answer. */
function settingsIn(folders: Folders): { settings: Settings } | { broken: SettingsBroken } {
  try {
    return { settings: openSettings(folders.config) };
  } catch (error) {
    if (error instanceof SettingsBroken) return { broken: error };
    throw error;
  }
}

async function dispatch(
  machine: Machine,
  folders: Folders,
  line: TypedLine,
  language: Language,
  found: ReturnType<typeof settingsIn>,
): Promise<Status> {
  const words = wordsIn(language);
  const say = words.commands;
  if (line.words.length === 0 && line.options.has('help')) {
    for (const one of generalHelp(say)) print({ machine }, one);
    return 0;
  }
  const { command, input } = commandIn(line.words, say.usage);
  if (line.options.has('help')) {
    for (const one of commandHelp(command, say)) print({ machine }, one);
    return 0;
  }
  checkLine(line, command, input, usageOf(command, say), say.usage);
  // In an outage nothing may stop the desk (OFF-01).
  if ('broken' in found && command !== 'doctor' && command !== 'offline')
    throw refused(say.refusal.settingsBroken(found.broken.file));
  const settings = 'broken' in found ? brokenSettings(found.broken.file) : found.settings;
  const context: Context = { machine, folders, settings, language, words, command, input, options: line.options };
  const run = await LOADERS[command]();
  const status = await run(context);
  try {
    await settings.settled();
  } catch {
    // The work is done all the same.
    complain({ machine }, `guichet: ${say.refusal.settingsNotKept(settings.file)}`);
  }
  return status;
}

/** Says what has gone wrong, on standard error, and answers with the exit status. */
async function explain(
  machine: Machine,
  folders: Folders,
  words: Words,
  error: unknown,
  json: boolean,
  command: string,
): Promise<Status> {
  const { commands: say } = words;
  const tell = (sentence: string): void => complain({ machine }, `guichet: ${sentence}`);
  if (error instanceof Failure) {
    for (const sentence of error.sentences) tell(sentence);
    if (json && error.result !== undefined) printJson({ machine }, error.result);
    return error.status;
  }
  if (error instanceof GivenUp) return 1;
  if (error instanceof DatabaseAway) tell(say.trouble[error.reason](error.where));
  else tell(say.refusal.unexpected(await logCrash(folders, error, command)));
  return 1;
}

/**
 * Does what a command line says and answers with the exit status of spec 9: 0 done, 1 refused or failed, 2 wrong usage.
 * Never throws: whatever goes wrong is one sentence on standard error.
 */
export async function runCommandLine(machine: Machine): Promise<Status> {
  const folders = foldersOf(machine.env);
  let language = spokenBy(machine.env);
  let json = false;
  let command = '';
  try {
    const line = readLine(machine.argv);
    json = line.options.has('json');
    command = line.words
      .slice(0, 2)
      .filter((word) => /^[a-z]+$/.test(word))
      .join(' ');
    const found = settingsIn(folders);
    language = languageFor(line, 'settings' in found ? found.settings : undefined, machine.env);
    return await dispatch(machine, folders, line, language, found);
  } catch (error) {
    return explain(machine, folders, wordsIn(language), error, json, command);
  }
}
