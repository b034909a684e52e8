import { existsSync } from 'node:fs';
import type { Network } from '../circulation/network.ts';
import { dayOf } from '../circulation/time.ts';
import { currentNetwork, loadNetwork } from '../desk/networks.ts';
import { diffNetworks, readNetworkText } from '../exchange/network-file/index.ts';
import type { Difference, NetworkReading } from '../exchange/network-file/index.ts';
import { datesIn } from '../language/dates.ts';
import { shippedNetworkText } from '../training/networks/index.ts';
import { networkResult } from '../training/results.ts';
import { complain, print, printJson, report } from './context.ts';
import type { Context } from './context.ts';
import { withDatabase } from './database.ts';
import type { Opened } from './database.ts';
import { refused } from './failure.ts';
import type { Status } from './failure.ts';
import { differenceLine, problemLine, warningLine } from './network-report.ts';
import { hoped } from './refusals.ts';
import { COMMAND_LINE_SEAT, officeSeat } from './seat.ts';
import { readTextFile } from './text-files.ts';

type Valid = Extract<NetworkReading, { network: Network }>;

/** The text of a network file, or of one that ships with the program (`toulouse`). */
function networkText(context: Context, file: string): string {
  const shipped = existsSync(file) ? undefined : shippedNetworkText(file);
  return shipped ?? readTextFile(context, file);
}

/** Reads the network file that a command names; every error is told, with its path (CONF-01). Undefined: it has some. */
function readNetwork(context: Context, today: string): Valid | undefined {
  const { input, words, options } = context;
  const { network: say, commands } = words;
  const [file = ''] = input;
  const reading = readNetworkText(networkText(context, file), file, { today });
  if ('errors' in reading) {
    complain(context, `guichet: ${commands.network.errors(file, reading.errors.length)}`);
    for (const error of reading.errors) complain(context, `  ${problemLine(error, say)}`);
    if (options.has('json')) printJson(context, { valid: false, errors: reading.errors });
    return undefined;
  }
  if (reading.warnings.length > 0) complain(context, commands.network.warnings(file, reading.warnings.length));
  for (const warning of reading.warnings) complain(context, `  ${warningLine(warning, say)}`);
  return reading;
}

const todayIn = ({ clock, timeZone }: Pick<Opened, 'clock' | 'timeZone'>): string => dayOf(clock(), timeZone);

/** What a file changes; everything is new where there is no network yet. */
function differenceTo(opened: Opened, next: Network): Difference[] {
  if (opened.network) return diffNetworks(opened.network, next);
  return Object.entries(next).map(([path, to]: [string, unknown]) => ({ path, to }));
}

function differenceLines({ words }: Context, difference: readonly Difference[]): string[] {
  const { network } = words.commands;
  return difference.length === 0
    ? [network.same]
    : [network.wouldChange(difference.length), ...difference.map((one) => `  ${differenceLine(one)}`)];
}

/** `guichet network check FILE`: every error and warning of a file; no database is needed. */
export async function check(context: Context): Promise<Status> {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const reading = readNetwork(context, todayIn({ clock: context.machine.clock, timeZone }));
  if (!reading) return 1;
  report(context, { valid: true, warnings: reading.warnings }, () => [
    context.words.commands.network.valid(reading.file),
  ]);
  return 0;
}

/** `guichet network diff FILE`: what a file would change. */
export async function diff(context: Context): Promise<Status> {
  return withDatabase(context, {}, async (opened) => {
    const reading = readNetwork(context, todayIn(opened));
    if (!reading) return 1;
    const difference = differenceTo(opened, reading.network);
    report(context, { version: opened.version, count: difference.length, lines: difference }, () =>
      differenceLines(context, difference),
    );
    return 0;
  });
}

/** `guichet network load FILE`: loads a file as a new version, atomically (CONF-01); `--dry-run` only shows the difference. */
export async function load(context: Context): Promise<Status> {
  if (context.options.has('dryRun')) return diff(context);
  const { words } = context;
  const { network: say, refusal } = words.commands;
  return withDatabase(context, {}, async (opened) => {
    const reading = readNetwork(context, todayIn(opened));
    if (!reading) return 1;
    const seat = await officeSeat(context, opened);
    const request = { network: reading.network, difference: differenceTo(opened, reading.network) };
    const outcome = hoped(await opened.perform(seat, loadNetwork, request), refusal);
    if (outcome.kind === 'in-use') {
      const codes = outcome.codes.map(({ kind, code }) => words.network.codeInUse[kind](code)).join(', ');
      throw refused(say.inUse(codes), networkResult(outcome));
    }
    const { version, changed } = outcome;
    report(context, networkResult(outcome), () => [changed ? say.loaded(version) : say.unchanged(version)]);
    return 0;
  });
}

/** Of a version that changed more, the first ones tell; `--json` has them all. */
const MOST_CHANGES = 20;

/** What a version changed, below it. */
function changesOf({ words }: Context, difference: unknown): string[] {
  const changes = Array.isArray(difference) ? (difference as readonly Difference[]) : [];
  const more = changes.length - MOST_CHANGES;
  return [
    ...changes.slice(0, MOST_CHANGES).map((one) => `  ${differenceLine(one)}`),
    ...(more > 0 ? [`  ${words.desk.andMore(more)}`] : []),
  ];
}

/** `guichet network show`: the network in force, its places, its versions and what each changed (CONF-01). */
export async function show(context: Context): Promise<Status> {
  const { words, language, options } = context;
  const { network: say, refusal } = words.commands;
  return withDatabase(context, {}, async (opened) => {
    const asked = { differences: true };
    const known = hoped(await opened.perform(COMMAND_LINE_SEAT, currentNetwork, asked), refusal);
    const { network, version, versions } = known;
    if (network === null) throw refused(say.none);
    if (options.has('json')) {
      printJson(context, { version, versions, network });
      return 0;
    }
    const dates = datesIn(language, network.timeZone);
    print(context, `${network.name} (${network.code})`);
    print(
      context,
      say.counts(network.libraries.length, network.groups.length, network.loanRules.length, network.limits.length),
    );
    for (const { code, name, desks, departments } of network.libraries) {
      const places = [...desks, ...departments].map((one) => `${code}/${one.code}`);
      print(context, `  ${code}  ${name}  ${places.join(' ')}`);
    }
    for (const one of versions) {
      print(context, say.version(one.version, dates.moment(one.loadedAt), one.staff));
      for (const line of changesOf(context, one.difference)) print(context, line);
    }
    return 0;
  });
}
