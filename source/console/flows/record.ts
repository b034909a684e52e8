import { DatabaseAway } from '../../desk/away.ts';
import type { Block } from '../../circulation/blocks.ts';
import { PatronSession } from '../../desk/patron-session.ts';
import type { OpenBlock } from '../../desk/lend.ts';
import { endSession, listLoans, listRequests, listReturned, openPatron, overrideRecord } from '../../desk/patrons.ts';
import type { PatronPane } from '../../desk/views.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';
import type { OpenRecord, Prompt } from '../state.ts';
import { nameOf } from './names.ts';
import { askToOverride } from './override-reason.ts';
import { receiptsOnPaper, returnedIn } from './receipts.ts';
import { wrap } from '../../language/fit.ts';

/** The lines of a prompt about blocks: a short name, then a sentence for each fact (BLK-01). */
export function blockLines(runtime: Runtime, blocks: readonly Block[]): string[] {
  const words = runtime.deskWords();
  const say = runtime.say();
  const column = 20;
  const room = Math.max(20, runtime.store.get().columns - column - 6);
  return blocks.flatMap((one) => {
    const sentence = words.fact[one.code] as (fact: unknown, saying: typeof say) => string;
    const facts = one.facts.slice(0, 4).flatMap((fact) => wrap(sentence(fact, say), room));
    const more = one.total > 4 ? [words.andMore(one.total - 4)] : [];
    return [...facts, ...more].map(
      (line, index) => `${(index === 0 ? words.block[one.code] : '').padEnd(column)} ${line}`,
    );
  });
}

/** Why each block is there, and who may set it aside. */
export function whyLines(runtime: Runtime, blocks: readonly OpenBlock[]): string[] {
  const words = runtime.deskWords();
  const room = runtime.store.get().columns - 6;
  return blocks.flatMap((one) => [
    ...wrap(`${words.block[one.code]} : ${words.why[one.code]} (${words.level[one.by]})`, room),
  ]);
}

/** The closing line of a prompt about blocks: whether this operator may set all of them aside. */
export function mayLine(runtime: Runtime, blocks: readonly OpenBlock[]): string {
  const refused = blocks.filter((one) => !one.mayOverride);
  const words = runtime.words().prompt;
  const names = runtime.deskWords().block;
  return refused.length === 0 ? words.mayAll : words.mayNot(refused.map((one) => names[one.code]).join(', '));
}

function warningPrompt(runtime: Runtime, pane: PatronPane): Prompt {
  const words = runtime.words();
  const popups = pane.notes.filter((note) => note.popup);
  const noteLines = popups.flatMap((note) =>
    wrap(printable(note.text), runtime.store.get().columns - 26).map(
      (line, index) => `${(index === 0 ? words.prompt.popup : '').padEnd(20)} ${line}`,
    ),
  );
  const blocked = pane.warnings.length > 0;
  const overridable = blocked && pane.warnings.every((one) => one.mayOverride);
  return {
    title: words.prompt.warnings(nameOf(pane.patron)),
    lines: [
      ...blockLines(runtime, pane.warnings),
      ...noteLines,
      ...(blocked ? ['', mayLine(runtime, pane.warnings)] : []),
    ],
    why: whyLines(runtime, pane.warnings),
    choices: [
      ...(overridable ? (['answer-override'] as const) : []),
      ...(blocked ? (['answer-cancel', 'answer-ok'] as const) : (['answer-read'] as const)),
      ...(blocked ? (['answer-why'] as const) : []),
    ],
  };
}

/** Shows the record of a patron: nothing of an earlier one is left. */
function show(runtime: Runtime, pane: PatronPane): void {
  const record: OpenRecord = {
    pane,
    session: new PatronSession(pane.patron.id),
    tab: 'loans',
    all: false,
    order: 'due',
    lent: [],
    returned: [],
    loans: [],
    requests: [],
    total: 0,
    offset: 0,
    selected: 0,
    marked: [],
  };
  const { words } = runtime;
  runtime.store.set({
    screen: 'patron',
    record,
    unknownItem: null,
    unknownCard: null,
    orphans: [],
    matches: null,
    overlay: null,
    browse: [],
    under: null,
    itemMatches: null,
    clearsIn: null,
    field: { label: words().loan.field, value: '', masked: false },
  });
  const [kept] = runtime.keptForms(`patron ${pane.patron.id} `);
  if (kept === undefined) runtime.tell('information', words().patron.opened);
  else runtime.tell('warning', words().form.kept(kept));
}

/** Ends the open patron session, if there is one (TAB-07, BLK-03). The screen stays where it is. */
export async function closeRecord(
  runtime: Runtime,
  because: 'done' | 'next-patron' | 'idle' | 'left',
): Promise<string | undefined> {
  const { record } = runtime.store.get();
  if (!record) return undefined;
  const { patron } = record.pane;
  // First the screen: nobody's record stays open because the database is away.
  runtime.store.set({ record: null, clearsIn: null });
  try {
    const ended = { patron: patron.id, loans: record.session.loans, returned: returnedIn(record), because };
    // The next reader does not wait for it.
    await runtime.inHand({ lost: [] }, async () => {
      const outcome = await runtime.perform(endSession, ended);
      if (outcome.kind === 'ended') await receiptsOnPaper(runtime, record, outcome.receipts);
    });
  } catch (error) {
    if (!(error instanceof DatabaseAway)) throw error;
  }
  return nameOf(patron);
}

