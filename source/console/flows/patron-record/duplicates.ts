import type { Duplicate } from '../../../desk/register-patron.ts';
import { wrap } from '../../../language/fit.ts';
import { printable } from '../../../language/printable.ts';
import type { Runtime } from '../../runtime.ts';
import { openBrowse } from '../browse.ts';
import { nameOf } from '../names.ts';
import { openFromList } from '../open-from-list.ts';

/** Likely duplicates, a line each: who, why they look the same, what record that is (USR-05). */
function duplicateLines(runtime: Runtime, lines: readonly Duplicate[]): string[] {
  const words = runtime.words().records;
  const room = runtime.store.get().columns - 6;
  return lines.slice(0, 8).flatMap((one) => {
    const born = one.birthDay === null ? '' : runtime.dates().numeric(one.birthDay);
    const who = [nameOf(one), printable(one.identifier), born, one.group ?? ''].filter(Boolean).join(' · ');
    return wrap(`${who} (${whyAlike(runtime, one)}, ${words.history.values[one.recordKind]})`, room);
  });
}

/** Why a record looks the same. */
const whyAlike = (runtime: Runtime, { why }: Duplicate): string =>
  why.map((because) => runtime.words().records.duplicateBecause[because]).join(', ');

/** Opens the record of the person who is there already; of several, one is chosen (USR-05). */
export async function openTheirs(runtime: Runtime, lines: readonly Duplicate[]): Promise<void> {
  const [only] = lines;
  if (only && lines.length === 1) return openFromList(runtime, only.id);
  const words = () => runtime.words().records;
  const heads = () => runtime.words().identify.columns;
  await openBrowse<Duplicate>(runtime, {
    table: 'duplicates',
    title: () => words().duplicates(lines.length),
    hint: () => words().duplicatesHint,
    columns: () => [
      { name: 'name', head: heads().name, width: 0, cell: nameOf },
      { name: 'identifier', head: heads().identifier, width: 16, cell: (row) => printable(row.identifier) },
      {
        name: 'kind',
        head: words().facts.kind,
        width: 16,
        cell: (row) => words().history.values[row.recordKind] ?? '',
      },
      { name: 'why', head: '', width: 24, cell: (row) => whyAlike(runtime, row) },
    ],
    keyOf: (row) => String(row.id),
    patronOf: (row) => row.id,
    empty: () => '',
    read: async ({ offset, limit }) => ({ total: lines.length, lines: lines.slice(offset, offset + limit) }),
    open: async (row) => openFromList(runtime, row.id),
  });
}

/** What to do about people who look the same: a new record all the same, theirs, or back to the form. */
export async function askAboutDuplicates(
  runtime: Runtime,
  found: { readonly lines: readonly Duplicate[]; readonly formerInstitutional: boolean },
): Promise<'new' | 'open' | 'back'> {
  const words = runtime.words().records;
  const answer = await runtime.ask({
    title: words.duplicates(found.lines.length),
    lines: [
      ...duplicateLines(runtime, found.lines),
      ...(found.formerInstitutional ? ['', ...wrap(words.formerInstitutional, runtime.store.get().columns - 6)] : []),
    ],
    why: [],
    choices: ['answer-new', 'answer-open', 'answer-back'],
  });
  if (answer === 'answer-new') return 'new';
  return answer === 'answer-open' ? 'open' : 'back';
}
