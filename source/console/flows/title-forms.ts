import { RESOURCE_TYPES } from '../../circulation/resource-types.ts';
import { addHolding, changeHolding } from '../../desk/catalogue-holdings.ts';
import { addTitle, changeTitle } from '../../desk/catalogue-titles.ts';
import type { HoldingView, TitleView } from '../../desk/views.ts';
import { printable } from '../../language/printable.ts';
import type { FormField, FormValues } from '../form.ts';
import type { Runtime } from '../runtime.ts';
import { locationOptions } from './item-form.ts';

function titleFields(runtime: Runtime, title: Partial<TitleView>): FormField[] {
  const words = runtime.words().titleForm;
  const text = (name: 'title' | 'author' | 'publisher' | 'year' | 'isbn'): FormField => ({
    kind: 'text',
    name,
    label: words[name],
    value: title[name] ?? '',
    // A book's own barcode is its ISBN.
    ...(name === 'isbn' ? { scannable: true } : {}),
  });
  const types = runtime.words().quickAdd.resourceTypes;
  return [
    text('title'),
    text('author'),
    text('publisher'),
    text('year'),
    text('isbn'),
    {
      kind: 'choice',
      name: 'resourceType',
      label: words.resourceType,
      value: title.resourceType ?? 'BOOK',
      options: RESOURCE_TYPES.map((one) => ({ value: one, label: types[one] })),
    },
    { kind: 'yes-no', name: 'suppressed', label: words.suppressed, value: title.suppressed ?? false },
  ];
}

const titleOf = (values: FormValues) => ({
  title: String(values['title']),
  author: String(values['author']),
  publisher: String(values['publisher']),
  year: String(values['year']),
  isbn: String(values['isbn']),
  resourceType: String(values['resourceType']) as TitleView['resourceType'],
  suppressed: values['suppressed'] === true,
});

const titleNeeded = (runtime: Runtime) => (values: FormValues) =>
  values['title'] === '' ? { field: 'title', text: runtime.words().form.empty } : undefined;

/** Makes a title by a form. Answers its id; undefined: the form was left, or it was refused. */
export async function newTitle(runtime: Runtime, text: string): Promise<number | undefined> {
  const values = await runtime.askForm({
    key: 'title new',
    title: runtime.words().titleForm.adding,
    fields: titleFields(runtime, { title: text }),
    check: titleNeeded(runtime),
  });
  if (!values) return undefined;
  const outcome = await runtime.perform(addTitle, titleOf(values));
  if (outcome.kind === 'added') return outcome.id;
  runtime.refuse(outcome);
  return undefined;
}

/** Changes a title by a form. */
export async function editTitle(runtime: Runtime, title: TitleView): Promise<void> {
  const values = await runtime.askForm({
    key: `title ${title.id}`,
    title: runtime.words().titleForm.editing(printable(title.title)),
    fields: titleFields(runtime, title),
    check: titleNeeded(runtime),
  });
  if (!values) return;
  const outcome = await runtime.perform(changeTitle, { title: title.id, change: titleOf(values) });
  if (outcome.kind === 'changed') runtime.tell('done', runtime.words().itemCard.kept);
  else runtime.refuse(outcome);
}

function holdingFields(runtime: Runtime, holding: Partial<HoldingView>): FormField[] {
  const card = runtime.words().itemCard;
  const options = locationOptions(runtime);
  return [
    {
      kind: 'choice',
      name: 'location',
      label: card.location,
      value: holding.location ?? options[0]?.value ?? '',
      options,
    },
    { kind: 'text', name: 'callNumber', label: card.callNumber, value: holding.callNumber ?? '' },
    { kind: 'text', name: 'note', label: card.publicNote, value: holding.note ?? '' },
  ];
}

const holdingOf = (values: FormValues) => ({
  location: String(values['location']),
  callNumber: String(values['callNumber']),
  note: String(values['note']),
});

/** Adds a holding to a title that has none. */
export async function newHolding(runtime: Runtime, title: TitleView): Promise<void> {
  const words = runtime.words().titleForm;
  const values = await runtime.askForm({
    key: `title ${title.id} holding`,
    title: words.addingHolding(printable(title.title)),
    fields: holdingFields(runtime, {}),
  });
  if (!values) return;
  const outcome = await runtime.perform(addHolding, { title: title.id, ...holdingOf(values) });
  if (outcome.kind === 'added') runtime.tell('done', runtime.words().itemCard.kept);
  else runtime.refuse(outcome);
}

/** Changes a holding: its items that stand there move with it. */
export async function editHolding(runtime: Runtime, holding: HoldingView): Promise<void> {
  const values = await runtime.askForm({
    key: `holding ${holding.id}`,
    title: runtime.words().titleForm.editingHolding(holding.location),
    fields: holdingFields(runtime, holding),
  });
  if (!values) return;
  const outcome = await runtime.perform(changeHolding, { holding: holding.id, change: holdingOf(values) });
  if (outcome.kind === 'changed') runtime.tell('done', runtime.words().itemCard.kept);
  else if (outcome.kind === 'in-use') runtime.tell('refusal', runtime.words().catalogue.inUse[outcome.because]);
  else runtime.refuse(outcome);
}
