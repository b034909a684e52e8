import {
  CONTACT_KINDS,
  LONGEST_CONTACT,
  isEmail,
  tidyPhone,
  tidyPostalCode,
  typesOf,
} from '../../../circulation/contacts.ts';
import type { ContactKind } from '../../../circulation/contacts.ts';
import {
  addContact,
  changeContact,
  deleteContact,
  duplicateContact,
  preferContact,
} from '../../../desk/patron-contacts.ts';
import { readPatronRecord } from '../../../desk/patron-record.ts';
import type { RecordContact } from '../../../desk/patron-record.ts';
import type { Refusal } from '../../../desk/perform.ts';
import { printable } from '../../../language/printable.ts';
import type { FormField, FormProblem, FormValues } from '../../form.ts';
import type { CommandName } from '../../keymap.ts';
import type { Runtime } from '../../runtime.ts';
import { sentence } from '../lending.ts';
import { openTabOf, recordChanged } from './tabs.ts';
import type { TabFrame } from './tabs.ts';

const ANSWERS: Readonly<Record<ContactKind, CommandName>> = {
  email: 'answer-email',
  phone: 'answer-phone',
  address: 'answer-address',
};

/** What stands in the first line of a postal address; the others below it. */
const linesOf = (value: string): string[] => value.split('\n');

/** The types of a kind, as options. */
export function typeOptions(runtime: Runtime, kind: ContactKind): { value: string; label: string }[] {
  const names = runtime.words().records.contactTypes;
  return typesOf(kind).map((value) => ({ value, label: names[value] ?? value }));
}

/** What is wrong with a text as an address of its kind, while it is typed. */
export function contactCheck(runtime: Runtime, kind: ContactKind): (value: string) => string | undefined {
  const words = runtime.words().records;
  return (value) => {
    if (value.length > LONGEST_CONTACT) return words.tooLong;
    if (kind === 'email') return isEmail(value) ? undefined : words.badEmail;
    return kind === 'phone' && tidyPhone(value) === undefined ? words.badPhone : undefined;
  };
}

type Filled = Pick<RecordContact, 'type' | 'value' | 'city' | 'postalCode' | 'country'>;

/** Fields of a postal address. */
function addressFields(runtime: Runtime, before: Filled | undefined): FormField[] {
  const words = runtime.words().records;
  const [first = '', ...others] = linesOf(before?.value ?? '');
  const text = (name: string, label: string, value: string | null | undefined, hint: string): FormField => ({
    kind: 'text',
    name,
    label,
    value: value ?? '',
    hint,
  });
  return [
    text('value', words.address.line1, first, words.address.line1Hint),
    text('line2', words.address.line2, others[0], words.address.line2Hint),
    text('line3', words.address.line3, others.slice(1).join(', '), words.address.line2Hint),
    {
      ...text('postalCode', words.address.postalCode, before?.postalCode, words.address.postalCodeHint),
      kind: 'text',
      live: (value) => (tidyPostalCode(value, null) === undefined ? words.badPostalCode : undefined),
    } as FormField,
    text('city', words.address.city, before?.city, ''),
    text('country', words.address.country, before?.country, words.address.countryHint),
  ];
}

async function fill(
  runtime: Runtime,
  key: string,
  title: string,
  kind: ContactKind,
  before: (Filled & { readonly preferred: boolean }) | undefined,
): Promise<FormValues | undefined> {
  const words = runtime.words().records;
  const options = typeOptions(runtime, kind);
  const value: FormField[] =
    kind === 'address'
      ? addressFields(runtime, before)
      : [
          {
            kind: 'text',
            name: 'value',
            label: words.contactKinds[kind],
            value: before?.value ?? '',
            hint: kind === 'email' ? words.emailHint : words.phoneHint,
            live: contactCheck(runtime, kind),
          },
        ];
  return runtime.askForm({
    key,
    title,
    fields: [
      {
        kind: 'choice',
        name: 'type',
        label: words.columns.type,
        value: before?.type ?? options[0]?.value ?? '',
        options,
        hint: words.choiceHint,
      },
      ...value,
      {
        kind: 'yes-no',
        name: 'preferred',
        label: words.preferred,
        value: before?.preferred ?? false,
        hint: words.preferredHint,
      },
    ],
    check: (values): FormProblem | undefined => {
      if (values['value'] === '') return { field: 'value', text: runtime.words().form.empty };
      const noCity = kind === 'address' && values['city'] === '';
      return noCity ? { field: 'city', text: runtime.words().form.empty } : undefined;
    },
  });
}

/** What a filled form says of a contact. */
function contactOf(kind: ContactKind, values: FormValues) {
  const text = (name: string): string => String(values[name] ?? '');
  const lines = [text('value'), text('line2'), text('line3')].filter((one) => one !== '');
  return {
    kind,
    type: text('type') || null,
    value: lines.join('\n'),
    city: text('city') || null,
    postalCode: text('postalCode') || null,
    country: text('country') || null,
    preferred: values['preferred'] === true,
  };
}

/** A contact on one line. */
export function contactText(contact: Pick<RecordContact, 'value' | 'city' | 'postalCode' | 'country'>): string {
  const place = [contact.postalCode, contact.city].filter(Boolean).join(' ');
  return printable([...linesOf(contact.value), place, contact.country].filter(Boolean).join(', '));
}

