import { ownAccount, ownHistory } from '../../../desk/own-account.ts';
import { ownLoans } from '../../../desk/own-loans.ts';
import type { OwnLoan } from '../../../desk/own-loans.ts';
import { renew } from '../../../desk/renew.ts';
import { dayOf } from '../../../circulation/time.ts';
import { wordsIn } from '../../../language/index.ts';
import type { RenewalRefusal } from '../../../circulation/blocks.ts';
import type { Entry } from '../state.ts';
import { BACK } from '../ui.ts';
import type { Reader, Visit } from '../visit.ts';

const SORTS = ['due', 'due-desc', 'title'] as const;

/** Reasons in the reader's words, in their order; what is late already is not told of another loan. */
function reasonsIn(visit: Visit, reasons: readonly RenewalRefusal[], isLate: boolean): [string, ...string[]] {
  const { notRenewed } = wordsIn(visit.language()).letters;
  const words = visit.words().loans;
  // What another reason says already, or what would not matter without it, is left out.
  const telling = reasons.filter(
    (code) =>
      !((code === 'DUE_DATE_UNCHANGED' || code === 'AFTER_CLOSING') && reasons.length > 1) &&
      !(code === 'REQUEST_CONFLICT' && reasons.includes('RECALLED')),
  );
  const [first = words.noOpenDay, ...others] = telling.map((code) => {
    if (code === 'PATRON_OVERDUE' && isLate) return words.isLate;
    // Already as late as it may be, or too early for a renewal to change anything: the reader may come back.
    return code === 'DUE_DATE_UNCHANGED' ? words.unchanged : notRenewed[code];
  });
  return [first, ...others];
}

/** What a reader may do with a loan: it can be renewed, was renewed today, or cannot, and why (KIO-03, manual III.2.3). */
function markText(visit: Visit, { renewal, daysLate }: OwnLoan): string {
  const { loans: words } = visit.words();
  if (renewal.kind === 'can') return words.can(visit.dates().day(dayOf(renewal.until, visit.greeting().timeZone)));
  if (renewal.kind === 'renewed-today') return words.today;
  const [first, ...others] = reasonsIn(visit, renewal.reasons, daysLate > 0);
  return visit.fitting(words.cannot(first), ...others);
}

function loanEntry(visit: Visit, loan: OwnLoan): Entry {
  const { loans: words } = visit.words();
  const due = words.due(visit.dates().moment(loan.due));
  return {
    id: loan.barcode,
    lines: [
      [loan.title, loan.description].filter(Boolean).join(' · '),
      visit.fitting(
        loan.daysLate > 0 ? `${words.late(loan.daysLate)} · ${due}` : due,
        loan.status === 'Recalled' ? words.recalled : '',
        visit.library(loan.library),
      ),
      markText(visit, loan),
    ],
    ...(loan.daysLate > 0 ? { tone: 'late' } : {}),
  };
}

/** Everything of one loan, in full, as the manual's catalogue unfolds it (manual III.2.3); true: it is to be renewed. */
async function showLoan(visit: Visit, loan: OwnLoan): Promise<boolean> {
  const { loans: words, back } = visit.words();
  const { renewal, daysLate, lentAt, due, description, author } = loan;
  const [first, ...others] = renewal.kind === 'cannot' ? reasonsIn(visit, renewal.reasons, daysLate > 0) : [''];
  const lines = [
    [loan.title, description].filter(Boolean).join(' · '),
    ...(author === null ? [] : [author]),
    '',
    `${words.lentOn(visit.dates().dated(lentAt))} · ${visit.library(loan.library)}`,
    [words.due(visit.dates().dated(due)), daysLate > 0 ? words.late(daysLate) : ''].filter(Boolean).join(' · '),
    ...(first === '' ? [markText(visit, loan)] : [words.cannot(first), ...others.map((one) => `  ${one}`)]),
  ];
  const actions = [{ id: 'renew', key: words.renewKey, label: words.renew }];
  return (await visit.ui.text({ title: words.title, lines, back, actions })) === 'renew';
}

