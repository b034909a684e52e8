import { dayOf } from '../../../circulation/time.ts';
import type { Day } from '../../../circulation/time.ts';
import { preRegister as register, registrationOffers } from '../../../desk/pre-register.ts';
import type { Offer, PreRegistered, RegistrationOffers } from '../../../desk/pre-register.ts';
import { wordsIn } from '../../../language/index.ts';
import { readPastDay } from '../../day-input.ts';
import type { FormField, FormProblem, FormValues } from '../../form.ts';
import { textOf } from '../values.ts';
import { BACK } from '../ui.ts';
import type { Visit } from '../visit.ts';
import { missingText } from './passwords.ts';
import { waitText } from './refusals.ts';

const given = (values: FormValues, name: string): Record<string, string> => {
  const text = textOf(values, name);
  return text === '' ? {} : { [name]: text };
};

/** A day of birth as people write it, or what is wrong with it. */
export function birthDayField(visit: Visit, label: string): FormField {
  const { register: words } = visit.words();
  const today = (): Day => dayOf(visit.moment(), visit.greeting().timeZone);
  return {
    kind: 'text',
    name: 'birthDay',
    label,
    value: '',
    hint: words.birthHint,
    means: (text) => {
      const day = readPastDay(text, today());
      return day === undefined ? undefined : visit.dates().day(day);
    },
    live: (text) => (readPastDay(text, today()) === undefined ? words.problem.NOT_A_DAY : undefined),
  };
}

/** The day that was typed as a birth date; what is none goes on as it is, to be refused. */
export function birthDayIn(visit: Visit, values: FormValues): string {
  const text = textOf(values, 'birthDay');
  return readPastDay(text, dayOf(visit.moment(), visit.greeting().timeZone)) ?? text;
}

/** The fields of the form, named as what is asked names them (manual IX.2.2.3). */
function fieldsFor(visit: Visit, offer: Offer, hasTerms: boolean): FormField[] {
  const { register: words, password } = visit.words();
  const language = visit.language();
  const text = (name: string, label: string, hint = ''): FormField => ({ kind: 'text', name, label, value: '', hint });
  const { libraries, occupations, durations } = offer;
  const here = libraries.find((one) => one.code === visit.house.library) ?? libraries[0];
  return [
    text('lastName', words.lastName),
    text('firstName', words.firstName),
    birthDayField(visit, words.birthDay),
    text('email', words.email, words.emailHint),
    { kind: 'text', name: 'password', label: password.fresh, value: '', masked: true, hint: password.rules },
    { kind: 'text', name: 'again', label: password.again, value: '', masked: true, hint: password.rules },
    text('line1', words.line1),
    text('line2', words.line2, words.optional),
    text('postalCode', words.postalCode),
    text('city', words.city),
    text('country', words.country, words.optional),
    text('phone', words.phone, words.optional),
    ...(occupations.length === 0
      ? []
      : [
          choice(
            'occupation',
            words.occupation,
            occupations.map(({ code, name }) => ({ value: code, label: name[language] })),
          ),
        ]),
    ...(durations.length < 2
      ? []
      : [
          choice(
            'duration',
            words.duration,
            durations.map((count) => ({ value: String(count), label: words.months(count) })),
          ),
        ]),
    {
      ...choice(
        'library',
        words.library,
        libraries.map(({ code, name }) => ({ value: code, label: name })),
      ),
      value: here?.code ?? '',
      hint: words.libraryHint,
    },
    {
      ...choice(
        'language',
        words.language,
        (['fr', 'en'] as const).map((one) => ({ value: one, label: words.languages[one] })),
      ),
      value: language,
    },
    ...(hasTerms
      ? [{ kind: 'yes-no', name: 'termsAccepted', label: words.terms, value: false, hint: words.termsHint } as const]
      : []),
  ];
}

const choice = (
  name: string,
  label: string,
  options: readonly { readonly value: string; readonly label: string }[],
): Extract<FormField, { kind: 'choice' }> => ({ kind: 'choice', name, label, value: options[0]?.value ?? '', options });

