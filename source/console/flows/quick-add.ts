import type { BlockCode } from '../../circulation/blocks.ts';
import { quickAdd, quickAddForm } from '../../desk/quick-add.ts';
import type { QuickAdded, QuickAddRequest } from '../../desk/quick-add.ts';
import type { LendOutcome } from '../../desk/lend.ts';
import { printable } from '../../language/printable.ts';
import type { FormField, FormProblem, FormValues } from '../form.ts';
import type { Runtime } from '../runtime.ts';
import { askAboutBlocks, wasLent } from './lending.ts';

const NEW = 'new';

type Offer = Extract<Awaited<ReturnType<typeof offerOf>>, { kind: 'form' }>;

async function offerOf(runtime: Runtime, barcode: string, title?: string) {
  return runtime.perform(quickAddForm, { barcode, ...(title === undefined ? {} : { title }) });
}

/** What the form asks (TAB-06): the title alone must be given, everything else has its usual value. */
function fieldsOf(runtime: Runtime, offer: Offer, before: FormValues | undefined): FormField[] {
  const words = runtime.words().quickAdd;
  const { language } = runtime.store.get();
  const said = (name: string, otherwise: string): string => {
    const value = before?.[name];
    return typeof value === 'string' ? value : otherwise;
  };
  const holdings = offer.holdings.lines.map((one) => ({
    value: String(one.holding),
    label: [one.title, one.location, one.callNumber].filter(Boolean).join(' · '),
  }));
  return [
    { kind: 'text', name: 'title', label: words.title, value: said('title', ''), hint: words.titleHint },
    { kind: 'text', name: 'author', label: words.author, value: said('author', '') },
    {
      kind: 'choice',
      name: 'resourceType',
      label: words.resourceType,
      value: said('resourceType', offer.resourceTypes[0] ?? ''),
      options: offer.resourceTypes.map((one) => ({ value: one, label: words.resourceTypes[one] })),
    },
    {
      kind: 'choice',
      name: 'holding',
      label: words.holding,
      value: said('holding', NEW),
      options: [{ value: NEW, label: words.newHolding }, ...holdings],
      hint: words.holdingHint,
    },
    {
      kind: 'choice',
      name: 'location',
      label: words.location,
      value: said('location', offer.location),
      options: offer.locations.map((one) => ({ value: one.code, label: `${one.code} ${one.name}` })),
    },
    {
      kind: 'choice',
      name: 'material',
      label: words.material,
      value: said('material', offer.material),
      options: offer.materials.map((one) => ({ value: one.code, label: one.name[language] })),
    },
    { kind: 'text', name: 'callNumber', label: words.callNumber, value: said('callNumber', '') },
    {
      kind: 'text',
      name: 'description',
      label: words.description,
      value: said('description', ''),
      hint: words.descriptionHint,
    },
    { kind: 'yes-no', name: 'suppressed', label: words.suppressed, value: before?.['suppressed'] !== false },
  ];
}

function requestOf(barcode: string, patron: number, values: FormValues): QuickAddRequest {
  const text = (name: string): string => String(values[name] ?? '');
  const holding = text('holding');
  return {
    barcode,
    patron,
    title: text('title'),
    author: text('author'),
    resourceType: text('resourceType') as NonNullable<QuickAddRequest['resourceType']>,
    holding: holding === NEW ? 'new' : Number(holding),
    location: text('location'),
    material: text('material'),
    callNumber: text('callNumber'),
    description: text('description'),
    suppressed: values['suppressed'] === true,
  };
}

/** What the desk says of values that cannot be kept, beside their field. */
function problemOf(runtime: Runtime, path: string): FormProblem {
  return { field: path, text: runtime.words().form.invalid };
}

/**
 * *Create an item* (TAB-06): a form, then the item is made and lent to the open record at once, or neither. Answers false
 * where the form was left.
 */
export async function quickAddAndLend(runtime: Runtime, barcode: string): Promise<boolean> {
  const { record } = runtime.store.get();
  const offer = await offerOf(runtime, barcode);
  if (!record || offer.kind !== 'form') {
    if (offer.kind !== 'form') runtime.refuse(offer);
    return offer.kind !== 'form';
  }
  const words = runtime.words().quickAdd;
  let values: FormValues | undefined;
  let problem: FormProblem | undefined;
  let shown = offer;
  for (;;) {
    values = await runtime.askForm({
      key: `patron ${record.pane.patron.id} quick-add ${barcode}`,
      title: words.form(printable(barcode)),
      fields: fieldsOf(runtime, shown, values),
      check: (filled) =>
        filled['title'] === '' && filled['holding'] === NEW ? { field: 'title', text: words.titleNeeded } : undefined,
      ...(problem ? { problem } : {}),
    });
    if (!values) return false;
    const again = await holdingsFor(runtime, barcode, shown, values);
    if (again) {
      shown = again;
      problem = { field: 'holding', text: words.holdingsFound(again.holdings.lines.length) };
      continue;
    }
    const done = await addAndLend(runtime, requestOf(barcode, record.pane.patron.id, values));
    if (done === 'done') return true;
    if (done === 'left') return false;
    problem = done;
  }
}

/** Titles like the one typed have holdings already: they are offered once before a new one is made. */
async function holdingsFor(
  runtime: Runtime,
  barcode: string,
  before: Offer,
  values: FormValues,
): Promise<Offer | undefined> {
  if (values['holding'] !== NEW || before.holdings.lines.length > 0) return undefined;
  const offer = await offerOf(runtime, barcode, String(values['title']));
  return offer.kind === 'form' && offer.holdings.lines.length > 0 ? offer : undefined;
}

/** Makes and lends, asking about blocks like any loan. */
async function addAndLend(runtime: Runtime, first: QuickAddRequest): Promise<'done' | 'left' | FormProblem> {
  let request: QuickAddRequest | undefined = first;
  while (request) {
    const standing: readonly BlockCode[] = runtime.store.get().record?.session.standing(request.barcode) ?? [];
    const outcome: LendOutcome | QuickAdded = await runtime.perform(quickAdd, { ...request, standing });
    switch (outcome.kind) {
      case 'lent':
      case 'renewed':
        await wasLent(runtime, outcome);
        return 'done';
      case 'blocked':
        request = await askAboutBlocks(runtime, outcome, request);
        if (!request) return 'done';
        break;
      case 'invalid':
        return problemOf(runtime, outcome.path);
      case 'unknown':
      case 'not-permitted':
        runtime.refuse(outcome);
        return 'done';
      default:
        return 'left';
    }
  }
  return 'left';
}
