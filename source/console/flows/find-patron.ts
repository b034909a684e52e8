import { dayOf } from '../../circulation/time.ts';
import { searchPatrons } from '../../desk/patron-search.ts';
import type { PatronLine } from '../../desk/views.ts';
import { printable } from '../../language/printable.ts';
import { readDay } from '../day-input.ts';
import type { FormField, FormProblem, FormValues } from '../form.ts';
import type { Runtime } from '../runtime.ts';
import { browseCommand, openBrowse, refreshBrowse, topBrowse } from './browse.ts';
import { nameOf } from './names.ts';
import { openFromList } from './open-from-list.ts';

const TABLE = 'patron-search';

type Status = 'active' | 'inactive';
const isStatus = (value: string): value is Status => value === 'active' || value === 'inactive';

/** A birth date has its year: `30/10/2001`, `30.10.2001` or `2001-10-30`. */
function birthDayOf(runtime: Runtime, written: string): string | undefined {
  const { now, timeZone } = runtime.store.get();
  return /\d{4}/.test(written) && !written.startsWith('+') ? readDay(written, dayOf(now, timeZone)) : undefined;
}

function fieldsOf(runtime: Runtime, before: FormValues | undefined): FormField[] {
  const { network, language } = runtime.store.get();
  const words = runtime.words().patronSearch;
  const valueOf = (name: string): string => String(before?.[name] ?? '');
  const text = (name: string, label: string, hint: string, more: { scannable?: boolean } = {}): FormField => ({
    kind: 'text',
    name,
    label,
    value: valueOf(name),
    hint,
    ...more,
  });
  const choice = (name: string, label: string, options: readonly { value: string; label: string }[]): FormField => ({
    kind: 'choice',
    name,
    label,
    value: valueOf(name),
    options: [{ value: '', label: words.any }, ...options],
  });
  const groups = (network?.groups ?? []).map(({ code, name }) => ({ value: code, label: `${code} ${name[language]}` }));
  const campuses = (network?.campuses ?? []).map(({ code, name }) => ({ value: code, label: name }));
  return [
    text('name', words.name, words.nameHint),
    text('firstName', words.firstName, words.nameHint),
    text('identifier', words.identifier, words.identifierHint, { scannable: true }),
    text('email', words.email, words.emailHint),
    text('birthDay', words.birthDay, words.birthDayHint),
    choice('group', words.group, groups),
    choice('campus', words.campus, campuses),
    choice('status', words.status, [
      { value: 'active', label: words.active },
      { value: 'inactive', label: words.inactive },
    ]),
  ];
}

async function fillSearch(runtime: Runtime, before: FormValues | undefined): Promise<FormValues | undefined> {
  const words = runtime.words().patronSearch;
  return runtime.askForm({
    key: TABLE,
    title: words.form,
    fields: fieldsOf(runtime, before),
    check: (values): FormProblem | undefined => {
      if (Object.values(values).every((one) => one === '')) return { field: 'name', text: words.nothingAsked };
      const born = String(values['birthDay']);
      if (born === '' || birthDayOf(runtime, born) !== undefined) return undefined;
      return { field: 'birthDay', text: words.badDay };
    },
  });
}

function questionOf(runtime: Runtime, values: FormValues) {
  const value = (name: string): string => String(values[name] ?? '');
  const birthDay = birthDayOf(runtime, value('birthDay'));
  const status = value('status');
  return {
    name: value('name'),
    firstName: value('firstName'),
    identifier: value('identifier'),
    email: value('email'),
    group: value('group'),
    campus: value('campus'),
    ...(birthDay === undefined ? {} : { birthDay }),
    ...(isStatus(status) ? { status } : {}),
  };
}

/** The advanced search (PAT-02): a form, then everybody who is as it says; Enter opens a record, Alt+M changes the form. */
export async function findPatron(runtime: Runtime): Promise<void> {
  if (topBrowse(runtime)?.source.table === TABLE) {
    await browseCommand(runtime, 'edit');
    return;
  }
  const filled = await fillSearch(runtime, undefined);
  if (!filled) return;
  let values = filled;
  let total = 0;
  const words = () => runtime.words().patronSearch;
  await openBrowse<PatronLine>(runtime, {
    table: TABLE,
    title: () => words().head(total),
    hint: () => words().hint(runtime.keyFor('edit')),
    columns: () => {
      const heads = runtime.words().identify.columns;
      const born = ({ birthDay }: PatronLine) => (birthDay === null ? '' : runtime.dates().numeric(birthDay));
      return [
        { name: 'name', head: heads.name, width: 0, cell: nameOf },
        { name: 'identifier', head: heads.identifier, width: 16, cell: (row) => printable(row.identifier) },
        { name: 'group', head: heads.group, width: 10, cell: (row) => row.group ?? '' },
        { name: 'born', head: heads.born, width: 11, cell: born },
      ];
    },
    keyOf: (row) => String(row.id),
    patronOf: (row) => row.id,
    empty: () => words().none(runtime.keyFor('edit')),
    read: async (window) => {
      const found = await runtime.perform(searchPatrons, { ...questionOf(runtime, values), window });
      if (found.kind !== 'matches') {
        runtime.refuse(found);
        return undefined;
      }
      total = found.total;
      return found;
    },
    open: async (row) => openFromList(runtime, row.id),
    commands: {
      edit: async () => {
        const changed = await fillSearch(runtime, values);
        if (!changed) return;
        values = changed;
        await refreshBrowse(runtime, { selected: 0, offset: 0, marked: [] });
      },
    },
  });
}
