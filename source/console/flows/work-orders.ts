import { showItem } from '../../desk/show.ts';
import { scanIn } from '../../desk/scan-in.ts';
import { cancelWorkOrder, listWorkOrders, placeWorkOrder } from '../../desk/work-orders.ts';
import type { WorkOrderLine } from '../../desk/views.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';
import { openBrowse, refreshBrowse } from './browse.ts';
import { showItemCard } from './cards.ts';
import { sentence } from './lending.ts';

/** *Internal treatment* of an item (ITEM-01): department, type, note; it takes effect when the item comes back. */
export async function orderTreatment(runtime: Runtime, barcode: string): Promise<void> {
  const found = await runtime.perform(showItem, { barcode });
  if (found.kind !== 'item') return runtime.refuse(found);
  const { item } = found;
  const words = runtime.words().treatment;
  if (item.workOrder) return askToCancel(runtime, item.barcode, item.title, item.workOrder.note);
  const { network } = runtime.store.get();
  const library = network?.libraries.find((one) => one.code === item.library);
  const options = (library?.departments ?? []).map((one) => ({
    value: `${library?.code}/${one.code}`,
    label: one.name,
  }));
  const [first] = options;
  if (!first) return runtime.tell('refusal', words.noDepartment(library?.name ?? item.library));
  const values = await runtime.askForm({
    key: `item ${item.barcode} treatment`,
    title: words.form(printable(item.title)),
    fields: [
      { kind: 'choice', name: 'department', label: words.department, value: first.value, options },
      {
        kind: 'choice',
        name: 'type',
        label: words.type,
        value: 'TREATMENT',
        options: [{ value: 'TREATMENT', label: words.types.TREATMENT }],
      },
      { kind: 'text', name: 'note', label: words.note, value: '', hint: words.noteHint },
    ],
  });
  if (!values) return;
  const outcome = await runtime.perform(placeWorkOrder, {
    barcode: item.barcode,
    department: String(values['department']),
    note: String(values['note']),
  });
  const title = printable(item.title);
  if (outcome.kind === 'placed') {
    const where = outcome.instruction ? runtime.deskWords().instruction(outcome.instruction, runtime.say()) : '';
    runtime.tell(
      'done',
      sentence(runtime, (shown) => (outcome.when === 'now' ? words.now(shown, where) : words.onReturn(shown)), title),
    );
  } else if (outcome.kind === 'ordered-already') runtime.tell('information', sentence(runtime, words.already, title));
  else runtime.refuse(outcome);
  await refreshBrowse(runtime);
}

async function askToCancel(runtime: Runtime, barcode: string, title: string, note: string | null): Promise<void> {
  const words = runtime.words().treatment;
  const answer = await runtime.ask({
    title: words.askCancel(printable(title)),
    lines: note === null ? [] : [printable(note)],
    why: [],
    choices: ['answer-yes', 'answer-cancel'],
  });
  if (answer !== 'answer-yes') return;
  const outcome = await runtime.perform(cancelWorkOrder, { barcode });
  if (outcome.kind === 'cancelled') runtime.tell('done', sentence(runtime, words.cancelled, printable(title)));
  else if (outcome.kind === 'no-work-order')
    runtime.tell('information', sentence(runtime, words.none, printable(title)));
  else runtime.refuse(outcome);
  await refreshBrowse(runtime);
}

/** Items in internal treatment at this library, each with its note; in their department they can be marked done (ITEM-01). */
export async function showWorkOrders(runtime: Runtime): Promise<void> {
  const words = () => runtime.words().treatment;
  const { place } = runtime.store.get();
  const department = place?.kind === 'department' ? place.code : undefined;
  /** *Effectué* on the line: the treatment is done, the item goes back. */
  const treated = async (row: WorkOrderLine | undefined): Promise<void> => {
    if (!row) return;
    const outcome = await runtime.perform(scanIn, { barcode: row.barcode, treated: true });
    if (outcome.kind === 'scanned') {
      const instruction = runtime.deskWords().instruction(outcome, runtime.say());
      const say = (shown: string) => words().treated(shown, instruction);
      runtime.tell('done', sentence(runtime, say, printable(row.title)));
    } else if (outcome.kind === 'on-loan' || outcome.kind === 'choose-request')
      runtime.tell('refusal', words().notHere);
    else runtime.refuse(outcome);
    await refreshBrowse(runtime);
  };
  await openBrowse<WorkOrderLine>(runtime, {
    table: 'work-orders',
    title: () => words().head(place?.library ?? ''),
    hint: () => (department === undefined ? '' : words().hint),
    columns: () => {
      const { columns: heads } = words();
      const { lists } = runtime.words();
      return [
        { name: 'title', head: lists.columns.title, width: 0, cell: (row) => printable(row.title) },
        { name: 'barcode', head: lists.columns.barcode, width: 13, cell: (row) => printable(row.barcode) },
        { name: 'department', head: heads.department, width: 8, cell: (row) => row.department },
        { name: 'note', head: heads.note, width: 22, cell: (row) => printable(row.note ?? '') },
        {
          name: 'since',
          head: heads.since,
          width: 10,
          cell: (row) => (row.receivedAt === null ? words().awaited : runtime.dates().dayAndMonth(row.receivedAt)),
        },
      ];
    },
    keyOf: (row) => String(row.id),
    itemOf: (row) => row.barcode,
    tone: (row) => (row.receivedAt === null ? 'quiet' : 'plain'),
    empty: () => words().nothing,
    read: async (window) => {
      const filter = department === undefined ? {} : { department };
      const found = await runtime.perform(listWorkOrders, { ...filter, state: 'all', window });
      if (found.kind === 'work-orders') return { total: found.total, lines: found.orders };
      runtime.refuse(found);
      return undefined;
    },
    open: async (row) => showItemCard(runtime, row.barcode),
    ...(department === undefined ? {} : { commands: { done: treated } }),
  });
}
