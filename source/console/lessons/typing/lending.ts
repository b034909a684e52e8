import { parseLocal } from '../../../circulation/time.ts';
import type { CommandName } from '../../keymap.ts';
import {
  answer,
  atMost,
  clearAway,
  command,
  commandHere,
  count,
  dayTyped,
  offers,
  read,
  text,
  texts,
} from './hands.ts';
import type { Next, Sight } from './hands.ts';
import { fillForm } from './forms.ts';
import { atItem, atLoan, atRecord, atTab, topList } from './places.ts';
import { press, type } from '../../guide/strokes.ts';

/** Whether the step says that the item is lent in the end. */
const succeeds = ({ step }: Sight): boolean => ['lent', 'renewed'].includes(String(step.expect?.['outcome']));

/** Answers of a loan, as the step wants them. */
function loanAnswer(sight: Sight): Next {
  const { fields } = sight;
  const wanted: CommandName[] = [
    ...(fields['expiry'] === 'shorten' ? (['answer-shorten'] as const) : []),
    ...(fields['expiry'] === 'keep' ? (['answer-keep'] as const) : []),
    // What the lesson itself set aside earlier in this session is asked again.
    ...(fields['override'] === undefined && !succeeds(sight) ? [] : (['answer-override', 'answer-keep'] as const)),
    ...(fields['acknowledge'] === false ? [] : (['answer-read'] as const)),
    'answer-item',
  ];
  const chosen = wanted.find((one) => offers(sight, one));
  return chosen ? atMost(sight, 4, `answer ${sight.state.prompt?.title}`, answer(sight, chosen)) : undefined;
}

/** `lend`: the record of the patron, then the item; what is asked is answered as the step says. */
export function lend(sight: Sight): Next {
  const { state, step } = sight;
  const barcode = text(sight, 'item') ?? '';
  // A question before the item has been read is about the record; after it, about the loan.
  const asked = step.continues || count(sight, `read ${barcode}`) > 0;
  if (state.prompt && asked) return loanAnswer(sight) ?? clearAway(sight);
  const record = atRecord(sight, text(sight, 'patron') ?? '');
  if (record !== 'there') return record;
  if (state.record?.tab === 'returns') return command(sight, 'loans-tab');
  return read(sight, barcode);
}

/** `return`: at the returns screen, or in the record of `within`; on a day that has been, with the book drop. */
export function giveBack(sight: Sight): Next {
  const { state, fields } = sight;
  const barcode = text(sight, 'item') ?? '';
  const dated = text(sight, 'dated');
  if (state.prompt && count(sight, `read ${barcode}`) > 0) {
    const wanted: CommandName[] = [
      ...(fields['confirm'] === true ? (['answer-yes'] as const) : []),
      'answer-read',
      'answer-item',
    ];
    const chosen = wanted.find((one) => offers(sight, one));
    return chosen ? answer(sight, chosen) : clearAway(sight);
  }
  if (state.form?.key === 'book-drop' && dated !== undefined) {
    const [day = '', hour = ''] = dated.split('T');
    return fillForm(sight, { day: dayTyped(sight, day), hour });
  }
  const open = clearAway(sight);
  if (open) return open;
  const within = text(sight, 'within');
  if (within !== undefined) {
    const record = atRecord(sight, within);
    if (record !== 'there') return record;
    const tab = atTab(sight, 'returns');
    return tab === 'there' ? read(sight, barcode) : tab;
  }
  if (state.screen !== 'returns') return atMost(sight, 3, 'returns', command(sight, 'returns'));
  const wanted = dated === undefined ? null : (parseLocal(dated, state.timeZone) ?? null);
  // Once to switch another day off, once to say this one.
  if (state.modes.bookDrop !== wanted) return atMost(sight, 3, 'book-drop', command(sight, 'book-drop'));
  return read(sight, barcode);
}

/** To the loan of an item in the record of who has it, which is opened from the item's card. */
function atBorrowersLoan(sight: Sight, barcode: string): 'there' | Next {
  const open = clearAway(sight);
  if (open) return open;
  if (sight.state.record && sight.state.browse.length === 0) {
    const loan = atLoan(sight, barcode);
    if (loan !== undefined) return loan;
  }
  const card = atItem(sight, barcode, 'card');
  return card === 'there' ? atMost(sight, 2, 'borrower', command(sight, 'borrower')) : card;
}

