import { purgeAfter } from '../../../circulation/patron-dates.ts';
import { dayOf } from '../../../circulation/time.ts';
import { editPatron } from '../../../desk/edit-patron.ts';
import type { DueProposal, PatronChange } from '../../../desk/edit-patron.ts';
import { readPatronRecord } from '../../../desk/patron-record.ts';
import type { PatronRecord } from '../../../desk/patron-record.ts';
import { wrap } from '../../../language/fit.ts';
import { printable } from '../../../language/printable.ts';
import type { FormField, FormProblem, FormValues } from '../../form.ts';
import type { Runtime } from '../../runtime.ts';
import { refreshList } from '../record.ts';
import { birthDayWritten, campusOptions, categoryOptions, dayField, dayIn } from './fields.ts';
import { groupOptions, languageOptions, orNone } from './fields.ts';
import { GENERAL_FIELDS as FIELDS, generalLines } from './general-lines.ts';
import type { GeneralField as Field, GeneralLine as Line } from './general-lines.ts';
import { lookUpWhereAsked } from './look-up.ts';
import { openTabOf, recordChanged } from './tabs.ts';
import type { TabFrame } from './tabs.ts';

/** The form of the general fields; what the card system filled in is locked unless the record is open for update (USR-08). */
function formFields(runtime: Runtime, record: PatronRecord): FormField[] {
  const words = runtime.words().records;
  const isLocked = (name: Field): { locked?: string } =>
    (record.locked as readonly string[]).includes(name)
      ? { locked: words.lockedField(runtime.keyFor('open-for-update')) }
      : {};
  const text = (name: 'lastName' | 'firstName' | 'identifier', hint: string): FormField => ({
    kind: 'text',
    name,
    label: words.fields[name],
    value: record[name],
    hint,
    ...(name === 'identifier' ? { scannable: true } : {}),
    ...isLocked(name),
  });
  const choice = (
    name: 'group' | 'campus' | 'category' | 'language',
    options: readonly { value: string; label: string }[],
  ) => ({
    kind: 'choice' as const,
    name,
    label: words.fields[name],
    value: record[name] ?? '',
    options,
    hint: words.choiceHint,
    ...isLocked(name),
  });
  const day = (name: 'birthDay' | 'expiry' | 'purge') =>
    dayField(
      runtime,
      { name, label: words.fields[name], value: record[name], ...isLocked(name) },
      name === 'birthDay' ? 'birth' : 'day',
    );
  return [
    text('lastName', words.nameHint),
    text('firstName', words.firstNameHint),
    day('birthDay'),
    text('identifier', words.identifierHint),
    choice('group', orNone(runtime, groupOptions(runtime))),
    choice('campus', orNone(runtime, campusOptions(runtime))),
    choice('category', orNone(runtime, categoryOptions(runtime))),
    choice('language', languageOptions(runtime)),
    day('expiry'),
    { ...day('purge'), hint: words.purgeHint },
    {
      kind: 'choice',
      name: 'status',
      label: words.fields.status,
      value: record.status,
      options: (['active', 'inactive'] as const).map((value) => ({ value, label: words.status[value] })),
      ...isLocked('status'),
    },
  ];
}

/** What a filled form says, field by field. */
function filledIn(runtime: Runtime, values: FormValues): Required<Pick<PatronChange, Field>> {
  const text = (name: string): string => String(values[name] ?? '');
  const born = text('birthDay');
  return {
    lastName: text('lastName'),
    firstName: text('firstName'),
    birthDay: born === '' ? null : (birthDayWritten(runtime, born) ?? null),
    identifier: text('identifier'),
    group: text('group') || null,
    campus: text('campus') || null,
    category: text('category') || null,
    language: text('language'),
    expiry: dayIn(runtime, values, 'expiry'),
    purge: dayIn(runtime, values, 'purge'),
    status: text('status') === 'inactive' ? 'inactive' : 'active',
  };
}

/** Only what differs from the record as the form showed it, with what stood there. */
function changeOf(record: PatronRecord, filled: Required<Pick<PatronChange, Field>>): [PatronChange, PatronChange] {
  const changed = FIELDS.filter((name) => filled[name] !== record[name]);
  const of = (from: Readonly<Record<Field, unknown>>): PatronChange =>
    Object.fromEntries(changed.map((name) => [name, from[name]]));
  const change = of(filled);
  // The form shows the purge date that follows: what stands in it is meant, also where it has not changed (USR-04).
  const withPurge = changed.includes('expiry') ? { ...change, purge: filled.purge } : change;
  return [withPurge, of(record)];
}

/** The loans of the open session say at once when they are due now. */
async function showRecomputed(runtime: Runtime, loans: readonly DueProposal[]): Promise<void> {
  const { record } = runtime.store.get();
  if (!record) return;
  const lent = record.lent.map((row) => {
    const found = loans.find((one) => row.kind === 'loan' && one.loan === row.loan);
    return found && row.kind === 'loan' ? { ...row, due: found.due, lateFrom: found.lateFrom } : row;
  });
  await refreshList(runtime, { lent });
}

