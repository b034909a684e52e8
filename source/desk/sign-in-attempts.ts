import {
  ACCOUNT_FORGETS,
  LONGEST_NAME,
  LONGEST_WAIT,
  TERMINAL_FORGETS,
  TERMINAL_MOST,
  terminalWaitAfter,
  waitAfter,
} from '../circulation/passwords.ts';
import type { Instant } from '../circulation/time.ts';
import { patronSubject } from '../records/sign-in-attempts.ts';
import type { Attempts } from '../records/sign-in-attempts.ts';
import { placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';

/** This terminal takes no tries until then: that says nothing of anybody's account. */
export type Wait = { readonly kind: 'wait'; readonly until: Instant };

/** The terminal at which something is tried; where there is none, the desk. */
export const terminalOf = ({ kiosk, place }: Pick<Desk, 'kiosk' | 'place'>): string =>
  (kiosk?.terminal ?? placeName(place)).replaceAll('\0', '').slice(0, LONGEST_NAME);

const terminalSubject = (desk: Desk): string => `terminal:${terminalOf(desk)}`;

/** Whether a lock holds now; one from too far ahead was written by a clock that was wrong. */
const holds = (lockedUntil: Instant | null, now: Instant): lockedUntil is Instant =>
  lockedUntil !== null && lockedUntil > now && lockedUntil - now <= LONGEST_WAIT;

/**
 * Until when this terminal waits (KIO-02, REL-07); undefined: it may try. Asked first of all in an action at which somebody
 * might guess: the terminal stays locked for others until the transaction ends, and no try is counted while it waits.
 */
export async function terminalWaits(desk: Desk): Promise<Wait | undefined> {
  const { lockedUntil: until } = await desk.records.signInAttempts.locked(terminalSubject(desk));
  return holds(until, desk.now) ? { kind: 'wait', until } : undefined;
}

async function endOfLock({ records, now }: Desk, subject: string): Promise<Instant | null> {
  const known = await records.signInAttempts.of(subject);
  return known && holds(known.lockedUntil, now) ? known.lockedUntil : null;
}

/** Until when this terminal waits, for a screen that asks before anybody types; null: it may try. Locks nothing. */
export const terminalWaitsUntil = async (desk: Desk): Promise<Instant | null> => endOfLock(desk, terminalSubject(desk));

/** Until when a patron's account is locked, for staff; null: it is not. Locks nothing. */
export const accountLockedUntil = async (desk: Desk, patronId: number): Promise<Instant | null> =>
  endOfLock(desk, patronSubject(patronId));

/** A failure that was counted, so that it can be taken back. `weight`: for how long a terminal remembers it. */
export type Counted = { readonly subject: string; readonly after: Attempts; readonly weight: number };

/** A terminal's count after one failure more: each is forgotten after a while, by time alone. */
function afterAtTerminal({ forgottenAt }: Attempts, now: Instant): Attempts {
  const most = now + TERMINAL_MOST * TERMINAL_FORGETS;
  const forgotten = Math.min(Math.max(forgottenAt, now) + TERMINAL_FORGETS, most);
  const failures = Math.ceil((forgotten - now) / TERMINAL_FORGETS);
  const wait = terminalWaitAfter(failures);
  return { failures, forgottenAt: forgotten, lockedUntil: wait > 0 ? now + wait : null };
}

/** An account's count after one failure more, in a row. */
function afterOfAccount({ failures, forgottenAt }: Attempts, now: Instant): Attempts {
  const inARow = (forgottenAt > now ? failures : 0) + 1;
  const wait = waitAfter(inARow);
  return { failures: inARow, forgottenAt: now + ACCOUNT_FORGETS, lockedUntil: wait > 0 ? now + wait : null };
}

async function count(
  { records, now }: Desk,
  subject: string,
  weight: number,
  afterOf: (before: Attempts, now: Instant) => Attempts,
): Promise<Counted> {
  const after = afterOf(await records.signInAttempts.locked(subject), now);
  await records.signInAttempts.set(subject, after);
  return { subject, after, weight };
}

/** Counts that no longer count are taken away with the next one, a few at a time. */
const TIDIED = 20;

/** Counts a failure at this terminal: a wrong password, an unknown card, a wrong birth date. */
export async function terminalFailed(desk: Desk): Promise<Counted> {
  await desk.records.signInAttempts.removeForgotten(desk.now, TIDIED);
  return count(desk, terminalSubject(desk), TERMINAL_FORGETS, afterAtTerminal);
}

const KEY = 'sign-in-key';

/** The key by which names are put into buckets: made once for each database. */
async function bucketKey({ records }: Desk): Promise<string> {
  const known = await records.settings.get(KEY);
  if (known !== undefined) return known;
  const { randomBytes } = await import('node:crypto');
  return records.settings.setOnce(KEY, randomBytes(32).toString('base64'));
}

/** As directories compare names: without case, accents, or spaces. */
const comparable = (name: string): string =>
  name
    .slice(0, LONGEST_NAME)
    .normalize('NFKD')
    .replaceAll(/[\p{M}\s\p{Cc}\p{Cf}]/gu, '')
    .toLowerCase()
    .toWellFormed();

/**
 * The subject of a name that may be nobody's: one bucket of 65,536, by a key of the database, so that what was typed (a password,
 * one field too early) can never be read back. `scope`: what the name is a name of.
 */
export async function nameSubject(desk: Desk, scope: string, name: string): Promise<string> {
  const key = await bucketKey(desk);
  const { createHmac } = await import('node:crypto');
  const digest = createHmac('sha256', key)
    .update(`${scope}\0${comparable(name)}`)
    .digest('hex');
  return `name:${digest.slice(0, 4)}`;
}

/** The subject of who tries: a patron's account, else the name's. As much work for either. */
export async function subjectOf(desk: Desk, patronId: number | null, scope: string, name: string): Promise<string> {
  const named = await nameSubject(desk, scope, name);
  return patronId === null ? named : patronSubject(patronId);
}

/** Whether a subject is locked now; nobody else counts for it until the transaction ends. */
export async function isLocked(desk: Desk, subject: string): Promise<boolean> {
  return holds((await desk.records.signInAttempts.locked(subject)).lockedUntil, desk.now);
}

/** Counts a failure of a subject; what is tried while it is locked does not count, and takes as long. */
export async function subjectFailed(desk: Desk, subject: string): Promise<Counted> {
  return count(desk, subject, 0, (before, now) =>
    holds(before.lockedUntil, now) ? before : afterOfAccount(before, now),
  );
}

/** Takes a failure back that was counted before its outcome was known, whatever else has been counted since. */
export async function takeBack({ records }: Desk, { subject, after, weight }: Counted): Promise<void> {
  const known = await records.signInAttempts.locked(subject);
  await records.signInAttempts.set(subject, {
    failures: Math.max(0, known.failures - 1),
    forgottenAt: Math.max(0, known.forgottenAt - weight),
    lockedUntil: known.lockedUntil === after.lockedUntil ? null : known.lockedUntil,
  });
}

/** Nobody was signed in: who tried is known only where the account is; what was typed is written down nowhere. */
export async function recordFailure(
  desk: Desk,
  patronId: number | null,
  data: { readonly failures: number; readonly lockedUntil: Instant | null },
): Promise<void> {
  const { records, now, kiosk } = desk;
  const about = { at: now, staffId: staffId(desk), desk: placeName(desk.place), patronId };
  const where = kiosk ? { terminal: terminalOf(desk) } : {};
  await records.events.append({ ...about, kind: 'patron-sign-in-failed', data: { ...data, ...where } });
}

/** Whether a patron's account is locked now: to be answered like a wrong password. */
export async function accountLocked(desk: Desk, patronId: number): Promise<boolean> {
  return isLocked(desk, patronSubject(patronId));
}

/** Counts a failure for a subject and for the terminal, and writes it down; `patronId` null: nobody's name. */
export async function tryFailed(desk: Desk, subject: string, patronId: number | null): Promise<void> {
  const { after } = await subjectFailed(desk, subject);
  await terminalFailed(desk);
  const counted = { failures: after.failures, lockedUntil: after.lockedUntil };
  await recordFailure(desk, patronId, patronId === null ? { failures: 0, lockedUntil: null } : counted);
}

/** A patron has typed their own password wrong. */
export async function signInFailed(desk: Desk, patronId: number): Promise<void> {
  await tryFailed(desk, patronSubject(patronId), patronId);
}