/** Marks lines where there are several; then `does` is pressed. */
function onLoans(sight: Sight, does: CommandName): Next {
  const { record } = sight.state;
  const item = text(sight, 'item');
  const items = item === undefined ? texts(sight, 'items') : [item];
  const [first = ''] = items;
  const left = items.length > 1 ? items.find((one) => record?.marked.includes(one) !== true) : undefined;
  const line = left ?? (items.length > 1 && record ? 'there' : first);
  if (line !== 'there') {
    const loan = atBorrowersLoan(sight, line);
    if (loan !== 'there') return loan;
    if (left !== undefined) return press('Space');
  }
  return atMost(sight, 2, does, commandHere(sight, does));
}

/** `renew`: one loan, several, or all of a patron. */
export function renew(sight: Sight): Next {
  const { state, fields } = sight;
  const patron = text(sight, 'patron');
  if (state.prompt && (count(sight, 'renew') > 0 || count(sight, 'renew-all') > 0 || sight.step.continues)) {
    const override = fields['override'] !== undefined && offers(sight, 'answer-override');
    return override ? answer(sight, 'answer-override') : clearAway(sight);
  }
  if (patron === undefined) return clearAway(sight) ?? onLoans(sight, 'renew');
  const record = atRecord(sight, patron);
  return record === 'there' ? atMost(sight, 2, 'renew-all', command(sight, 'renew-all')) : record;
}

/** `change-due`: a day, in the small calendar. */
export function changeDue(sight: Sight): Next {
  const { overlay } = sight.state;
  if (overlay?.kind === 'due' && count(sight, 'change-due') > 0) {
    const day = dayTyped(sight, (text(sight, 'due') ?? '').slice(0, 10));
    return overlay.choice.typed === day ? press('Enter') : atMost(sight, 2, 'day', type(day));
  }
  return clearAway(sight) ?? onLoans(sight, 'change-due');
}

/** `delete-loan`: after its question. */
export function deleteLoan(sight: Sight): Next {
  if (offers(sight, 'answer-yes') && count(sight, 'delete-loan') > 0) return answer(sight, 'answer-yes');
  return clearAway(sight) ?? onLoans(sight, 'delete-loan');
}

/** `done`: what is over the record is put away first. */
export function done(sight: Sight): Next {
  const { record, browse, field } = sight.state;
  const patron = text(sight, 'patron');
  const open = clearAway(sight);
  if (open) return open;
  if (!record && patron !== undefined) {
    const way = atRecord(sight, patron);
    return way === 'there' ? undefined : way;
  }
  if (!record) return undefined;
  if (browse.length > 0 || field.value !== '') return press('Escape');
  return atMost(sight, 2, 'done', command(sight, 'done'));
}

/** `quick-add`: the item that nobody knew is made, and lent to the open record. */
export function quickAdd(sight: Sight): Next {
  const { state } = sight;
  const barcode = text(sight, 'barcode') ?? '';
  if (state.form?.key.endsWith(`quick-add ${barcode}`)) {
    const names = ['title', 'author', 'location', 'material', 'callNumber', 'description'] as const;
    const said = names.flatMap((name): [string, string][] => {
      const value = text(sight, name);
      return value === undefined ? [] : [[name, value]];
    });
    return fillForm(sight, Object.fromEntries(said));
  }
  if (state.prompt && count(sight, `read ${barcode}`) > 0) return loanAnswer(sight) ?? clearAway(sight);
  const patron = text(sight, 'patron');
  const record = patron === undefined ? (clearAway(sight) ?? 'there') : atRecord(sight, patron);
  if (record !== 'there') return record;
  if (topList(sight, 'catalogue') || state.browse.length > 0) return press('Escape');
  if (state.record?.tab !== 'loans') return command(sight, 'loans-tab');
  if (state.unknownItem === barcode) return atMost(sight, 2, 'add', commandHere(sight, 'add'));
  return read(sight, barcode);
}