/** The loans that were shortened to the old expiry may have their full period back (LOAN-07). */
async function offerDueDates(runtime: Runtime, patron: number, loans: readonly DueProposal[]): Promise<number> {
  const words = runtime.words().records;
  if (loans.length === 0) return 0;
  const answer = await runtime.ask({
    title: words.askDueDates(loans.length),
    lines: loans
      .slice(0, 8)
      .map((one) =>
        words.dueLine(
          runtime.dates().numeric(dayOf(one.before, runtime.store.get().timeZone)),
          runtime.dates().numeric(dayOf(one.due, runtime.store.get().timeZone)),
          printable(one.title),
        ),
      ),
    why: wrap(words.whyDueDates, runtime.store.get().columns - 6),
    choices: ['answer-yes', 'answer-cancel', 'answer-why'],
  });
  if (answer !== 'answer-yes') return 0;
  const outcome = await runtime.perform(editPatron, { patron, change: {}, recompute: true });
  if (outcome.kind === 'changed' || outcome.kind === 'unchanged') {
    await showRecomputed(runtime, outcome.recomputed);
    return outcome.recomputed.length;
  }
  if (outcome.kind === 'locked' || outcome.kind === 'purge-before-expiry' || outcome.kind === 'changed-meanwhile')
    return 0;
  runtime.refuse(outcome);
  return 0;
}

/** Changes the general fields by a form (USR-04, USR-08). */
async function edit(runtime: Runtime, patron: number, begin: string | undefined): Promise<void> {
  const found = await runtime.perform(readPatronRecord, { patron });
  if (found.kind !== 'record') return runtime.refuse(found);
  const { record } = found;
  const words = runtime.words().records;
  let problem: FormProblem | undefined;
  for (;;) {
    const values = await runtime.askForm({
      key: `patron ${patron} general`,
      title: words.editing,
      fields: formFields(runtime, record),
      ...(begin === undefined ? {} : { begin }),
      ...(problem ? { problem } : {}),
      derive: (filled, changed) => {
        const expiry = changed === 'expiry' ? dayIn(runtime, filled, 'expiry') : null;
        const purge = purgeAfter(expiry);
        return purge === null ? {} : { purge: runtime.dates().numeric(purge) };
      },
      check: (filled) => {
        const { lastName, identifier, expiry, purge } = filledIn(runtime, filled);
        if (lastName === '') return { field: 'lastName', text: runtime.words().form.empty };
        if (identifier === '') return { field: 'identifier', text: runtime.words().form.empty };
        const early = expiry !== null && purge !== null && purge !== 'keep' && purge < expiry;
        return early ? { field: 'purge', text: words.purgeBefore } : undefined;
      },
    });
    if (!values) return;
    const [change, seen] = changeOf(record, filledIn(runtime, values));
    if (Object.keys(change).length === 0) return runtime.tell('information', words.unchanged);
    const outcome = await runtime.perform(editPatron, { patron, change, seen });
    switch (outcome.kind) {
      case 'locked':
        return runtime.tell('refusal', words.locked(runtime.keyFor('open-for-update')));
      case 'purge-before-expiry':
        problem = { field: 'purge', text: words.purgeBefore };
        continue;
      case 'changed-meanwhile':
        await recordChanged(runtime);
        return runtime.tell('refusal', words.changedMeanwhile);
      case 'changed':
      case 'unchanged': {
        const reused = outcome.kind === 'changed' && outcome.warnings.includes('external-reused');
        const moved = await offerDueDates(runtime, patron, outcome.proposes.loans);
        await recordChanged(runtime);
        runtime.tell(
          reused ? 'warning' : 'done',
          [words.saved, moved > 0 && !reused ? words.dueDatesMoved(moved) : '', reused ? words.reusedBriefly : '']
            .filter(Boolean)
            .join(' · '),
        );
        return lookUpWhereAsked(runtime, outcome.record, words.saved);
      }
      case 'invalid': {
        problem = {
          field: outcome.path,
          text: outcome.problem === 'taken' ? words.identifierTaken : runtime.words().form.invalid,
        };
        if (FIELDS.some((one) => one === outcome.path)) continue;
        return runtime.refuse(outcome);
      }
      default:
        return runtime.refuse(outcome);
    }
  }
}

/** The first tab: what the record says of a person, each field with whether it may be changed (USR-07, USR-08). */
export async function showGeneral(runtime: Runtime, frame: TabFrame): Promise<void> {
  const { patron } = frame;
  const words = () => runtime.words().records;
  await openTabOf<Line>(runtime, frame, {
    table: 'record-general',
    title: () => '',
    hint: () => words().generalHint(runtime.keyFor('open-for-update'), runtime.keyFor('verify')),
    columns: () => [
      { name: 'label', head: words().columns.field, width: 22, cell: (row) => row.label },
      {
        name: 'value',
        head: words().columns.value,
        width: 0,
        cell: (row) => (row.locked ? `= ${row.value}` : row.value),
      },
    ],
    keyOf: (row) => row.name,
    tone: (row) => (row.locked ? 'quiet' : 'plain'),
    empty: () => '',
    read: async ({ offset, limit }) => {
      const found = await runtime.perform(readPatronRecord, { patron });
      if (found.kind !== 'record') {
        runtime.refuse(found);
        return undefined;
      }
      const lines = generalLines(runtime, found.record);
      return { total: lines.length, lines: lines.slice(offset, offset + limit) };
    },
    open: async (row) => edit(runtime, patron, row.name),
    commands: { edit: async (row) => edit(runtime, patron, row?.name) },
  });
}
