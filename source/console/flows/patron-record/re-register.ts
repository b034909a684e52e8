import { proposedPurge } from '../../../circulation/registration.ts';
import { profileOf } from '../../../circulation/registration.ts';
import { finishForm, finishRegistration } from '../../../desk/finish-registration.ts';
import { reRegister, reRegistrationForm } from '../../../desk/re-register.ts';
import { printable } from '../../../language/printable.ts';
import { wrap } from '../../../language/fit.ts';
import type { FormField, FormProblem, FormValues } from '../../form.ts';
import type { Runtime } from '../../runtime.ts';
import { nameOf } from '../names.ts';
import { campusOptions, dayField, dayIn, groupOptions, orNone } from './fields.ts';
import { fieldOfPath } from './refused-fields.ts';
import { recordChanged } from './tabs.ts';

const codesIn = (text: string): string[] => text.split(/[\s,;]+/).filter((one) => one !== '');

/** What codes of statistical categories are called; undefined: one of them is none. */
function namesOf(runtime: Runtime, text: string): string | undefined {
  const { network, language } = runtime.store.get();
  const names = codesIn(text).map((code) => network?.statistics?.find((one) => one.code === code)?.name[language]);
  return names.length === 0 || names.includes(undefined) ? undefined : `= ${names.join(', ')}`;
}

/** The statistical categories of another campus give way to those of the new one (manual IX.2.2.2). */
function statisticsFor(runtime: Runtime, campus: string, before: string): string {
  const known = runtime.store.get().network?.statistics ?? [];
  const ofCampus = (code: string) => known.find((one) => one.code === code)?.campus;
  const kept = codesIn(before).filter((code) => ofCampus(code) === undefined);
  const added = known.filter((one) => one.campus === campus).map((one) => one.code);
  return [...new Set([...kept, ...added])].join(' ');
}

/** A record of the card system is not for an authorised reader: use it all the same? (USR-12) */
async function asksToReuse(runtime: Runtime): Promise<boolean> {
  const words = runtime.words().records;
  const answer = await runtime.ask({
    title: words.externalReusedTitle,
    lines: wrap(words.externalReused, runtime.store.get().columns - 6),
    why: [],
    choices: ['answer-yes', 'answer-cancel'],
  });
  return answer === 'answer-yes';
}

/** Campus, dates and statistics of an authorised reader who comes back, here or elsewhere (USR-12). */
async function again(runtime: Runtime, patron: number): Promise<void> {
  const found = await runtime.perform(reRegistrationForm, { patron });
  if (found.kind !== 're-registration') return runtime.refuse(found);
  const words = runtime.words().records;
  const known = (found.statistics ?? []).map(({ code }) => code);
  let before: FormValues = {
    campus: found.proposed.campus ?? '',
    statistics: found.proposed.statistics.join(' '),
  };
  let problem: FormProblem | undefined;
  for (;;) {
    const expiry = dayField(runtime, { name: 'expiry', label: words.fields.expiry, value: found.proposed.expiry });
    const purge = dayField(runtime, { name: 'purge', label: words.fields.purge, value: found.proposed.purge });
    const campusField: FormField = {
      kind: 'choice',
      name: 'campus',
      label: words.fields.campus,
      value: String(before['campus'] ?? ''),
      options: orNone(runtime, campusOptions(runtime)),
      hint: words.campusHint,
    };
    const values = await runtime.askForm({
      key: `patron ${patron} re-registration`,
      title: words.reRegistering(nameOf(found.patron)),
      fields: [
        campusField,
        { ...expiry, value: String(before['expiry'] ?? expiry.value) },
        { ...purge, value: String(before['purge'] ?? purge.value), hint: words.purgeHint },
        {
          kind: 'text',
          name: 'statistics',
          label: words.fields.statistics,
          value: String(before['statistics'] ?? ''),
          hint: words.statisticsCodes(known.slice(0, 8).join(' ')),
          live: (text) => {
            const unknown = codesIn(text).filter((code) => !known.includes(code));
            return unknown.length > 0 ? words.unknownCodes(unknown.join(' ')) : undefined;
          },
          means: (text) => namesOf(runtime, text),
        },
      ],
      ...(problem ? { problem } : {}),
      derive: (filled, changed) => {
        if (changed === 'campus')
          return { statistics: statisticsFor(runtime, String(filled['campus']), String(filled['statistics'])) };
        const day = changed === 'expiry' ? proposedPurge(undefined, dayIn(runtime, filled, 'expiry')) : null;
        return day === null ? {} : { purge: runtime.dates().numeric(day) };
      },
    });
    if (!values) return;
    before = values;
    const request = {
      patron,
      campus: String(values['campus']) || null,
      statistics: codesIn(String(values['statistics'])),
      expiry: dayIn(runtime, values, 'expiry'),
      purge: dayIn(runtime, values, 'purge'),
    };
    let outcome = await runtime.perform(reRegister, request);
    if (outcome.kind === 'warning') {
      if (!(await asksToReuse(runtime))) return runtime.tell('information', words.unchanged);
      outcome = await runtime.perform(reRegister, { ...request, despite: true });
    }
    if (outcome.kind === 're-registered') {
      await recordChanged(runtime);
      const until = outcome.patron.expiry;
      return runtime.tell('done', words.reRegistered(until === null ? '' : runtime.dates().numeric(until)));
    }
    if (outcome.kind === 'refused') {
      problem = { field: fieldOfPath(outcome.path) ?? 'expiry', text: words.refused[outcome.code]('') };
    } else if (outcome.kind !== 'warning') return runtime.refuse(outcome);
  }
}

