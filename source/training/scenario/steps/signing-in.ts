import { askForCode } from '../../../desk/ask-for-code.ts';
import { letterHasLeft, letterLeaves } from '../../../desk/letters-leaving.ts';
import { listLetters } from '../../../desk/letters.ts';
import { signInMember } from '../../../desk/member-sign-in.ts';
import { redeemCode, signInPatron } from '../../../desk/patron-sign-in.ts';
import { showPatron } from '../../../desk/show.ts';
import type { PlainResult } from '../../results.ts';
import { codeAskedResult, passwordSetResult, signInResult } from '../../sign-in-results.ts';
import type { StepFields } from '../format.ts';
import { SCENE_BUILDER } from '../stage.ts';
import type { Stage } from '../stage.ts';

/** `sign-in`: a patron at their own terminal, a member of an institution with what it gave them (KIO-02). */
export async function signInStep(stage: Stage, fields: StepFields<'sign-in'>): Promise<PlainResult> {
  const { id, password, institution } = fields;
  if (institution === undefined) return signInResult(await stage.atKiosk(null, signInPatron, { id, password }));
  const request = { institution, name: id, password };
  return signInResult(await signInMember(stage.perform, stage.kioskSeat(null), stage.members, request));
}

/** `forgot-password`: a patron asks at the terminal for a code (manual XI.3.1). */
export async function forgotPasswordStep(stage: Stage, { id }: StepFields<'forgot-password'>): Promise<PlainResult> {
  return codeAskedResult(await stage.atKiosk(null, askForCode, { name: id }));
}

/** Codes that have been read: a message is sent once, and read as often as one likes. */
const read = new WeakMap<Stage, Map<string, string>>();

/** The code in the identity message that was sent last, sent now by whoever wants to read it; empty: there was none. */
export async function latestCode(stage: Stage, id: string): Promise<string> {
  const codes = read.get(stage) ?? new Map<string, string>();
  read.set(stage, codes);
  const code = (await codeThatWaits(stage, id)) || (codes.get(id) ?? '');
  codes.set(id, code);
  return code;
}

/** What an identity message that waits says, sent as a worker sends it; empty: none waits. */
async function codeThatWaits(stage: Stage, id: string): Promise<string> {
  const shown = await stage.perform(SCENE_BUILDER, showPatron, { identifier: id });
  if (shown.kind !== 'patron') return '';
  const window = { offset: 0, limit: 50 };
  const listed = await stage.perform(SCENE_BUILDER, listLetters, { patron: shown.patron.id, window });
  const waiting = listed.kind === 'letters' ? listed.lines.find(isWaiting) : undefined;
  if (!waiting) return '';
  const left = await stage.perform(SCENE_BUILDER, letterLeaves, { letter: waiting.id, leaseFor: 0 });
  if (left.kind !== 'leaving') return '';
  await stage.perform(SCENE_BUILDER, letterHasLeft, { letter: waiting.id, attempt: left.attempt });
  return left.code?.code ?? '';
}

const isWaiting = ({ kind, state }: { readonly kind: string; readonly state: string }): boolean =>
  kind === 'identity' && state === 'queued';

/** `set-password`: a patron chooses a password with a one-time code (USR-11). */
export async function setPasswordStep(stage: Stage, fields: StepFields<'set-password'>): Promise<PlainResult> {
  const { id, password } = fields;
  const code = fields.code === 'latest' ? await latestCode(stage, id) : fields.code;
  return passwordSetResult(await stage.atKiosk(null, redeemCode, { id, code, password }));
}