/** Back to identification, where the next card is waited for. */
export function showIdentification(runtime: Runtime): void {
  runtime.store.set({
    screen: 'identify',
    record: null,
    unknownCard: null,
    matches: null,
    overlay: null,
    browse: [],
    under: null,
    itemMatches: null,
    clearsIn: null,
    field: { label: runtime.words().identify.field, value: '', masked: false },
  });
}

/** *Done*: ends the session and waits for the next card (TAB-07). */
export async function done(runtime: Runtime, because: 'done' | 'idle' = 'done'): Promise<void> {
  if (because === 'idle' && !runtime.store.get().record) return;
  const name = await closeRecord(runtime, because);
  runtime.newPatron();
  runtime.otherPlace();
  showIdentification(runtime);
  if (name === undefined) return;
  const words = runtime.words().patron;
  runtime.tell('information', because === 'idle' ? words.cleared(name) : words.ended(name));
}

/**
 * Opens a record by id or exact identifier and warns at once (PAT-04): Override, Cancel (back to identification), OK (the
 * record without overriding; the next loan asks again) (BLK-04). Answers false if there is no such patron.
 */
export async function openRecord(runtime: Runtime, key: number | string): Promise<boolean> {
  const outcome = await runtime.perform(openPatron, { patron: key });
  if (outcome.kind === 'unknown') return false;
  if (outcome.kind !== 'opened') {
    runtime.refuse(outcome);
    return true;
  }
  const { pane } = outcome;
  const { record: before } = runtime.store.get();
  if (before?.pane.patron.id === pane.patron.id) {
    // The same card again is not another patron: the session and its overrides go on.
    runtime.store.set({ record: { ...before, pane } });
    runtime.tell('information', runtime.words().refusal.alreadyOpen);
    return true;
  }
  if (before) await closeRecord(runtime, 'next-patron');
  runtime.newPatron();
  show(runtime, pane);
  if (pane.warnings.length === 0 && !pane.notes.some((note) => note.popup)) return true;
  const { answer, reason } = await askToOverride(runtime, warningPrompt(runtime, pane), 'answer-override');
  if (answer === 'answer-cancel') {
    await done(runtime);
    return true;
  }
  if (answer !== 'answer-override') return true;
  const codes = pane.warnings.map((one) => one.code);
  const override = { codes, ...(reason === undefined ? {} : { reason }) };
  const overridden = await runtime.perform(overrideRecord, { patron: pane.patron.id, override });
  const { record } = runtime.store.get();
  if (overridden.kind === 'overridden') record?.session.remember(overridden.codes);
  else if (overridden.kind !== 'blocked') runtime.refuse(overridden);
  return true;
}

/** Reads again what the patron pane counts. */
export async function refreshPane(runtime: Runtime): Promise<void> {
  const { record } = runtime.store.get();
  if (!record) return;
  const outcome = await runtime.perform(openPatron, { patron: record.pane.patron.id });
  const now = runtime.store.get().record;
  if (outcome.kind === 'opened' && now) runtime.store.set({ record: { ...now, pane: outcome.pane } });
}

/** Reads the window of the list that is shown, around the chosen line; nothing reads more than fits (TUI-12). */
export async function refreshList(runtime: Runtime, change: Partial<OpenRecord> = {}): Promise<void> {
  const before = runtime.store.get().record;
  if (!before) return;
  const record = { ...before, ...change };
  const size = runtime.listRows();
  const { id } = record.pane.patron;
  const offset = Math.min(Math.max(0, record.offset), Math.max(0, record.selected), Math.max(0, record.total));
  const from = record.selected >= offset + size ? record.selected - size + 1 : offset;
  const window = { offset: from, limit: size };
  if (record.tab === 'loans' && record.all) {
    const found = await runtime.perform(listLoans, { patron: id, order: record.order, window });
    if (found.kind === 'loans')
      runtime.store.set({ record: { ...record, loans: found.lines, total: found.total, offset: from } });
  } else if (record.tab === 'returns' && record.all) {
    const found = await runtime.perform(listReturned, { patron: id, window });
    if (found.kind === 'loans')
      runtime.store.set({ record: { ...record, loans: found.lines, total: found.total, offset: from } });
  } else if (record.tab === 'requests') {
    const found = await runtime.perform(listRequests, { patron: id, window });
    if (found.kind === 'requests')
      runtime.store.set({ record: { ...record, requests: found.lines, total: found.total, offset: from } });
  } else {
    const total = record.tab === 'loans' ? record.lent.length : record.returned.length;
    runtime.store.set({ record: { ...record, total, offset: from } });
  }
}
