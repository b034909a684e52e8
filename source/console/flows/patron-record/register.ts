import { identifierProblem, profileOf, proposedPurge } from '../../../circulation/registration.ts';
import type { RegistrationProfile } from '../../../circulation/network.ts';
import { registerPatron, registrationForm } from '../../../desk/register-patron.ts';
import type { Duplicate, RegisterRequest, RegistrationForm } from '../../../desk/register-patron.ts';
import { printable } from '../../../language/printable.ts';
import { wrap } from '../../../language/fit.ts';
import type { FormField, FormProblem, FormSpec, FormValues } from '../../form.ts';
import type { Runtime } from '../../runtime.ts';
import { openBrowse } from '../browse.ts';
import { nameOf } from '../names.ts';
import { openFromList } from '../open-from-list.ts';
import { contactCheck, typeOptions } from './contacts.ts';
import {
  birthDayWritten,
  campusOptions,
  categoryOptions,
  dayField,
  dayIn,
  groupOptions,
  languageOptions,
  orNone,
} from './fields.ts';
import { lookUp } from './look-up.ts';
import { postalFields } from './postal.ts';
import { FIELD_OF_PATH } from './refused-fields.ts';

/** Half-typed registrations are kept under this and the code of their profile. */
export const REGISTERING = 'register ';

/** What the profile gives besides (USR-06): shown, and completed in the record later. */
function ofProfile(runtime: Runtime, { proposed }: RegistrationForm): FormField[] {
  const words = runtime.words().records;
  const shown = (name: 'category' | 'statistics', value: string): FormField[] =>
    value === ''
      ? []
      : [{ kind: 'text', name, label: words.fields[name], value: printable(value), locked: words.byProfile }];
  const category = categoryOptions(runtime).find(({ value }) => value === proposed.category);
  return [
    ...shown('category', category?.label ?? proposed.category ?? ''),
    ...shown('statistics', proposed.statistics.join(' ')),
  ];
}

/** Fields of the quick registration (USR-03), with what was typed before. */
function fieldsOf(
  runtime: Runtime,
  form: RegistrationForm,
  profile: RegistrationProfile | undefined,
  before: FormValues,
): FormField[] {
  const words = runtime.words().records;
  const given = (name: string, otherwise = ''): string => String(before[name] ?? otherwise);
  const text = (name: keyof typeof words.fields, hint: string): FormField & { kind: 'text' } => ({
    kind: 'text',
    name,
    label: words.fields[name],
    value: given(name),
    hint,
  });
  const choice = (
    name: keyof typeof words.fields,
    proposed: string | null,
    options: readonly { readonly value: string; readonly label: string }[],
  ): FormField => ({
    kind: 'choice',
    name,
    label: words.fields[name],
    value: given(name, proposed ?? ''),
    options,
    hint: words.choiceHint,
  });
  const { identifier, proposed } = form;
  const [emailType = ''] = form.emailTypes;
  const [phoneType = ''] = form.phoneTypes;
  const days = {
    birthDay: dayField(runtime, { name: 'birthDay', label: words.fields.birthDay, value: null }, 'birth'),
    expiry: dayField(runtime, { name: 'expiry', label: words.fields.expiry, value: proposed.expiry }),
    purge: dayField(runtime, { name: 'purge', label: words.fields.purge, value: proposed.purge }),
  };
  return [
    text('lastName', words.nameHint),
    text('firstName', words.firstNameHint),
    { ...days.birthDay, value: given('birthDay') },
    {
      ...text('identifier', words.profileIdentifierHint(identifier.prefixes.join(', '))),
      label: identifier.primary ? words.cardNumber[identifier.type] : words.unr,
      scannable: true,
      live: (value) => {
        const problem = identifierProblem(profile, value);
        return problem === undefined ? undefined : words.refused[problem.code](problem.allowed?.join(', ') ?? '');
      },
    },
    choice('group', proposed.group, groupOptions(runtime, profile?.groups)),
    choice('campus', proposed.campus, orNone(runtime, campusOptions(runtime))),
    choice('language', proposed.language, languageOptions(runtime)),
    { ...days.expiry, value: given('expiry', days.expiry.value) },
    { ...days.purge, value: given('purge', days.purge.value), hint: words.purgeHint },
    ...ofProfile(runtime, form),
    { ...text('email', words.emailHint), live: contactCheck(runtime, 'email') },
    choice(
      'emailType',
      emailType,
      typeOptions(runtime, 'email').filter(({ value }) => value !== 'alternative'),
    ),
    {
      kind: 'yes-no',
      name: 'noEmail',
      label: words.fields.noEmail,
      value: before['noEmail'] === true,
      hint: words.noEmailHint(form.placeholderEmail ?? ''),
    },
    ...postalFields(runtime, before),
    { ...text('phone', words.phoneHint), live: contactCheck(runtime, 'phone') },
    choice('phoneType', phoneType, typeOptions(runtime, 'phone')),
  ];
}

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

