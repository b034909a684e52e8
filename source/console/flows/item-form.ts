import { addItem, changeItem } from '../../desk/catalogue-items.ts';
import type { ChangeItemRequest } from '../../desk/catalogue-items.ts';
import type { ItemView } from '../../desk/views.ts';
import { printable } from '../../language/printable.ts';
import type { FormField, FormProblem, FormValues } from '../form.ts';
import type { Runtime } from '../runtime.ts';

type Option = { readonly value: string; readonly label: string };

/** Every location of the network; the desk's own library first. */
export function locationOptions(runtime: Runtime): Option[] {
  const { network, place } = runtime.store.get();
  const libraries = network?.libraries ?? [];
  const own = libraries.filter((one) => one.code === place?.library);
  const others = libraries.filter((one) => one.code !== place?.library);
  return [...own, ...others].flatMap((library) =>
    library.locations.map((one) => ({
      value: `${library.code}/${one.code}`,
      label: `${library.code}/${one.code} ${one.name}`,
    })),
  );
}

function materialOptions(runtime: Runtime): Option[] {
  const { network, language } = runtime.store.get();
  return (network?.materials ?? []).map((one) => ({ value: one.code, label: one.name[language] }));
}

function policyOptions(runtime: Runtime): Option[] {
  const { network, language } = runtime.store.get();
  const none = { value: '', label: runtime.words().itemCard.noPolicy };
  return [
    none,
    ...(network?.itemPolicies ?? []).map((one) => ({ value: one.code, label: `${one.code} ${one.name[language]}` })),
  ];
}

function fieldsOf(runtime: Runtime, item: Partial<ItemView>): FormField[] {
  const card = runtime.words().itemCard;
  const text = (
    name: 'barcode' | 'callNumber' | 'description' | 'fulfilmentNote' | 'publicNote' | 'internalNote',
    scannable = false,
  ): FormField => ({
    kind: 'text',
    name,
    label: card[name],
    value: item[name] ?? '',
    ...(scannable ? { scannable } : {}),
  });
  const { place, network } = runtime.store.get();
  const library = network?.libraries.find((one) => one.code === place?.library);
  const usual = library?.locations[0] ? `${library.code}/${library.locations[0].code}` : '';
  return [
    text('barcode', true),
    {
      kind: 'choice',
      name: 'location',
      label: card.location,
      value: item.location ?? usual,
      options: locationOptions(runtime),
      hint: card.locationHint,
    },
    {
      kind: 'yes-no',
      name: 'temporary',
      label: card.temporary,
      value: item.temporary ?? false,
      hint: card.temporaryHint,
    },
    {
      kind: 'choice',
      name: 'material',
      label: card.material,
      value: item.material ?? materialOptions(runtime)[0]?.value ?? '',
      options: materialOptions(runtime),
    },
    { kind: 'choice', name: 'policy', label: card.policy, value: item.policy ?? '', options: policyOptions(runtime) },
    text('callNumber'),
    text('description'),
    text('fulfilmentNote'),
    text('publicNote'),
    text('internalNote'),
  ];
}

/** What has been changed in the form; what was left alone is not sent. */
function changeOf(item: ItemView, values: FormValues): ChangeItemRequest['change'] {
  const texts = [
    'barcode',
    'callNumber',
    'description',
    'fulfilmentNote',
    'publicNote',
    'internalNote',
    'material',
    'policy',
  ] as const;
  const changed = texts.filter((name) => String(values[name]) !== (item[name] ?? ''));
  const location = String(values['location']);
  const temporary = values['temporary'] === true;
  const moved = location !== item.location || temporary !== item.temporary;
  return {
    ...Object.fromEntries(changed.map((name) => [name, String(values[name])])),
    ...(moved ? (temporary || location !== item.location ? { location, temporary } : { temporary }) : {}),
  };
}

const problemOf = (runtime: Runtime, path: string, problem: string): FormProblem => {
  const words = runtime.words().form;
  return { field: path, text: problem === 'taken' ? words.taken : problem === 'empty' ? words.empty : words.invalid };
};

/** Changes an item by a form. Answers its barcode, which may be another one now; undefined: it was left as it is. */
export async function editItem(runtime: Runtime, item: ItemView): Promise<string | undefined> {
  let fields = fieldsOf(runtime, item);
  let problem: FormProblem | undefined;
  for (;;) {
    const values = await runtime.askForm({
      key: `item ${item.barcode}`,
      title: runtime.words().itemCard.editing(printable(item.title)),
      fields,
      ...(problem ? { problem } : {}),
    });
    if (!values) return undefined;
    const change = changeOf(item, values);
    const outcome = await runtime.perform(changeItem, { barcode: item.barcode, change });
    switch (outcome.kind) {
      case 'changed':
        runtime.tell('done', runtime.words().itemCard.kept);
        return outcome.item.barcode;
      case 'in-use':
        problem = { field: 'location', text: runtime.words().catalogue.inUse[outcome.because] };
        break;
      case 'invalid':
        problem = problemOf(runtime, outcome.path, outcome.problem);
        break;
      case 'unknown':
      case 'not-permitted':
        runtime.refuse(outcome);
        return undefined;
    }
    fields = withValues(fields, values);
  }
}

/** The same fields with what was filled in. */
function withValues(fields: readonly FormField[], values: FormValues): FormField[] {
  return fields.map((one): FormField => {
    const value = values[one.name];
    if (one.kind === 'yes-no') return typeof value === 'boolean' ? { ...one, value } : one;
    return typeof value === 'string' ? { ...one, value } : one;
  });
}

/** Adds an item to a title by a form: to one of its holdings, or to a new one at another location. */
export async function newItem(
  runtime: Runtime,
  title: { readonly id: number; readonly title: string },
  holdings: readonly { readonly id: number; readonly location: string; readonly callNumber: string | null }[],
): Promise<string | undefined> {
  const [first] = holdings;
  let fields = fieldsOf(runtime, first ? { location: first.location, callNumber: first.callNumber } : {}).filter(
    (one) => one.name !== 'temporary',
  );
  let problem: FormProblem | undefined;
  for (;;) {
    const values = await runtime.askForm({
      key: `title ${title.id} item`,
      title: runtime.words().itemCard.adding(printable(title.title)),
      fields,
      check: (filled) =>
        filled['barcode'] === '' ? { field: 'barcode', text: runtime.words().form.empty } : undefined,
      ...(problem ? { problem } : {}),
    });
    if (!values) return undefined;
    const text = (name: string): string => String(values[name]);
    const callNumber = text('callNumber');
    const location = text('location');
    const same = holdings.find((one) => one.location === location && (one.callNumber ?? '') === callNumber);
    const outcome = await runtime.perform(addItem, {
      holding: same ? same.id : { title: title.id, location, callNumber },
      barcode: text('barcode'),
      material: text('material'),
      policy: text('policy'),
      description: text('description'),
      fulfilmentNote: text('fulfilmentNote'),
      publicNote: text('publicNote'),
      internalNote: text('internalNote'),
    });
    if (outcome.kind === 'added') {
      runtime.tell('done', runtime.words().itemCard.added);
      return text('barcode');
    }
    if (outcome.kind !== 'invalid') {
      runtime.refuse(outcome);
      return undefined;
    }
    problem = problemOf(runtime, outcome.path, outcome.problem);
    fields = withValues(fields, values);
  }
}