const PATHS: Readonly<Record<string, string>> = {
  'address.line1': 'line1',
  'address.line2': 'line2',
  'address.postalCode': 'postalCode',
  'address.city': 'city',
  'address.country': 'country',
};

function problemOf(visit: Visit, outcome: PreRegistered): FormProblem {
  const { register: words, notDone } = visit.words();
  if (outcome.kind === 'wait') return { field: '', text: waitText(visit, outcome.until) };
  if (outcome.kind === 'not-offered') return { field: '', text: words.notOffered };
  if (outcome.kind !== 'refused') return { field: '', text: notDone };
  const [first] = outcome.problems;
  if (!first) return { field: '', text: notDone };
  const field = PATHS[first.path] ?? first.path;
  if (first.code === 'PASSWORD_WEAK') return { field, text: missingText(visit, first.missing ?? []) };
  return { field, text: words.problem[first.code] };
}

type Offered = Extract<RegistrationOffers, { kind: 'offers' }>;

/** The terms of use, page by page; true: one goes on. */
async function readTerms(visit: Visit, terms: NonNullable<Offered['terms']>): Promise<boolean> {
  const { register: words, back } = visit.words();
  const lines = terms.text[visit.language()].split('\n');
  const chosen = await visit.ui.text({
    title: words.termsTitle,
    lines,
    back,
    actions: [{ id: 'onward', key: words.onwardKey, label: words.onward }],
  });
  return chosen !== BACK;
}

/** Pre-registration: a form, with the terms of use before it (KIO-06, USR-13, manual IX.2.2.3). */
export async function preRegister(visit: Visit): Promise<void> {
  const offers = await visit.act(registrationOffers, {});
  const { register: words, back, password } = visit.words();
  if (offers.kind !== 'offers' || offers.preRegistration === null) return visit.tell('warning', words.notOffered);
  if (offers.wait !== null) return visit.tell('warning', waitText(visit, offers.wait));
  const { preRegistration: offer, terms } = offers;
  if (terms && !(await readTerms(visit, terms))) return undefined;
  const answer = await visit.ui.form<Extract<PreRegistered, { kind: 'pre-registered' }>>(
    {
      title: words.title,
      said: [words.said],
      back,
      submit: words.submit,
      spec: {
        fields: fieldsFor(visit, offer, terms !== null),
        check: (values) =>
          textOf(values, 'password') === textOf(values, 'again')
            ? undefined
            : { field: 'password', text: password.differ },
      },
    },
    async (values) => {
      const started = visit.now();
      const duration = Number(textOf(values, 'duration'));
      const outcome = await visit.act(register, {
        lastName: textOf(values, 'lastName'),
        firstName: textOf(values, 'firstName'),
        birthDay: birthDayIn(visit, values),
        email: textOf(values, 'email'),
        password: textOf(values, 'password'),
        address: {
          line1: textOf(values, 'line1'),
          postalCode: textOf(values, 'postalCode'),
          city: textOf(values, 'city'),
          ...given(values, 'line2'),
          ...given(values, 'country'),
        },
        ...given(values, 'phone'),
        ...given(values, 'occupation'),
        ...(duration > 0 ? { duration } : {}),
        library: textOf(values, 'library'),
        termsAccepted: values['termsAccepted'] === true && terms ? terms.version : null,
        language: textOf(values, 'language') === 'en' ? 'en' : 'fr',
      });
      await visit.beat(started);
      if (outcome.kind === 'pre-registered') return { done: outcome };
      return { problem: problemOf(visit, outcome) };
    },
  );
  if (answer === BACK) return undefined;
  const { identifier, library, until } = answer;
  const lines = words.done(identifier, visit.library(library), visit.dates().day(until));
  await visit.ui.text({ title: words.doneTitle, lines, back: wordsIn(visit.language()).kiosk.back });
  return undefined;
}
