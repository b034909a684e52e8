import { addIdentifier, changeIdentifier, deleteIdentifier } from '../../../desk/patron-identifiers.ts';
import { readPatronRecord } from '../../../desk/patron-record.ts';
import type { RecordIdentifier } from '../../../desk/patron-record.ts';
import type { Refusal } from '../../../desk/perform.ts';
import { printable } from '../../../language/printable.ts';
import type { FormValues } from '../../form.ts';
import type { Runtime } from '../../runtime.ts';
import { openTabOf, recordChanged } from './tabs.ts';
import type { TabFrame } from './tabs.ts';

/** Kinds of further identifiers; a record may have others, from the card system. */
const TYPES = ['UNR', 'BARCODE', 'CARD', 'OTHER'] as const;

async function fill(
  runtime: Runtime,
  patron: number,
  before: RecordIdentifier | undefined,
): Promise<FormValues | undefined> {
  const words = runtime.words().records;
  const known: readonly string[] = TYPES;
  const types = before && !known.includes(before.type) ? [before.type, ...known] : known;
  return runtime.askForm({
    key: `patron ${patron} identifier ${before?.id ?? ''}`,
    title: before ? words.changingIdentifier : words.addingIdentifier,
    fields: [
      {
        kind: 'choice',
        name: 'type',
        label: words.columns.type,
        value: before?.type ?? 'UNR',
        options: types.map((value) => ({ value, label: words.identifierTypes[value] ?? value })),
        hint: words.choiceHint,
      },
      {
        kind: 'text',
        name: 'value',
        label: words.columns.identifier,
        value: before?.value ?? '',
        hint: words.identifierHint,
        scannable: true,
      },
      ...(before
        ? []
        : [
            {
              kind: 'yes-no' as const,
              name: 'external',
              label: words.asExternal,
              value: false,
              hint: words.asExternalHint,
            },
          ]),
    ],
    check: (values) => (values['value'] === '' ? { field: 'value', text: runtime.words().form.empty } : undefined),
  });
}

/** The identifiers of a record: the primary one, and those that the card system or staff added (USR-07). */
export async function showIdentifiers(runtime: Runtime, frame: TabFrame): Promise<void> {
  const { patron } = frame;
  const words = () => runtime.words().records;

  const refuse = (
    outcome: Refusal | { readonly kind: 'locked' } | { readonly kind: 'gone' } | { readonly kind: 'primary' },
  ): void => {
    if (outcome.kind === 'locked') runtime.tell('refusal', words().locked(runtime.keyFor('open-for-update')));
    else if (outcome.kind === 'gone') runtime.tell('refusal', words().gone);
    else if (outcome.kind === 'primary') runtime.tell('refusal', words().primaryStays);
    else if (outcome.kind === 'invalid' && outcome.problem === 'taken')
      runtime.tell('refusal', words().identifierTaken);
    else runtime.refuse(outcome);
  };

  const change = async (row: RecordIdentifier): Promise<void> => {
    if (row.locked) return refuse({ kind: 'locked' });
    const values = await fill(runtime, patron, row);
    if (!values) return;
    const outcome = await runtime.perform(changeIdentifier, {
      identifier: row.id,
      type: String(values['type']),
      value: String(values['value']),
    });
    if (outcome.kind === 'changed' || outcome.kind === 'unchanged') {
      if (outcome.kind === 'changed') runtime.tell('done', words().saved);
      else runtime.tell('information', words().unchanged);
    } else refuse(outcome);
    await recordChanged(runtime);
  };

  await openTabOf<RecordIdentifier>(runtime, frame, {
    table: 'record-identifiers',
    title: () => '',
    hint: () => words().identifiersHint(runtime.keyFor('add')),
    columns: () => [
      {
        name: 'type',
        head: words().columns.type,
        width: 24,
        cell: (row) => (row.primary ? words().primary : (words().identifierTypes[row.type] ?? printable(row.type))),
      },
      { name: 'value', head: words().columns.identifier, width: 0, cell: (row) => printable(row.value) },
      {
        name: 'from',
        head: words().columns.from,
        width: 7,
        cell: (row) => (row.external ? words().fromCard : words().fromHere),
      },
    ],
    keyOf: (row) => String(row.id),
    tone: (row) => (row.locked ? 'quiet' : 'plain'),
    empty: () => words().none,
    read: async ({ offset, limit }) => {
      const found = await runtime.perform(readPatronRecord, { patron });
      if (found.kind !== 'record') {
        runtime.refuse(found);
        return undefined;
      }
      const { identifiers } = found.record;
      return { total: identifiers.length, lines: identifiers.slice(offset, offset + limit) };
    },
    open: change,
    commands: {
      add: async () => {
        const values = await fill(runtime, patron, undefined);
        if (!values) return;
        const outcome = await runtime.perform(addIdentifier, {
          patron,
          type: String(values['type']),
          value: String(values['value']),
          external: values['external'] === true,
        });
        if (outcome.kind === 'added') runtime.tell('done', words().saved);
        else refuse(outcome);
        await recordChanged(runtime);
      },
      edit: async (row) => {
        if (row) await change(row);
      },
      delete: async (row) => {
        if (!row) return;
        if (row.primary) return refuse({ kind: 'primary' });
        const answer = await runtime.ask({
          title: words().askDeleteIdentifier(printable(row.value)),
          lines: [],
          why: [],
          choices: ['answer-yes', 'answer-cancel'],
        });
        if (answer !== 'answer-yes') return;
        const outcome = await runtime.perform(deleteIdentifier, { identifier: row.id });
        if (outcome.kind === 'deleted') runtime.tell('done', words().deleted);
        else refuse(outcome);
        await recordChanged(runtime);
      },
    },
  });
}