/** A registration begun online: the group and the number of the card, and the note goes (USR-13). */
async function finish(
  runtime: Runtime,
  patron: number,
  found: Extract<Awaited<ReturnType<typeof finishForm.run>>, { kind: 'finish' }>,
): Promise<void> {
  const words = runtime.words().records;
  const { network } = runtime.store.get();
  const profile = network && found.profile ? profileOf(network, found.profile) : undefined;
  let before: FormValues = { group: found.proposed.group ?? '', campus: found.proposed.campus ?? '' };
  let problem: FormProblem | undefined;
  for (;;) {
    const expiry = dayField(runtime, { name: 'expiry', label: words.fields.expiry, value: found.proposed.expiry });
    const purge = dayField(runtime, { name: 'purge', label: words.fields.purge, value: found.proposed.purge });
    const values = await runtime.askForm({
      key: `patron ${patron} finish`,
      title: words.finishing(nameOf(found.patron)),
      fields: [
        {
          kind: 'text',
          name: 'identifier',
          label: words.cardNumber.CARD,
          value: String(before['identifier'] ?? ''),
          hint: words.finishIdentifierHint,
          scannable: true,
        },
        {
          kind: 'choice',
          name: 'group',
          label: words.fields.group,
          value: String(before['group'] ?? ''),
          options: groupOptions(runtime, profile?.groups),
          hint: words.choiceHint,
        },
        {
          kind: 'choice',
          name: 'campus',
          label: words.fields.campus,
          value: String(before['campus'] ?? ''),
          options: orNone(runtime, campusOptions(runtime)),
          hint: words.choiceHint,
        },
        { ...expiry, value: String(before['expiry'] ?? expiry.value) },
        { ...purge, value: String(before['purge'] ?? purge.value), hint: words.purgeHint },
      ],
      ...(problem ? { problem } : {}),
      derive: (filled, changed) => {
        const day = changed === 'expiry' ? proposedPurge(profile, dayIn(runtime, filled, 'expiry')) : null;
        return day === null ? {} : { purge: runtime.dates().numeric(day) };
      },
    });
    if (!values) return;
    before = values;
    const outcome = await runtime.perform(finishRegistration, {
      patron,
      ...(found.profile === null ? {} : { profile: found.profile }),
      identifier: String(values['identifier']),
      group: String(values['group']) || null,
      campus: String(values['campus']) || null,
      expiry: dayIn(runtime, values, 'expiry'),
      purge: dayIn(runtime, values, 'purge'),
    });
    if (outcome.kind === 'finished') {
      await recordChanged(runtime);
      const [card] = outcome.patron.identifiers;
      return runtime.tell('done', words.finished(printable(card?.value ?? ''), outcome.removed));
    }
    if (outcome.kind === 'refused') {
      const [owner] = outcome.lines;
      const text = words.refused[outcome.code](outcome.allowed?.join(', ') ?? '');
      problem = { field: fieldOfPath(outcome.path) ?? 'identifier', text: owner ? `${text} ${nameOf(owner)}` : text };
    } else if (outcome.kind === 'not-pre-registered') return runtime.tell('information', words.notPreRegistered);
    else return runtime.refuse(outcome);
  }
}

/** *Re-register*: finishes what was begun online, else renews a registration (USR-12, USR-13). */
export async function registerAgain(runtime: Runtime, patron: number): Promise<void> {
  const begun = await runtime.perform(finishForm, { patron });
  if (begun.kind === 'finish') return finish(runtime, patron, begun);
  if (begun.kind === 'not-pre-registered') return again(runtime, patron);
  runtime.refuse(begun);
}
