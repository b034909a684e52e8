import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseLocal } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import type { Network } from '../circulation/network.ts';
import { DatabaseAway } from '../desk/away.ts';
import { openHouse } from '../desk/house.ts';
import type { House } from '../desk/house.ts';
import { currentNetwork, trainingCopy } from '../desk/networks.ts';
import type { Perform, Seat } from '../desk/perform.ts';
import { NOBODY } from '../desk/sign-in.ts';
import { isUnstaffed } from '../desk/staff-accounts.ts';
import type { Context } from './context.ts';
import { misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { hoped } from './refusals.ts';

/** A database that is ready for work: its schema is current, its network and its clock are known. */
export type Opened = {
  readonly house: House;
  readonly perform: Perform;
  /** Now: a training copy's clock may stand still. */
  readonly clock: () => Instant;
  /** Null before a network has been loaded. */
  readonly network: Network | null;
  readonly version: number;
  /** The network's; without one, this machine's. */
  readonly timeZone: string;
  readonly training: boolean;
};

/** What an opened database may be. */
export type Wanted = {
  /** An embedded database that is not there yet is made. */
  readonly create?: boolean;
  /** A training copy, or a database with work in it; else either. */
  readonly kind?: 'training' | 'working';
};

const SQLITE = 'sqlite:';
const NOBODY_THERE: Seat = { staff: NOBODY, place: null };

/** The file of an embedded database; undefined for memory and for PostgreSQL. */
export function fileOf(url: string): string | undefined {
  const file = url.startsWith(SQLITE) ? url.slice(SQLITE.length) : '';
  return file === '' || file === ':memory:' ? undefined : path.resolve(file);
}

/** Where this user's database is when nothing else is said. */
export function usualUrl({ folders }: Pick<Context, 'folders'>): string {
  return `${SQLITE}${path.join(folders.data, 'guichet.db')}`;
}

/** Which database is meant (spec 9): `--db`, else GUICHET_DB, else the saved configuration, else a file of this user's. */
export function databaseUrl(context: Pick<Context, 'options' | 'machine' | 'settings' | 'folders'>): string {
  const saved = context.settings.get('database');
  const given = context.options.text('db') ?? context.machine.env['GUICHET_DB'];
  return given || (typeof saved === 'string' && saved !== '' ? saved : usualUrl(context));
}

/** Makes the folder of this user's own database; any other folder must be there. Throws DatabaseAway. */
function prepareFolder(context: Context, url: string): void {
  if (url !== usualUrl(context)) return;
  try {
    mkdirSync(context.folders.data, { recursive: true, mode: 0o700 });
  } catch (error) {
    const isFull = (error as { code?: unknown }).code === 'ENOSPC';
    throw new DatabaseAway(isFull ? 'full' : 'no-permission', url, error);
  }
}

/** Opens a house; an embedded database that is not there is `missing-database`, unless it may be created. */
export function openFor(context: Context, url: string, create: boolean): House {
  const file = fileOf(url);
  if (create) prepareFolder(context, url);
  const hasFolder = file !== undefined && (existsSync(path.dirname(file)) || url === usualUrl(context));
  if (hasFolder && !create && !existsSync(file)) {
    throw new DatabaseAway('missing-database', url);
  }
  return openHouse(url);
}

/**
 * Brings the schema up to date where that needs nobody's decision: an embedded database migrates itself, on PostgreSQL
 * `db migrate` is explicit. Throws DatabaseAway (`older-schema`, `newer-schema`).
 */
async function prepareSchema(house: House): Promise<void> {
  const { pending, unknown } = await house.status();
  if (unknown.length > 0) throw new DatabaseAway('newer-schema', house.where);
  if (pending.length === 0) return;
  if (house.kind === 'postgres') throw new DatabaseAway('older-schema', house.where);
  await house.migrate();
}

/** Whether nothing has been put into a database yet: no accounts and no network. Its schema must be current. */
export async function isEmptyHouse(house: House): Promise<boolean> {
  const state = await house.at(Date.now)(NOBODY_THERE, isUnstaffed, {});
  return state.kind === 'unstaffed' && state.unstaffed && !state.network && !state.training;
}

/** What is known of a database whose schema is current. */
export async function readOpened(context: Context, house: House): Promise<Opened> {
  const say = context.words.commands.refusal;
  let standsAt: Instant | null = null;
  const clock = (): Instant => standsAt ?? context.machine.clock();
  const perform = house.at(clock);
  const copy = hoped(await perform(NOBODY_THERE, trainingCopy, {}), say);
  const { network, version } = hoped(await perform(NOBODY_THERE, currentNetwork, {}), say);
  standsAt = copy.clock;
  const timeZone = network?.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { house, perform, clock, network, version, timeZone, training: copy.training };
}

/** A working database is never used as a training copy, nor the other way round. */
function checkKind(context: Context, opened: Opened, kind: Wanted['kind']): void {
  const say = context.words.commands.refusal;
  if (kind === 'working' && opened.training) throw refused(say.isTrainingCopy(opened.house.where));
  if (kind === 'training' && !opened.training) throw refused(say.isWorkingDatabase(opened.house.where));
}

/** Opens the database that is meant and makes sure that it may be used so. The caller closes its house. Throws Failure and DatabaseAway. */
export async function openReady(context: Context, wanted: Wanted): Promise<Opened> {
  const house = openFor(context, databaseUrl(context), wanted.create === true);
  try {
    await prepareSchema(house);
    const opened = await readOpened(context, house);
    checkKind(context, opened, wanted.kind);
    return opened;
  } catch (error) {
    await house.close();
    throw error;
  }
}

/** Opens the database that is meant, does something with it, and closes it whatever happens. Throws Failure and DatabaseAway. */
export async function withDatabase(
  context: Context,
  wanted: Wanted,
  work: (opened: Opened) => Promise<Status>,
): Promise<Status> {
  const opened = await openReady(context, wanted);
  try {
    return await work(opened);
  } finally {
    await opened.house.close();
  }
}

/** The moment that an option names in local time; undefined where it is not given. Throws Failure where it is no time. */
export function momentOf(context: Context, option: 'at' | 'dated', timeZone: string): Instant | undefined {
  const text = context.options.text(option);
  if (text === undefined) return undefined;
  const moment = parseLocal(text, timeZone);
  if (moment === undefined) throw misused(context.words.commands.usage.notATime(`--${option}`, text));
  return moment;
}
