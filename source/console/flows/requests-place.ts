import { dayOf } from '../../circulation/time.ts';
import { placeRequest, requestForm } from '../../desk/requests-place.ts';
import type { RequestRefusal } from '../../circulation/request-refusals.ts';
import { wrap } from '../../language/fit.ts';
import { printable } from '../../language/printable.ts';
import { readDay } from '../day-input.ts';
import type { FormField, FormProblem, FormValues } from '../form.ts';
import type { Runtime } from '../runtime.ts';
import { refreshBrowse } from './browse.ts';
import { taskText } from './request-lines.ts';
import { refreshList, refreshPane } from './record.ts';
import { sentence } from './lending.ts';

/** What is asked for: a title, or one of its volumes. */
export type Wanted = { readonly title?: number; readonly item?: string };

type Offer = Extract<Awaited<ReturnType<typeof offerOf>>, { kind: 'form' }>;

async function offerOf(runtime: Runtime, wanted: Wanted, patron: number | string | undefined) {
  return runtime.perform(requestForm, { ...wanted, ...(patron === undefined ? {} : { patron }) });
}

/** Whose request it is: the open record's, or somebody whose card is scanned or typed. */
async function askWho(runtime: Runtime, title: string): Promise<number | string | undefined> {
  const { record } = runtime.store.get();
  if (record) return record.pane.patron.id;
  const words = runtime.words().requests;
  const values = await runtime.askForm({
    key: 'request patron',
    title: words.formTitle(printable(title)),
    fields: [{ kind: 'text', name: 'patron', label: words.patron, value: '', scannable: true, hint: words.patronHint }],
    check: (filled) => (filled['patron'] === '' ? { field: 'patron', text: runtime.words().form.empty } : undefined),
  });
  return values ? String(values['patron']) : undefined;
}

/** The volume comes before the pickup library: it decides which ones there are (REQ-01). */
async function askVolume(runtime: Runtime, offer: Offer): Promise<string | undefined> {
  const words = runtime.words().requests;
  const options = offer.volumes.map((one) => ({
    value: one.barcode,
    label: [printable(one.description), one.location, printable(one.callNumber ?? ''), one.barcode]
      .filter(Boolean)
      .join(' · '),
  }));
  const values = await runtime.askForm({
    key: `request volume ${offer.titleId}`,
    title: words.formTitle(printable(offer.title)),
    fields: [
      {
        kind: 'choice',
        name: 'item',
        label: words.volume,
        value: options[0]?.value ?? '',
        options,
        hint: words.volumeHint,
      },
    ],
  });
  return values ? String(values['item']) : undefined;
}

/** Why it cannot be requested, every reason at once (REQ-04). */
export function refusalLines(runtime: Runtime, reasons: readonly RequestRefusal[]): string[] {
  const { columns } = runtime.store.get();
  const { refusal } = runtime.words().requests;
  return reasons.flatMap((one) => {
    const say = refusal[one.code] as (facts: unknown, saying: ReturnType<Runtime['say']>) => string;
    return wrap(printable(say(one.facts, runtime.say())), columns - 6);
  });
}

async function sayRefused(runtime: Runtime, title: string, reasons: readonly RequestRefusal[]): Promise<void> {
  const words = runtime.words().requests;
  await runtime.ask({
    title: words.refused(printable(title)),
    lines: refusalLines(runtime, reasons),
    why: [],
    choices: ['answer-read'],
  });
  runtime.tell('refusal', sentence(runtime, words.notPlaced, printable(title)));
}

function fieldsOf(runtime: Runtime, offer: Offer): FormField[] {
  const words = runtime.words().requests;
  const { network } = runtime.store.get();
  const nameOf = (code: string): string => network?.libraries.find((one) => one.code === code)?.name ?? '';
  return [
    {
      kind: 'choice',
      name: 'pickup',
      label: words.pickup,
      value: offer.proposed ?? offer.possible[0] ?? '',
      options: offer.possible.map((code) => ({ value: code, label: `${code} ${nameOf(code)}` })),
      hint: words.pickupHint,
    },
    { kind: 'text', name: 'until', label: words.until, value: '', hint: words.untilHint },
    { kind: 'text', name: 'note', label: words.note, value: '' },
  ];
}

/** The last useful day as typed: a day, nothing, or a mistake. */
function untilOf(runtime: Runtime, values: FormValues): string | null | undefined {
  const { now, timeZone } = runtime.store.get();
  const text = String(values['until']);
  return text === '' ? null : readDay(text, dayOf(now, timeZone));
}

/** Places a request by a form (REQ-02): patron, volume, pickup library among those that are possible, last useful day, note. */
export async function placeByForm(runtime: Runtime, wanted: Wanted): Promise<void> {
  const words = runtime.words().requests;
  const first = await offerOf(runtime, wanted, undefined);
  if (first.kind !== 'form') return runtime.refuse(first);
  const patron = await askWho(runtime, first.title);
  if (patron === undefined) return;
  const volume =
    first.needsVolume && first.volume === null ? await askVolume(runtime, first) : (first.volume ?? undefined);
  if (first.needsVolume && volume === undefined) return;
  const target: Wanted = volume === undefined ? wanted : { item: volume };
  const offer = await offerOf(runtime, target, patron);
  if (offer.kind !== 'form') return runtime.refuse(offer);
  if (offer.refusals.length > 0 || offer.possible.length === 0) return sayRefused(runtime, offer.title, offer.refusals);
  const values = await runtime.askForm({
    key: `patron ${offer.patron?.id ?? ''} request ${offer.titleId}`,
    title: words.formFor(printable(offer.title), printable(offer.patron?.name ?? '')),
    fields: fieldsOf(runtime, offer),
    check: (filled): FormProblem | undefined =>
      untilOf(runtime, filled) === undefined ? { field: 'until', text: runtime.words().dueDate.bad } : undefined,
  });
  if (!values) return;
  const until = untilOf(runtime, values) ?? null;
  const outcome = await runtime.perform(placeRequest, {
    ...target,
    patron,
    pickup: String(values['pickup']),
    until,
    note: String(values['note']) || null,
  });
  if (outcome.kind === 'refused') return sayRefused(runtime, offer.title, outcome.reasons);
  if (outcome.kind !== 'placed') return runtime.refuse(outcome);
  const { request } = outcome;
  await refreshPane(runtime);
  await refreshList(runtime);
  await refreshBrowse(runtime);
  const what = taskText(request, runtime.words(), runtime.dates());
  runtime.tell(
    'done',
    sentence(runtime, (title) => words.placed(title, what, request.position ?? 1), printable(request.title)),
  );
}
