import { dayOf } from '../../circulation/time.ts';
import { blockPatron, changeBlock, listPatronBlocks, unblockPatron } from '../../desk/patron-blocks.ts';
import type { PatronBlock } from '../../desk/views.ts';
import { printable } from '../../language/printable.ts';
import { readDay } from '../day-input.ts';
import type { BrowseSpec } from '../browse.ts';
import type { FormProblem, FormValues } from '../form.ts';
import type { Runtime } from '../runtime.ts';
import { openBrowse, refreshBrowse } from './browse.ts';
import { openTabOf } from './patron-record/tabs.ts';
import type { TabFrame } from './patron-record/tabs.ts';
import { refreshPane } from './record.ts';

type Line = PatronBlock & { readonly inForce: boolean };

/** The last day of a block as typed: a day, nothing (no end), or a mistake. */
function untilOf(runtime: Runtime, values: FormValues): string | null | undefined {
  const { now, timeZone } = runtime.store.get();
  const text = String(values['until']);
  return text === '' ? null : readDay(text, dayOf(now, timeZone));
}

async function fillBlock(
  runtime: Runtime,
  patron: number,
  block: PatronBlock | undefined,
): Promise<FormValues | undefined> {
  const words = runtime.words().patronBlocks;
  const { now, timeZone } = runtime.store.get();
  const until = block?.until ?? null;
  return runtime.askForm({
    key: `patron ${patron} block ${block?.id ?? ''}`,
    title: block ? words.editing : words.adding,
    fields: [
      { kind: 'text', name: 'note', label: words.note, value: block?.note ?? '', hint: words.noteHint },
      {
        kind: 'text',
        name: 'until',
        label: words.until,
        value: until === null ? '' : runtime.dates().numeric(until),
        hint: words.untilHint,
      },
      ...(block
        ? [
            {
              kind: 'yes-no' as const,
              name: 'active',
              label: words.active,
              value: block.active,
              hint: words.activeHint,
            },
          ]
        : []),
    ],
    check: (values): FormProblem | undefined => {
      const day = untilOf(runtime, values);
      if (day === undefined) return { field: 'until', text: runtime.words().dueDate.bad };
      return day !== null && day < dayOf(now, timeZone) && day !== until
        ? { field: 'until', text: words.past }
        : undefined;
    },
  });
}

/** The blocks of the open record, those in force first: add, change, switch off and on, delete after a question (USR-10). */
export async function showBlocks(runtime: Runtime, frame?: TabFrame): Promise<void> {
  const patron = frame?.patron ?? runtime.store.get().record?.pane.patron.id;
  if (patron === undefined) return;
  const open = async (spec: BrowseSpec<Line>): Promise<void> =>
    frame ? openTabOf(runtime, frame, spec) : openBrowse(runtime, spec);
  const words = () => runtime.words().patronBlocks;
  const after = async (): Promise<void> => {
    await refreshPane(runtime);
    await refreshBrowse(runtime);
  };
  const edit = async (block: Line): Promise<void> => {
    const values = await fillBlock(runtime, patron, block);
    if (!values) return;
    const until = untilOf(runtime, values);
    const change = { note: String(values['note']) || null, active: values['active'] === true };
    const moved = until !== undefined && until !== block.until ? { until } : {};
    const outcome = await runtime.perform(changeBlock, { block: block.id, ...change, ...moved });
    if (outcome.kind === 'changed') runtime.tell('done', words().changed);
    else if (outcome.kind === 'gone') runtime.tell('refusal', words().gone);
    else runtime.refuse(outcome);
    await after();
  };
  await open({
    table: 'blocks',
    title: () => words().head,
    hint: () => words().hint,
    columns: () => {
      const { columns: heads } = words();
      const names = runtime.deskWords().block;
      return [
        { name: 'type', head: heads.type, width: 18, cell: (row) => names[`PATRON_BLOCK_${row.type}`] },
        {
          name: 'until',
          head: heads.until,
          width: 11,
          cell: (row) => (row.until === null ? words().noEnd : runtime.dates().numeric(row.until)),
        },
        {
          name: 'why',
          head: heads.why,
          width: 0,
          cell: (row) => printable([row.note, row.item?.title].filter(Boolean).join(' · ')),
        },
        {
          name: 'state',
          head: heads.state,
          width: 14,
          cell: (row) => (row.active ? (row.inForce ? words().inForce : words().ended) : words().off),
        },
        { name: 'by', head: heads.by, width: 10, byDefault: false, cell: (row) => row.createdBy ?? '' },
      ];
    },
    keyOf: (row) => String(row.id),
    tone: (row) => (row.inForce ? 'late' : 'quiet'),
    empty: () => words().none,
    read: async (window) => {
      const found = await runtime.perform(listPatronBlocks, { patron, window });
      if (found.kind === 'blocks') return found;
      runtime.refuse(found);
      return undefined;
    },
    open: edit,
    commands: {
      add: async () => {
        const values = await fillBlock(runtime, patron, undefined);
        if (!values) return;
        const until = untilOf(runtime, values) ?? null;
        const outcome = await runtime.perform(blockPatron, {
          patron,
          type: 'MANUAL',
          until,
          note: String(values['note']) || null,
        });
        if (outcome.kind === 'set') runtime.tell('done', words().set);
        else runtime.refuse(outcome);
        await after();
      },
      edit: async (row) => {
        if (row) await edit(row);
      },
      delete: async (row) => {
        if (!row) return;
        const what = runtime.deskWords().block[`PATRON_BLOCK_${row.type}`];
        const answer = await runtime.ask({
          title: words().askDelete(what),
          lines: [words().rather],
          why: [],
          choices: ['answer-yes', 'answer-cancel'],
        });
        if (answer !== 'answer-yes') return;
        const outcome = await runtime.perform(unblockPatron, { block: row.id });
        if (outcome.kind === 'lifted') runtime.tell('done', words().lifted(what));
        else if (outcome.kind === 'gone') runtime.tell('refusal', words().gone);
        else runtime.refuse(outcome);
        await after();
      },
    },
  });
}