/** Renews one of the reader's loans (a barcode), or all, and says what came of it (KIO-03, REN-08). */
async function renewSome(visit: Visit, reader: Reader, barcode: string | null): Promise<void> {
  const { loans: words } = visit.words();
  const outcome = await visit.act(renew, {
    patron: reader.id,
    ...(barcode === null ? {} : { barcodes: [barcode] }),
  });
  if (outcome.kind !== 'renewals') return visit.tell('refusal', visit.words().notDone);
  const done = outcome.lines.filter((line) => line.kind === 'renewed');
  const [first] = outcome.lines;
  if (outcome.lines.length !== 1 || !first)
    return visit.tell(
      done.length > 0 ? 'done' : 'warning',
      words.several(done.length, outcome.lines.length - done.length),
    );
  if (first.kind === 'renewed')
    return visit.tell('done', words.renewed(first.item.title, visit.dates().moment(first.due)));
  if (first.kind === 'not-renewed')
    return visit.tell(
      'warning',
      words.notRenewed(first.item.title, reasonsIn(visit, first.refusals, visit.moment() >= first.due)[0]),
    );
  return visit.tell('warning', words.gone);
}

/** The reader's loans, sorted as they like, to be renewed one by one or all at once (KIO-03, manual III.2.3, III.2.4). */
export async function showLoans(visit: Visit, reader: Reader): Promise<void> {
  let sort: (typeof SORTS)[number] = 'due';
  let at = 0;
  for (;;) {
    const { loans: words, back } = visit.words();
    const first = await visit.act(ownLoans, { patron: reader.id, sort, window: { offset: 0, limit: 1 } });
    if (first.kind !== 'loans') return;
    const order = sort;
    const late = await lateCount(visit, reader);
    const chosen = await visit.ui.list({
      title: words.title,
      said: [first.total === 0 ? '' : `${words.count(first.total, late)} ${words.sort[sort]}`],
      back,
      empty: words.none,
      lines: 3,
      at,
      actions: [
        { id: 'details', key: '', label: words.details },
        { id: 'renew', key: words.renewKey, label: words.renew },
        { id: 'all', key: words.allKey, label: words.all, brief: words.allBrief },
        { id: 'sort', key: words.sortKey, label: words.sortBy },
      ],
      enter: 'details',
      read: async (window) => {
        const found = await visit.act(ownLoans, { patron: reader.id, sort: order, window });
        if (found.kind !== 'loans') return { entries: [], total: 0 };
        return { total: found.total, entries: found.lines.map((loan) => loanEntry(visit, loan)) };
      },
    });
    if (chosen === BACK) return;
    at = chosen.at;
    if (chosen.action === 'sort') {
      sort = SORTS[(SORTS.indexOf(sort) + 1) % SORTS.length] ?? 'due';
      at = 0;
    } else if (chosen.action === 'details') {
      const window = { offset: at, limit: 1 };
      const found = await visit.act(ownLoans, { patron: reader.id, sort, window });
      const loan = found.kind === 'loans' ? found.lines[0] : undefined;
      if (loan && (await showLoan(visit, loan))) await renewSome(visit, reader, loan.barcode);
    } else await renewSome(visit, reader, chosen.action === 'renew' ? chosen.id : null);
  }
}

async function lateCount(visit: Visit, reader: Reader): Promise<number> {
  const account = await visit.act(ownAccount, { patron: reader.id });
  return account.kind === 'account' ? account.counts.late : 0;
}

/** Earlier loans, until they are anonymised (KIO-03, manual III.2.3 and QP.1.5). */
export async function showHistory(visit: Visit, reader: Reader): Promise<void> {
  const { loans: words, back } = visit.words();
  await visit.ui.list({
    title: words.historyTitle,
    said: [words.historySaid],
    back,
    empty: words.historyNone,
    actions: [],
    read: async (window) => {
      const found = await visit.act(ownHistory, { patron: reader.id, window });
      if (found.kind !== 'history') return { entries: [], total: 0 };
      const dates = visit.dates();
      const zone = visit.greeting().timeZone;
      const day = (instant: number) => dates.numeric(dayOf(instant, zone));
      return {
        total: found.total,
        entries: found.lines.map((line, index) => ({
          id: `${window.offset + index}`,
          lines: [
            [line.title, line.description].filter(Boolean).join(' · '),
            `${words.lent(day(line.lentAt), day(line.returnedAt))} · ${visit.library(line.library)}`,
          ],
        })),
      };
    },
  });
}
