import { profileOf } from '../../../circulation/registration.ts';
import { registerPatron, registrationForm } from '../../../desk/register-patron.ts';
import type { RegisterRequest } from '../../../desk/register-patron.ts';
import type { FormProblem, FormValues } from '../../form.ts';
import type { Runtime } from '../../runtime.ts';
import { nameOf } from '../names.ts';
import { openFromList } from '../open-from-list.ts';
import { askAboutDuplicates, openTheirs } from './duplicates.ts';
import { birthDayWritten, dayIn } from './fields.ts';
import { lookUp } from './look-up.ts';
import { fieldOfPath } from './refused-fields.ts';
import { registrationSpec } from './register-form.ts';

/** The request that a filled form makes. */
function requestOf(runtime: Runtime, profile: string | null, values: FormValues): RegisterRequest {
  const text = (name: string): string => String(values[name] ?? '');
  const lines = [text('line1'), text('line2'), text('line3')].filter((one) => one !== '');
  const born = text('birthDay');
  return {
    profile,
    lastName: text('lastName'),
    firstName: text('firstName'),
    birthDay: born === '' ? null : (birthDayWritten(runtime, born) ?? born),
    identifier: text('identifier'),
    group: text('group') || null,
    campus: text('campus') || null,
    language: text('language'),
    expiry: dayIn(runtime, values, 'expiry'),
    purge: dayIn(runtime, values, 'purge'),
    emails: text('email') === '' ? [] : [{ type: text('emailType'), value: text('email'), preferred: true }],
    noEmail: values['noEmail'] === true,
    addresses:
      lines.length === 0
        ? []
        : [
            {
              type: text('addressType'),
              value: lines.join('\n'),
              postalCode: text('postalCode') || null,
              city: text('city') || null,
              preferred: true,
            },
          ],
    phones: text('phone') === '' ? [] : [{ type: text('phoneType'), value: text('phone'), preferred: true }],
  };
}

/** Fills and saves the form of a profile until it is recorded, or left; `known`: what is filled in already. */
export async function fillAndRegister(runtime: Runtime, code: string | null, known: FormValues): Promise<void> {
  const found = await runtime.perform(registrationForm, { profile: code });
  if (found.kind !== 'form') return runtime.refuse(found);
  const { network } = runtime.store.get();
  const profile = network && code !== null ? profileOf(network, code) : undefined;
  let before = known;
  let problem: FormProblem | undefined;
  let despite: readonly number[] = [];
  for (;;) {
    const values = await runtime.askForm(registrationSpec(runtime, found, profile, before, problem));
    if (!values) return;
    before = values;
    problem = undefined;
    const request = requestOf(runtime, code, values);
    const outcome = await runtime.perform(registerPatron, { ...request, despite });
    if (outcome.kind === 'duplicates') {
      const what = await askAboutDuplicates(runtime, outcome);
      if (what === 'open') return openTheirs(runtime, outcome.lines);
      if (what === 'back') continue;
      despite = outcome.lines.map((one) => one.id);
      const again = await runtime.perform(registerPatron, { ...request, despite });
      if (again.kind === 'registered') return registered(runtime, again);
      if (again.kind === 'refused') problem = problemOf(runtime, again);
      else if (again.kind !== 'duplicates') return runtime.refuse(again);
    } else if (outcome.kind === 'registered') return registered(runtime, outcome);
    else if (outcome.kind === 'refused') {
      problem = problemOf(runtime, outcome);
      const [owner] = outcome.lines;
      if (owner) problem = { ...problem, text: `${problem.text} ${nameOf(owner)}` };
    } else if (outcome.kind === 'invalid' && fieldOfPath(outcome.path) !== undefined) {
      problem = { field: fieldOfPath(outcome.path) ?? outcome.path, text: runtime.words().form.invalid };
    } else return runtime.refuse(outcome);
  }
}

type Refused = Extract<Awaited<ReturnType<typeof registerPatron.run>>, { kind: 'refused' }>;

function problemOf(runtime: Runtime, { code, path, allowed }: Refused): FormProblem {
  const sentence = runtime.words().records.refused[code](allowed?.join(', ') ?? '');
  return { field: fieldOfPath(path) ?? path, text: sentence };
}

type Registered = Extract<Awaited<ReturnType<typeof registerPatron.run>>, { kind: 'registered' }>;

/** The record is there: its loans are open, what remains to be done is said (manual IX.2.1.1). */
async function registered(runtime: Runtime, { id, toOverwrite }: Registered): Promise<void> {
  const words = runtime.words().records;
  await openFromList(runtime, id);
  if (toOverwrite) return lookUp(runtime, id, words.registered);
  const next = words.afterRegistering(runtime.keyFor('identity-message'), runtime.keyFor('full-record'));
  runtime.tell('done', `${words.registered} · ${next}`);
}