/** The contacts of a record: what the card system gave is locked, and corrected by a copy of our own (USR-08). */
export async function showContacts(runtime: Runtime, frame: TabFrame): Promise<void> {
  const { patron } = frame;
  const words = () => runtime.words().records;

  const refuse = (outcome: Refusal | { readonly kind: 'locked' } | { readonly kind: 'gone' }): void => {
    if (outcome.kind === 'locked') return runtime.tell('refusal', words().lockedContact(runtime.keyFor('duplicate')));
    if (outcome.kind === 'gone') return runtime.tell('refusal', words().gone);
    if (outcome.kind !== 'invalid') return runtime.refuse(outcome);
    runtime.tell('refusal', words().contactProblem[outcome.problem] ?? runtime.words().form.invalid);
  };

  const add = async (): Promise<void> => {
    const answer = await runtime.ask({
      title: words().whichContact,
      lines: [],
      why: [],
      choices: [...CONTACT_KINDS.map((kind) => ANSWERS[kind]), 'answer-cancel'],
    });
    const kind = CONTACT_KINDS.find((one) => ANSWERS[one] === answer);
    if (kind === undefined) return;
    const values = await fill(
      runtime,
      `patron ${patron} contact ${kind}`,
      words().addingContact[kind],
      kind,
      undefined,
    );
    if (!values) return;
    const outcome = await runtime.perform(addContact, { patron, contact: contactOf(kind, values) });
    if (outcome.kind === 'added')
      runtime.tell('done', sentence(runtime, words().contactAdded, contactText(outcome.contact)));
    else refuse(outcome);
    await recordChanged(runtime);
  };

  const correct = async (row: RecordContact): Promise<void> => {
    if (row.locked) return runtime.tell('refusal', words().lockedContact(runtime.keyFor('duplicate')));
    const values = await fill(runtime, `patron ${patron} contact ${row.id}`, words().changingContact, row.kind, row);
    if (!values) return;
    const { kind: _, preferred, ...said } = contactOf(row.kind, values);
    const change = { ...said, ...(preferred === row.preferred ? {} : { preferred }) };
    const outcome = await runtime.perform(changeContact, { contact: row.id, change });
    if (outcome.kind === 'changed' || outcome.kind === 'unchanged') {
      if (outcome.kind === 'changed')
        runtime.tell('done', sentence(runtime, words().contactChanged, contactText(outcome.contact)));
      else runtime.tell('information', words().unchanged);
    } else if (outcome.kind === 'changed-meanwhile') runtime.tell('refusal', words().changedMeanwhile);
    else refuse(outcome);
    await recordChanged(runtime);
  };

  const duplicate = async (row: RecordContact | undefined): Promise<void> => {
    if (!row) return;
    const key = `patron ${patron} copy ${row.id}`;
    const values = await fill(runtime, key, words().duplicating, row.kind, row);
    if (!values) return;
    const { kind: _, preferred, ...change } = contactOf(row.kind, values);
    const outcome = await runtime.perform(duplicateContact, { contact: row.id, change, preferred });
    if (outcome.kind === 'added')
      runtime.tell('done', sentence(runtime, words().contactAdded, contactText(outcome.contact)));
    else refuse(outcome);
    await recordChanged(runtime);
  };

  const prefer = async (row: RecordContact | undefined): Promise<void> => {
    if (!row) return;
    const outcome = await runtime.perform(preferContact, { contact: row.id });
    if (outcome.kind === 'changed' || outcome.kind === 'unchanged') {
      runtime.tell('done', sentence(runtime, words().nowPreferred, contactText(outcome.contact)));
    } else refuse(outcome);
    await recordChanged(runtime);
  };

  const remove = async (row: RecordContact | undefined): Promise<void> => {
    if (!row) return;
    const answer = await runtime.ask({
      title: words().askDeleteContact,
      lines: [contactText(row)],
      why: [],
      choices: ['answer-yes', 'answer-cancel'],
    });
    if (answer !== 'answer-yes') return;
    const outcome = await runtime.perform(deleteContact, { contact: row.id });
    if (outcome.kind === 'deleted') {
      const next = outcome.preferred;
      runtime.tell('done', sentence(runtime, words().contactDeleted, next ? contactText(next) : ''));
    } else refuse(outcome);
    await recordChanged(runtime);
  };

  await openTabOf<RecordContact>(runtime, frame, {
    table: 'record-contacts',
    title: () => '',
    hint: () => words().contactsHint(runtime.keyFor('add'), runtime.keyFor('duplicate'), runtime.keyFor('prefer')),
    columns: () => [
      { name: 'kind', head: words().columns.kind, width: 11, cell: (row) => words().contactKinds[row.kind] },
      {
        name: 'type',
        head: words().columns.type,
        width: 12,
        cell: (row) => words().contactTypes[row.type ?? ''] ?? '',
      },
      { name: 'value', head: words().columns.value, width: 0, cell: contactText },
      {
        name: 'preferred',
        head: words().columns.preferred,
        width: 9,
        cell: (row) => (row.preferred ? words().yes : ''),
      },
      {
        name: 'from',
        head: words().columns.from,
        width: 7,
        cell: (row) => (row.external ? words().fromCard : words().fromHere),
      },
    ],
    keyOf: (row) => String(row.id),
    tone: (row) => (row.locked ? 'quiet' : 'plain'),
    empty: () => words().noContacts(runtime.keyFor('add')),
    read: async ({ offset, limit }) => {
      const found = await runtime.perform(readPatronRecord, { patron });
      if (found.kind !== 'record') {
        runtime.refuse(found);
        return undefined;
      }
      const { contacts } = found.record;
      return { total: contacts.length, lines: contacts.slice(offset, offset + limit) };
    },
    open: correct,
    commands: {
      add,
      edit: async (row) => {
        if (row) await correct(row);
      },
      duplicate,
      prefer,
      delete: remove,
    },
  });
}