/** Likely duplicates, a line each: who, why they look the same, what record that is (USR-05). */
function duplicateLines(runtime: Runtime, lines: readonly Duplicate[]): string[] {
  const words = runtime.words().records;
  const room = runtime.store.get().columns - 6;
  return lines.slice(0, 8).flatMap((one) => {
    const born = one.birthDay === null ? '' : runtime.dates().numeric(one.birthDay);
    const who = [nameOf(one), printable(one.identifier), born, one.group ?? ''].filter(Boolean).join(' · ');
    return wrap(`${who} (${whyAlike(runtime, one)}, ${words.history.values[one.recordKind]})`, room);
  });
}

/** Why a record looks the same. */
const whyAlike = (runtime: Runtime, { why }: Duplicate): string =>
  why.map((because) => runtime.words().records.duplicateBecause[because]).join(', ');

/** Opens the record of the person who is there already; of several, one is chosen (USR-05). */
async function openTheirs(runtime: Runtime, lines: readonly Duplicate[]): Promise<void> {
  const [only] = lines;
  if (only && lines.length === 1) return openFromList(runtime, only.id);
  const words = () => runtime.words().records;
  const heads = () => runtime.words().identify.columns;
  await openBrowse<Duplicate>(runtime, {
    table: 'duplicates',
    title: () => words().duplicates(lines.length),
    hint: () => words().duplicatesHint,
    columns: () => [
      { name: 'name', head: heads().name, width: 0, cell: nameOf },
      { name: 'identifier', head: heads().identifier, width: 16, cell: (row) => printable(row.identifier) },
      {
        name: 'kind',
        head: words().facts.kind,
        width: 16,
        cell: (row) => words().history.values[row.recordKind] ?? '',
      },
      { name: 'why', head: '', width: 24, cell: (row) => whyAlike(runtime, row) },
    ],
    keyOf: (row) => String(row.id),
    patronOf: (row) => row.id,
    empty: () => '',
    read: async ({ offset, limit }) => ({ total: lines.length, lines: lines.slice(offset, offset + limit) }),
    open: async (row) => openFromList(runtime, row.id),
  });
}

/** What to do about people who look the same: a new record all the same, theirs, or back to the form. */
async function askAboutDuplicates(
  runtime: Runtime,
  found: { readonly lines: readonly Duplicate[]; readonly formerInstitutional: boolean },
): Promise<'new' | 'open' | 'back'> {
  const words = runtime.words().records;
  const answer = await runtime.ask({
    title: words.duplicates(found.lines.length),
    lines: [
      ...duplicateLines(runtime, found.lines),
      ...(found.formerInstitutional ? ['', ...wrap(words.formerInstitutional, runtime.store.get().columns - 6)] : []),
    ],
    why: [],
    choices: ['answer-new', 'answer-open', 'answer-back'],
  });
  if (answer === 'answer-new') return 'new';
  return answer === 'answer-open' ? 'open' : 'back';
}

/** The form with its checks; the purge date follows the expiry date while one types (USR-04). */
function specOf(
  runtime: Runtime,
  form: RegistrationForm,
  profile: RegistrationProfile | undefined,
  before: FormValues,
  problem: FormProblem | undefined,
): FormSpec {
  const words = runtime.words().records;
  const name = profile?.name[runtime.store.get().language] ?? words.noProfile;
  return {
    key: `${REGISTERING}${profile?.code ?? ''}`,
    title: words.registering(printable(name)),
    fields: fieldsOf(runtime, form, profile, before),
    ...(problem ? { problem } : {}),
    derive: (values, changed) => {
      const expiry = changed === 'expiry' ? dayIn(runtime, values, 'expiry') : null;
      const purge = expiry === null ? null : proposedPurge(profile, expiry);
      return purge === null ? {} : { purge: runtime.dates().numeric(purge) };
    },
    check: (values): FormProblem | undefined => {
      if (values['lastName'] === '') return { field: 'lastName', text: runtime.words().form.empty };
      if (values['email'] === '' && values['noEmail'] !== true) return { field: 'email', text: words.emailOrBox };
      const expiry = dayIn(runtime, values, 'expiry');
      const purge = dayIn(runtime, values, 'purge');
      if (expiry !== null && purge !== null && purge < expiry) return { field: 'purge', text: words.purgeBefore };
      return undefined;
    },
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
    const values = await runtime.askForm(specOf(runtime, found, profile, before, problem));
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
    } else if (outcome.kind === 'invalid' && FIELD_OF_PATH[outcome.path] !== undefined) {
      problem = { field: FIELD_OF_PATH[outcome.path] ?? outcome.path, text: runtime.words().form.invalid };
    } else return runtime.refuse(outcome);
  }
}

type Refused = Extract<Awaited<ReturnType<typeof registerPatron.run>>, { kind: 'refused' }>;

function problemOf(runtime: Runtime, { code, path, allowed }: Refused): FormProblem {
  const sentence = runtime.words().records.refused[code](allowed?.join(', ') ?? '');
  return { field: FIELD_OF_PATH[path] ?? path, text: sentence };
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
