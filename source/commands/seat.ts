import { COMMAND_LINE, placeName } from '../desk/perform.ts';
import type { Seat, StaffMember } from '../desk/perform.ts';
import { listPlaces, recallStaff, signIn } from '../desk/sign-in.ts';
import type { PlaceChoice } from '../desk/sign-in.ts';
import { NOBODY } from '../desk/sign-in.ts';
import { datesIn } from '../language/dates.ts';
import type { Context } from './context.ts';
import type { Opened } from './database.ts';
import { misused, refused } from './failure.ts';
import { askPassword } from './prompt.ts';
import { hoped, refusedBy } from './refusals.ts';

/** Whoever runs a command without an account: it may set the house up and look, not lend. */
export const COMMAND_LINE_SEAT: Seat = { staff: COMMAND_LINE, place: null };

const NOBODY_THERE: Seat = { staff: NOBODY, place: null };

/** The password of an account: GUICHET_PASSWORD, else asked for where there is a terminal. Never an option (REL-07). */
export async function passwordFor({ machine, words }: Context, question: string): Promise<string> {
  const given = machine.env['GUICHET_PASSWORD'];
  if (given !== undefined && given !== '') return given;
  if (!machine.stdin.isTTY) throw refused(words.commands.refusal.noPassword);
  return askPassword(machine, question);
}

/** Signs an account in (no password in a training copy, whose accounts are thrown away). Throws Failure. */
export async function signInAs(
  context: Context,
  opened: Opened,
  name: string,
): Promise<{ staff: StaffMember; lastPlace: string | null }> {
  const { words, language } = context;
  const say = words.commands.refusal;
  if (opened.training) return hoped(await opened.perform(NOBODY_THERE, recallStaff, { name }), say);
  const password = await passwordFor(context, words.commands.prompt.password(name));
  const outcome = hoped(await opened.perform(NOBODY_THERE, signIn, { name, password }), say);
  switch (outcome.kind) {
    case 'signed-in':
      return outcome;
    case 'wrong':
      throw refused(say.wrongPassword);
    case 'locked':
      throw refused(say.lockedUntil(datesIn(language, opened.timeZone).hour(outcome.until)));
  }
}

/** The places where somebody may sit. */
async function placesFor(context: Context, { perform }: Opened, staff: StaffMember): Promise<readonly PlaceChoice[]> {
  return hoped(await perform({ staff, place: null }, listPlaces, {}), context.words.commands.refusal).places;
}

const named = (places: readonly PlaceChoice[], name: string): PlaceChoice | undefined =>
  places.find((one) => placeName(one).toLowerCase() === name.trim().toLowerCase());

/** The place that `--desk` names; undefined where it is not given. Throws Failure where there is none, or none for this account. */
export async function placeAsked(
  context: Context,
  opened: Opened,
  staff: StaffMember,
): Promise<PlaceChoice | undefined> {
  const asked = context.options.text('desk');
  if (asked === undefined) return undefined;
  const place = named(await placesFor(context, opened, staff), asked);
  if (place) return place;
  const exists = named(await placesFor(context, opened, COMMAND_LINE), asked) !== undefined;
  const refusal = exists
    ? ({ kind: 'not-permitted', permission: null, needs: 'role' } as const)
    : ({ kind: 'unknown', what: 'LIBRARY', key: asked } as const);
  throw refusedBy(refusal, context.words.commands.refusal);
}

/** Where to sit when nothing is said: the desk of the last time, or the only one (DESK-01). */
async function usualDesk(
  context: Context,
  opened: Opened,
  staff: StaffMember,
  lastPlace: string | null,
): Promise<PlaceChoice> {
  const desks = (await placesFor(context, opened, staff)).filter((one) => one.kind === 'desk');
  const place =
    (lastPlace === null ? undefined : named(desks, lastPlace)) ?? (desks.length === 1 ? desks[0] : undefined);
  if (place) return place;
  const names = desks.length > 6 ? [] : desks.map(placeName);
  throw misused(context.words.commands.usage.needsDesk(names));
}

/** Who acts, at which desk: `--as` and `--desk`. Throws Failure. */
export async function deskSeat(context: Context, opened: Opened): Promise<Seat> {
  const name = context.options.text('as');
  if (name === undefined) throw misused(context.words.commands.usage.needsStaff);
  const { staff, lastPlace } = await signInAs(context, opened, name);
  const place = (await placeAsked(context, opened, staff)) ?? (await usualDesk(context, opened, staff, lastPlace));
  return { staff, place };
}

/** Who sets the house up: `--as`, else the command line itself. */
export async function officeSeat(context: Context, opened: Opened): Promise<Seat> {
  const name = context.options.text('as');
  if (name === undefined) return COMMAND_LINE_SEAT;
  const { staff } = await signInAs(context, opened, name);
  return { staff, place: null };
}
