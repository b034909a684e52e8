import { consultRules } from '../../desk/show.ts';
import type { RulesRequest } from '../../desk/show.ts';
import { explainRules } from '../../language/explain-rules.ts';
import { wordsIn } from '../../language/index.ts';
import { printable } from '../../language/printable.ts';
import { wrap } from '../../language/fit.ts';
import type { Runtime } from '../runtime.ts';
import { chosenLine } from './loan-lines.ts';
import { nameOf } from './names.ts';
import { closeRecord } from './record.ts';

/** Asks the rules and shows the three tabs (CONF-03); answers false where somebody or something is unknown. */
async function showRules(runtime: Runtime, request: RulesRequest, subject: string): Promise<boolean> {
  const answer = await runtime.perform(consultRules, request);
  if (answer.kind !== 'rules') return false;
  const { columns, language } = runtime.store.get();
  const said = explainRules(answer, wordsIn(language).rules, runtime.say());
  const fitted = (lines: readonly string[]) => lines.flatMap((line) => wrapIndented(line, columns - 4));
  const tabs = { subject, loan: fitted(said.loan), request: fitted(said.request), late: fitted(said.late) };
  runtime.store.set({ overlay: { kind: 'rules', answer: tabs, tab: 'loan', offset: 0 } });
  return true;
}

/** Wraps a line and keeps its indentation on the lines that follow. */
function wrapIndented(line: string, width: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? '';
  return wrap(line.trimStart(), width - indent.length).map((part) => indent + part);
}

/** *Consult the rules* for the chosen loan; with no loan chosen, the free form. */
export async function consult(runtime: Runtime): Promise<void> {
  const { record } = runtime.store.get();
  const line = record ? chosenLine(record) : undefined;
  const card = record?.pane.patron.identifiers[0]?.value;
  if (record && line && card !== undefined) {
    const subject = wordsIn(runtime.store.get().language).rules.subject(
      nameOf(record.pane.patron),
      printable(line.title),
    );
    await showRules(runtime, { patron: card, item: line.barcode }, subject);
    return;
  }
  await closeRecord(runtime, 'left');
  showRulesForm(runtime);
}

/** The free form: a patron or a group, then an item or a location. */
export function showRulesForm(runtime: Runtime): void {
  runtime.store.set({
    screen: 'rules',
    record: null,
    matches: null,
    overlay: null,
    browse: [],
    under: null,
    itemMatches: null,
    answer: null,
    given: [],
    field: { label: runtime.words().rulesScreen.who, value: '', masked: false },
  });
}

/** Something was entered or scanned in the form. */
export async function submitRules(runtime: Runtime, text: string): Promise<void> {
  const { given, network } = runtime.store.get();
  const entered = text.trim();
  if (entered === '') return;
  const words = runtime.words().rulesScreen;
  const [who] = given;
  if (who === undefined) {
    runtime.store.set({ given: [entered], answer: null, field: { label: words.what, value: '', masked: false } });
    return;
  }
  const group = network?.groups.find((one) => one.code.toLowerCase() === who.toLowerCase());
  const whom = group ? { group: group.code } : { patron: who };
  const what = entered.includes('/') ? { location: entered } : { item: entered };
  const subject = wordsIn(runtime.store.get().language).rules.subject(printable(who), printable(entered));
  const shown = await showRules(runtime, { ...whom, ...what }, subject);
  runtime.store.set({ given: [], field: { label: words.who, value: '', masked: false } });
  if (shown) return runtime.store.set({ answer: null });
  const known = group !== undefined || (await isPatron(runtime, who));
  runtime.tell('refusal', known ? words.unknownWhat(printable(entered)) : words.unknownWho(printable(who)));
}

async function isPatron(runtime: Runtime, identifier: string): Promise<boolean> {
  const { network } = runtime.store.get();
  const library = network?.libraries[0];
  const location = `${library?.code ?? ''}/${library?.locations[0]?.code ?? ''}`;
  const answer = await runtime.perform(consultRules, { patron: identifier, location });
  return answer.kind === 'rules';
}
