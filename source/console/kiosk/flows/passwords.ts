import { askForCode } from '../../../desk/ask-for-code.ts';
import { changeOwnPassword } from '../../../desk/own-password.ts';
import { redeemCode } from '../../../desk/patron-sign-in.ts';
import type { PasswordPart } from '../../../circulation/passwords.ts';
import { wordsIn } from '../../../language/index.ts';
import type { FormField, FormProblem, FormValues } from '../../form.ts';
import { textOf } from '../values.ts';
import { BACK } from '../ui.ts';
import type { Visit } from '../visit.ts';
import { waitText } from './refusals.ts';

/** What a new password lacks, in the reader's words (USR-11). */
export function missingText(visit: Visit, missing: readonly PasswordPart[]): string {
  const { passwordParts } = wordsIn(visit.language()).letters;
  return visit.words().password.missing(missing.map((part) => passwordParts[part]).join(', '));
}

/** The two lines in which a new password is given. */
function newPassword(visit: Visit): FormField[] {
  const words = visit.words().password;
  const masked = { kind: 'text', value: '', masked: true } as const;
  return [
    { ...masked, name: 'password', label: words.fresh, hint: words.rules },
    { ...masked, name: 'again', label: words.again, hint: words.rules },
  ];
}

const checkTwice =
  (visit: Visit, needed: readonly string[]) =>
  (values: FormValues): FormProblem | undefined => {
    const empty = needed.find((name) => textOf(values, name) === '');
    if (empty !== undefined) return { field: empty, text: visit.words().signIn.empty };
    if (textOf(values, 'password') === textOf(values, 'again')) return undefined;
    return { field: 'password', text: visit.words().password.differ };
  };

/** Somebody who has forgotten their password gets a code by letter, and sets a new one with it (KIO-02, USR-11, manual XI.3.1). */
export async function passwords(visit: Visit): Promise<void> {
  for (;;) {
    const { password: words, back } = visit.words();
    const chosen = await visit.ui.menu({
      title: words.title,
      said: words.said,
      back,
      choices: [
        { id: 'forgotten', label: words.forgotten },
        { id: 'code', label: words.code },
      ],
    });
    if (chosen === BACK) return;
    if (chosen === 'forgotten') await forgotten(visit);
    else if (await withCode(visit)) return;
  }
}

async function forgotten(visit: Visit): Promise<void> {
  const { password: words, back, signIn } = visit.words();
  const answer = await visit.ui.form<true>(
    {
      title: words.askTitle,
      said: [words.askSaid],
      back,
      submit: words.ask,
      direct: true,
      spec: {
        fields: [{ kind: 'text', name: 'name', label: words.name, value: '', hint: words.nameHint, scannable: true }],
        check: (values) => (textOf(values, 'name') === '' ? { field: 'name', text: signIn.empty } : undefined),
      },
    },
    async (values) => {
      const started = visit.now();
      const asked = await visit.act(askForCode, { name: textOf(values, 'name') });
      await visit.beat(started);
      if (asked.kind === 'wait') return { problem: { field: 'name', text: waitText(visit, asked.until) } };
      return { done: true };
    },
  );
  if (answer === BACK) return;
  await visit.ui.text({ title: words.askTitle, lines: words.asked, back });
}

async function withCode(visit: Visit): Promise<boolean> {
  const { password: words, back } = visit.words();
  const fields: FormField[] = [
    { kind: 'text', name: 'id', label: words.name, value: '', hint: words.nameHint, scannable: true },
    { kind: 'text', name: 'code', label: words.codeLabel, value: '', hint: words.codeSaid },
    ...newPassword(visit),
  ];
  const answer = await visit.ui.form<true>(
    {
      title: words.codeTitle,
      said: [words.codeSaid],
      back,
      submit: words.set,
      spec: { fields, check: checkTwice(visit, ['id', 'code', 'password']) },
    },
    async (values) => {
      const started = visit.now();
      const request = { id: textOf(values, 'id'), code: textOf(values, 'code'), password: textOf(values, 'password') };
      const outcome = await visit.act(redeemCode, request);
      if (outcome.kind === 'password-set') return { done: true };
      if (outcome.kind === 'weak') return { problem: { field: 'password', text: missingText(visit, outcome.missing) } };
      if (outcome.kind === 'invalid') return { problem: { field: 'password', text: words.tooLong } };
      await visit.beat(started);
      const text = outcome.kind === 'wait' ? waitText(visit, outcome.until) : words.wrongCode;
      return { problem: { field: 'code', text } };
    },
  );
  if (answer === BACK) return false;
  visit.tell('done', words.done);
  return true;
}

/** Another password, by whoever knows the present one (USR-11, manual XI.3.1). */
export async function changePassword(visit: Visit, patron: number): Promise<void> {
  const { password: words, back } = visit.words();
  const fields: FormField[] = [
    { kind: 'text', name: 'current', label: words.current, value: '', masked: true },
    ...newPassword(visit),
  ];
  const answer = await visit.ui.form<true>(
    {
      title: words.changeTitle,
      said: [words.rules],
      back,
      submit: words.set,
      spec: { fields, check: checkTwice(visit, ['current', 'password']) },
    },
    async (values) => {
      const started = visit.now();
      const request = { patron, current: textOf(values, 'current'), password: textOf(values, 'password') };
      const outcome = await visit.act(changeOwnPassword, request);
      if (outcome.kind === 'password-set') return { done: true };
      if (outcome.kind === 'weak') return { problem: { field: 'password', text: missingText(visit, outcome.missing) } };
      if (outcome.kind === 'invalid') return { problem: { field: 'password', text: words.tooLong } };
      await visit.beat(started);
      const text = outcome.kind === 'wait' ? waitText(visit, outcome.until) : words.wrongCurrent;
      return { problem: { field: 'current', text } };
    },
  );
  if (answer !== BACK) visit.tell('done', words.changed);
}
