import { identifierProblem, proposedPurge } from '../../../circulation/registration.ts';
import type { RegistrationProfile } from '../../../circulation/network.ts';
import type { RegistrationForm } from '../../../desk/register-patron.ts';
import { printable } from '../../../language/printable.ts';
import type { FormField, FormProblem, FormSpec, FormValues } from '../../form.ts';
import type { Runtime } from '../../runtime.ts';
import { contactCheck, typeOptions } from './contacts.ts';
import { campusOptions, categoryOptions, dayField, dayIn, groupOptions, languageOptions, orNone } from './fields.ts';
import { postalFields } from './postal.ts';

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

/** A field that must be filled in, which its star says. */
const needed = (field: FormField): FormField => ({ ...field, label: `${field.label} *` });

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
    needed(text('lastName', words.nameHint)),
    text('firstName', words.firstNameHint),
    { ...days.birthDay, value: given('birthDay') },
    {
      ...text('identifier', words.profileIdentifierHint(identifier.prefixes.join(', '))),
      label: `${identifier.primary ? words.cardNumber[identifier.type] : words.unr} *`,
      scannable: true,
      live: (value) => {
        const problem = identifierProblem(profile, value);
        return problem === undefined ? undefined : words.refused[problem.code](problem.allowed?.join(', ') ?? '');
      },
    },
    needed(choice('group', proposed.group, groupOptions(runtime, profile?.groups))),
    choice('campus', proposed.campus, orNone(runtime, campusOptions(runtime))),
    choice('language', proposed.language, languageOptions(runtime)),
    needed({ ...days.expiry, value: given('expiry', days.expiry.value) }),
    needed({ ...days.purge, value: given('purge', days.purge.value), hint: words.purgeHint }),
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

/** An address is whole, or none: what is missing of one that was begun. */
function addressProblem(values: FormValues, text: string): FormProblem | undefined {
  const isBegun = ['line1', 'line2', 'line3', 'postalCode', 'city'].some((name) => values[name] !== '');
  const field = ['line1', 'postalCode', 'city'].find((name) => values[name] === '');
  return isBegun && field !== undefined ? { field, text } : undefined;
}

/** The form with its checks; the purge date follows the expiry date while one types (USR-04). */
export function registrationSpec(
  runtime: Runtime,
  form: RegistrationForm,
  profile: RegistrationProfile | undefined,
  before: FormValues,
  problem: FormProblem | undefined,
): FormSpec {
  const words = runtime.words().records;
  const name = profile?.name[runtime.store.get().language] ?? words.noProfile;
  const purgeFor = (values: FormValues): string | undefined => {
    const purge = proposedPurge(profile, dayIn(runtime, values, 'expiry'));
    return purge === null ? undefined : runtime.dates().numeric(purge);
  };
  return {
    key: `${REGISTERING}${profile?.code ?? ''}`,
    title: words.registering(printable(name)),
    fields: fieldsOf(runtime, form, profile, before),
    // A purge date that does not follow from the expiry date was typed, and stays (USR-04).
    touched: (before['purge'] ?? '') === '' || before['purge'] === purgeFor(before) ? [] : ['purge'],
    ...(problem ? { problem } : {}),
    derive: (values, changed) => {
      const purge = changed === 'expiry' ? purgeFor(values) : undefined;
      return purge === undefined ? {} : { purge };
    },
    check: (values): FormProblem | undefined => {
      if (values['lastName'] === '') return { field: 'lastName', text: runtime.words().form.empty };
      if (values['email'] === '' && values['noEmail'] !== true) return { field: 'email', text: words.emailOrBox };
      const expiry = dayIn(runtime, values, 'expiry');
      const purge = dayIn(runtime, values, 'purge');
      if (expiry !== null && purge !== null && purge < expiry) return { field: 'purge', text: words.purgeBefore };
      return addressProblem(values, words.refused.ADDRESS_INCOMPLETE(''));
    },
  };
}
