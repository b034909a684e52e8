import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Network } from '../circulation/network.ts';
import { dayOf } from '../circulation/time.ts';
import type { ConsoleHouse } from '../console/open.tsx';
import type { CardSystem, LookUpNow } from '../desk/card-system.ts';
import type { PatronEncoding, PatronFormat } from '../exchange/patrons/index.ts';
import type { Context } from './context.ts';
import type { Opened } from './database.ts';
import type { Finding } from './doctor-findings.ts';
import { note, ok, wrong } from './doctor-findings.ts';

/** The setting `cardSystem`: where the card system leaves its file (or the folder of its files), and how it is to be read. */
type CardSystemSetting = {
  readonly file: string;
  readonly format: PatronFormat;
  readonly mapping?: string;
  readonly encoding?: PatronEncoding;
};

const FORMATS: readonly string[] = ['alma-xml', 'delimited'] satisfies readonly PatronFormat[];
const ENCODINGS: readonly string[] = ['utf-8', 'latin-1'] satisfies readonly PatronEncoding[];

/** The setting, or which part of it is wrong; null: nothing is set. */
function settingOf({ settings }: Pick<Context, 'settings'>): CardSystemSetting | { readonly wrong: string } | null {
  const set = settings.get('cardSystem');
  if (set === undefined || set === null) return null;
  if (typeof set !== 'object') return { wrong: 'cardSystem' };
  const { file, format, mapping, encoding } = set as Readonly<Record<string, unknown>>;
  if (typeof file !== 'string' || file === '') return { wrong: 'file' };
  if (typeof format !== 'string' || !FORMATS.includes(format)) return { wrong: 'format' };
  if (mapping !== undefined && typeof mapping !== 'string') return { wrong: 'mapping' };
  if (encoding !== undefined && (typeof encoding !== 'string' || !ENCODINGS.includes(encoding)))
    return { wrong: 'encoding' };
  return set as CardSystemSetting;
}

/** The file of the setting, read when somebody is first looked up: a console does not start later for it. */
function systemOf(setting: CardSystemSetting, network: Network, clock: () => number): CardSystem {
  const { mapping: mappingFile, ...options } = setting;
  const open = async (): Promise<CardSystem> => {
    const { cardFileFor, readPatronMapping } = await import('../exchange/patrons/index.ts');
    if (mappingFile === undefined) return cardFileFor(options, network, clock);
    const read = readPatronMapping(await readFile(mappingFile, 'utf8'), network);
    if ('errors' in read) throw new Error(`mapping ${mappingFile}`);
    return cardFileFor({ ...options, mapping: read.mapping }, network, clock);
  };
  return { lookUp: async (identifiers) => (await open()).lookUp(identifiers) };
}

/** What a console looks card holders up in (IMP-04); null: none is set, or it cannot be understood (`doctor` says so). */
export function cardSystemFor(context: Context, { network, clock }: Opened): ConsoleHouse['cardSystem'] {
  const setting = settingOf(context);
  if (setting === null || 'wrong' in setting || network === null) return null;
  const system = systemOf(setting, network, clock);
  let lookUp: LookUpNow | undefined;
  return {
    lookUpNow: async (perform, seat, patron) => {
      if (!lookUp) {
        const { lookUpIn } = await import('../exchange/patrons/index.ts');
        lookUp = lookUpIn(system);
      }
      return lookUp(perform, seat, patron);
    },
  };
}

/** The card system's file: there, how large, of when. Nothing of it is read but its mapping. */
export async function cardSystemFindings(context: Context, network: Network | null): Promise<Finding[]> {
  const say = context.words.patronImports.cardSystem;
  const setting = settingOf(context);
  if (setting === null) return [note(say.none)];
  if ('wrong' in setting) return [wrong(say.wrong(setting.wrong))];
  const { latestFile, readPatronMapping } = await import('../exchange/patrons/index.ts');
  const found: Finding[] = [];
  try {
    const file = await latestFile(setting.file);
    const { size, mtimeMs } = statSync(file);
    const timeZone = network?.timeZone ?? 'UTC';
    found.push(ok(say.found(file, Math.round(size / 1_000_000), dayOf(mtimeMs, timeZone))));
  } catch {
    found.push(wrong(say.missing(setting.file)));
  }
  if (setting.mapping === undefined || network === null) return found;
  try {
    const read = readPatronMapping(await readFile(setting.mapping, 'utf8'), network);
    if ('errors' in read) found.push(wrong(say.mapping(setting.mapping)));
  } catch {
    found.push(wrong(say.missing(setting.mapping)));
  }
  return found;
}
