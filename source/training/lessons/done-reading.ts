import { openTitle } from '../../desk/catalogue-search.ts';
import { itemHistory } from '../../desk/item-history.ts';
import { findPatrons, listLoans, listRequests, openPatron } from '../../desk/patrons.ts';
import { readPatronRecord } from '../../desk/patron-record.ts';
import { searchPatrons } from '../../desk/patron-search.ts';
import { showRequest, titleRequests } from '../../desk/requests-queue.ts';
import { consultRules, showItem, showLoan, showPatron, showTitle } from '../../desk/show.ts';
import { findResult } from '../find-result.ts';
import { primaryOf } from '../results.ts';
import { rulesResult } from '../rules-result.ts';
import { asSeen, given } from './seen.ts';
import type { Done, On } from './seen.ts';

/** What was looked at: its result is asked afresh by whoever compares it. */
const shown = (fields: Readonly<Record<string, unknown>>): Done => ({ name: 'show', fields, result: {} });

function people({ seen }: On): Done[] {
  const opened = asSeen(seen, openPatron);
  if (opened?.outcome.kind === 'opened') {
    const { patron } = opened.outcome.pane;
    const line = primaryOf(patron);
    const found = {
      name: 'find',
      fields: { text: String(opened.request.patron) },
      result: { count: 1, lines: [line] },
    };
    return [shown({ patron: patron.id }), found];
  }
  const read = asSeen(seen, readPatronRecord);
  if (read?.outcome.kind === 'record') return [shown({ patron: read.outcome.record.id })];
  const looked = asSeen(seen, showPatron);
  if (looked?.outcome.kind === 'patron') return [shown({ patron: looked.outcome.patron.id })];
  const searched = asSeen(seen, searchPatrons);
  if (searched) {
    const { window: _window, birthDay, ...fields } = searched.request;
    return [{ name: 'find', fields: given({ ...fields, birthDate: birthDay }), result: findResult(searched.outcome) }];
  }
  const found = asSeen(seen, findPatrons);
  return found ? [{ name: 'find', fields: { text: found.request.text }, result: findResult(found.outcome) }] : [];
}

function items({ seen }: On): Done[] {
  const one = asSeen(seen, showItem) ?? asSeen(seen, itemHistory);
  if (one) return [shown({ item: one.request.barcode }), shown({ loan: one.request.barcode })];
  const loan = asSeen(seen, showLoan);
  return loan ? [shown({ loan: loan.request.barcode })] : [];
}

function lists({ seen }: On): Done[] {
  const loans = asSeen(seen, listLoans);
  if (loans?.outcome.kind === 'loans') return loans.outcome.lines.map(({ barcode }) => shown({ loan: barcode }));
  const requests = asSeen(seen, listRequests);
  if (requests?.outcome.kind === 'requests') return requests.outcome.lines.map(({ id }) => shown({ request: id }));
  const queue = asSeen(seen, titleRequests);
  if (queue?.outcome.kind === 'queue') return queue.outcome.requests.map(({ id }) => shown({ request: id }));
  const request = asSeen(seen, showRequest);
  if (request?.outcome.kind === 'request') return [shown({ request: request.outcome.request.id })];
  const title = asSeen(seen, openTitle);
  if (title?.outcome.kind === 'title') return [shown({ title: title.outcome.title.title })];
  const titles = asSeen(seen, showTitle);
  return titles?.outcome.kind === 'titles' ? titles.outcome.titles.map((one) => shown({ title: one.title })) : [];
}

function consulted({ stage, seen }: On): Done[] {
  const one = asSeen(seen, consultRules);
  if (!one) return [];
  return [{ name: 'rules', fields: given(one.request), result: rulesResult(one.outcome, stage.network) }];
}

/** What was only looked at, as steps. */
export const doneWithReading = (on: On): Done[] => [people, items, lists, consulted].flatMap((one) => one(on));
