import { dayOf } from '../../circulation/time.ts';
import type { RequestCard } from '../../desk/request-card.ts';
import { cancelRequest } from '../../desk/requests-cancel.ts';
import { moveInQueue, titleRequests, whyThisCopy } from '../../desk/requests-queue.ts';
import { changeHoldExpiry } from '../../desk/requests-shelf.ts';
import { wrap } from '../../language/fit.ts';
import { printable } from '../../language/printable.ts';
import { readDay } from '../day-input.ts';
import type { Runtime } from '../runtime.ts';
import { openBrowse, refreshBrowse } from './browse.ts';
import { sentence } from './lending.ts';
import { openFromList } from './open-from-list.ts';
import { refreshList, refreshPane } from './record.ts';
import { positionText, requestedText, taskText } from './request-lines.ts';
import { placeByForm } from './requests-place.ts';

/** After something changed about a request, whatever shows requests reads again. */
async function after(runtime: Runtime): Promise<void> {
  await refreshPane(runtime);
  await refreshList(runtime);
  await refreshBrowse(runtime);
}

/** Cancels a request with a reason, and the choice to tell the patron (CAN-01); says what becomes of the item (CAN-03). */
export async function cancelByForm(
  runtime: Runtime,
  request: { readonly id: number; readonly title: string },
): Promise<void> {
  const words = runtime.words().requests;
  const title = printable(request.title);
  const values = await runtime.askForm({
    key: `request ${request.id} cancel`,
    title: words.cancelTitle(title),
    fields: [
      { kind: 'text', name: 'reason', label: words.reason, value: '', hint: words.reasonHint },
      { kind: 'yes-no', name: 'notify', label: words.notify, value: true, hint: words.notifyHint },
    ],
  });
  if (!values) return;
  const reason = String(values['reason']) || null;
  const outcome = await runtime.perform(cancelRequest, {
    request: request.id,
    reason,
    notify: values['notify'] === true,
  });
  if (outcome.kind === 'closed-already') runtime.tell('information', sentence(runtime, words.closedAlready, title));
  else if (outcome.kind === 'cancelled') {
    const { item } = outcome;
    const what = item === null ? '' : words.freed[item.next](item.destination ?? '', printable(item.requester ?? ''));
    runtime.tell(
      item === null ? 'done' : 'warning',
      sentence(runtime, (shown) => words.cancelled(shown, what), title),
    );
  } else return runtime.refuse(outcome);
  await after(runtime);
}

/** Changes until when an item is held (HOLD-04). */
export async function changeExpiry(
  runtime: Runtime,
  request: { readonly id: number; readonly title: string; readonly heldUntil: string | null },
): Promise<void> {
  const words = runtime.words().requests;
  const title = printable(request.title);
  if (request.heldUntil === null) return runtime.tell('information', sentence(runtime, words.notHeld, title));
  const { now, timeZone } = runtime.store.get();
  const today = dayOf(now, timeZone);
  const values = await runtime.askForm({
    key: `request ${request.id} expiry`,
    title: words.expiryTitle(title),
    fields: [
      {
        kind: 'text',
        name: 'until',
        label: words.heldUntil,
        value: runtime.dates().numeric(request.heldUntil),
        hint: words.expiryHint,
      },
    ],
    check: (filled) => {
      const day = readDay(String(filled['until']), today);
      if (day === undefined) return { field: 'until', text: runtime.words().dueDate.bad };
      return day < today ? { field: 'until', text: runtime.words().dueDate.past } : undefined;
    },
  });
  const until = values && readDay(String(values['until']), today);
  if (until === undefined) return;
  const outcome = await runtime.perform(changeHoldExpiry, { request: request.id, until });
  if (outcome.kind === 'changed')
    runtime.tell(
      'done',
      sentence(runtime, (shown) => words.expiryChanged(shown, runtime.dates().numeric(until)), title),
    );
  else if (outcome.kind === 'not-held') runtime.tell('refusal', sentence(runtime, words.notHeld, title));
  else if (outcome.kind === 'cancelled') runtime.tell('refusal', sentence(runtime, words.expiryOfCancelled, title));
  else return runtime.refuse(outcome);
  await after(runtime);
}

/** *Why this copy?*: which copies were looked at for a request, and what was made of each. */
export async function explainCopy(runtime: Runtime, request: number): Promise<void> {
  const found = await runtime.perform(whyThisCopy, { request });
  if (found.kind !== 'why') return runtime.refuse(found);
  const words = runtime.words().requests;
  const { columns } = runtime.store.get();
  const card = found.request;
  const lines = [
    taskText(card, runtime.words(), runtime.dates()),
    ...(found.because === null ? [] : [words.because[found.because]]),
    '',
    ...found.copies.map((one) => `${one.barcode} ${one.location} : ${words.copyWhy[one.why](one.request, one.days)}`),
  ].flatMap((line) => (line === '' ? [''] : wrap(printable(line), columns - 6)));
  runtime.store.set({ overlay: { kind: 'lines', title: words.whyTitle(requestedText(card)), lines, offset: 0 } });
}

/** The queue of a title: who asked first, and what is done about each (REQ-03). */
export async function showQueue(runtime: Runtime, title: number): Promise<void> {
  const words = () => runtime.words().requests;
  const seen = { title: '' };
  await openBrowse<RequestCard>(runtime, {
    table: 'queue',
    title: () => words().queueHead(printable(seen.title)),
    hint: () => words().queueHint,
    columns: () => {
      const { columns: heads } = words();
      return [
        { name: 'position', head: heads.position, width: 6, cell: positionText },
        { name: 'patron', head: heads.patron, width: 0, cell: (row) => printable(row.patron ?? '') },
        {
          name: 'volume',
          head: heads.volume,
          width: 10,
          byDefault: false,
          cell: (row) => printable(row.description ?? ''),
        },
        { name: 'pickup', head: heads.pickup, width: 8, cell: (row) => row.pickup },
        { name: 'state', head: heads.state, width: 30, cell: (row) => taskText(row, runtime.words(), runtime.dates()) },
        { name: 'placed', head: heads.placed, width: 16, cell: (row) => runtime.dates().short(row.placedAt) },
      ];
    },
    keyOf: (row) => String(row.id),
    itemOf: (row) => row.item ?? undefined,
    patronOf: (row) => row.patronId ?? undefined,
    empty: () => words().noRequests,
    read: async (window) => {
      const found = await runtime.perform(titleRequests, { title, window });
      if (found.kind !== 'queue') {
        runtime.refuse(found);
        return undefined;
      }
      seen.title = found.title;
      return { total: found.total, lines: found.requests };
    },
    open: async (row) => {
      if (row.patronId !== null) await openFromList(runtime, row.patronId);
    },
    commands: {
      add: async () => placeByForm(runtime, { title }),
      delete: async (row) => {
        if (row) await cancelByForm(runtime, row);
      },
      rules: async (row) => {
        if (row) await explainCopy(runtime, row.id);
      },
      edit: async (row) => {
        if (row) await moveByForm(runtime, row);
      },
    },
  });
}

/** A manager puts a request at another place of its queue (REQ-03). */
async function moveByForm(runtime: Runtime, request: RequestCard): Promise<void> {
  const words = runtime.words().requests;
  const values = await runtime.askForm({
    key: `request ${request.id} position`,
    title: words.moveTitle(printable(request.patron ?? '')),
    fields: [
      {
        kind: 'text',
        name: 'to',
        label: words.columns.position,
        value: String(request.position ?? 1),
        hint: words.moveHint(request.of ?? 1),
      },
    ],
    check: (filled) =>
      /^[1-9]\d*$/.test(String(filled['to'])) ? undefined : { field: 'to', text: runtime.words().form.invalid },
  });
  if (!values) return;
  const outcome = await runtime.perform(moveInQueue, { request: request.id, to: Number(values['to']) });
  if (outcome.kind === 'moved') runtime.tell('done', words.moved(outcome.request.position ?? 1));
  else if (outcome.kind === 'closed-already')
    runtime.tell('information', words.closedAlready(printable(request.title)));
  else runtime.refuse(outcome);
  await after(runtime);
}
