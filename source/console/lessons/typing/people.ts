import type { CommandName } from '../../keymap.ts';
import { answer, atMost, clearAway, command, commandHere, count, dayTyped, offers, text } from './hands.ts';
import type { Next, Sight } from './hands.ts';
import { fillForm } from './forms.ts';
import { atItem, atRecord, atRow, isOpen, topList } from './places.ts';
import type { Way } from './places.ts';
import { press } from '../../guide/strokes.ts';

/** To a list of the open record of the step's patron. */
export function atListOf(sight: Sight, table: string, opens: CommandName): Way {
  const open = clearAway(sight);
  if (open) return open;
  const patron = text(sight, 'patron') ?? '';
  if (isOpen(sight, patron) && topList(sight, table)) return 'there';
  const way = atRecord(sight, patron);
  return way === 'there' ? atMost(sight, 3, opens, command(sight, opens)) : way;
}

/** `note`: on a patron; or on an item, for the desk, the catalogue or the library. */
export function note(sight: Sight): Next {
  const { fields } = sight;
  const key = sight.state.form?.key ?? '';
  const said = text(sight, 'text') ?? '';
  const popup = fields['popup'] === true;
  const visible = fields['public'] === true;
  const item = text(sight, 'item');
  if (item !== undefined && key === `item ${item} notes`) {
    return fillForm(sight, {
      ...(popup ? { fulfilmentNote: said } : {}),
      ...(visible ? { publicNote: said } : {}),
      ...(popup || visible ? {} : { internalNote: said }),
    });
  }
  if (/^patron \d+ note $/.test(key)) return fillForm(sight, { text: said, popup, visible });
  if (item !== undefined) {
    const way = atItem(sight, item);
    return way === 'there' ? atMost(sight, 2, 'item-note', command(sight, 'item-note')) : way;
  }
  const way = atListOf(sight, 'notes', 'notes');
  return way === 'there' ? atMost(sight, 2, 'add', command(sight, 'add')) : way;
}

/** Whether a block of the list is one that the step means. */
function isBlock(sight: Sight, isOff?: boolean): (row: unknown) => boolean {
  const type = text(sight, 'type');
  const until = text(sight, 'until');
  const said = text(sight, 'note');
  return (row) => {
    const line = row as { type: string; until: string | null; note: string | null; active: boolean };
    return (
      (type === undefined || line.type === type) &&
      (until === undefined || line.until === until) &&
      (said === undefined || line.note === said) &&
      (isOff === undefined || line.active === isOff)
    );
  };
}

/** `block`: set by hand; with `active`, one that is there is switched off or on. */
export function block(sight: Sight): Next {
  const { fields } = sight;
  const active = fields['active'];
  if (/^patron \d+ block /.test(sight.state.form?.key ?? '')) {
    if (typeof active === 'boolean') return fillForm(sight, { active });
    const until = text(sight, 'until');
    return fillForm(sight, {
      note: text(sight, 'note') ?? '',
      until: until === undefined ? '' : dayTyped(sight, until),
    });
  }
  const way = atListOf(sight, 'blocks', 'blocks');
  if (way !== 'there') return way;
  if (typeof active !== 'boolean') return atMost(sight, 2, 'add', command(sight, 'add'));
  const top = topList(sight, 'blocks');
  const row = top && atRow(sight, top, isBlock(sight, !active));
  return row === 'there' ? atMost(sight, 4, 'edit', command(sight, 'edit')) : row;
}

/** `unblock`: the line, and its question; all that are meant, one after the other. */
export function unblock(sight: Sight): Next {
  if (offers(sight, 'answer-yes') && count(sight, 'delete') > 0) return answer(sight, 'answer-yes');
  const way = atListOf(sight, 'blocks', 'blocks');
  if (way !== 'there') return way;
  const top = topList(sight, 'blocks');
  const row = top && atRow(sight, top, isBlock(sight));
  return row === 'there' ? atMost(sight, 6, 'delete', command(sight, 'delete')) : row;
}

/** `quitus`: the address as it is proposed, or another; the document is only read. */
export function quitus(sight: Sight): Next {
  const { state } = sight;
  if (/^patron \d+ clearance$/.test(state.form?.key ?? '')) {
    const email = text(sight, 'email');
    const address = state.form?.fields.find((one) => one.name === 'address');
    const proposed = address?.kind === 'choice' && address.options.some((one) => one.value === email);
    if (email === undefined) return fillForm(sight, {});
    return fillForm(sight, proposed ? { address: email } : { other: email });
  }
  const way = atRecord(sight, text(sight, 'patron') ?? '');
  return way === 'there' ? atMost(sight, 2, 'clearance', command(sight, 'clearance')) : way;
}

/** What a `find` step asks in the fields of the advanced search. */
const FOUND_BY: Readonly<Record<string, string>> = {
  name: 'name',
  firstName: 'firstName',
  identifier: 'identifier',
  email: 'email',
  birthDate: 'birthDay',
  group: 'group',
  campus: 'campus',
  status: 'status',
};

/** `find`: what one field takes, typed where the next card is waited for; else the advanced search. */
export function find(sight: Sight): Next {
  const { state } = sight;
  const one = text(sight, 'text');
  const asked = Object.entries(FOUND_BY).flatMap(([from, to]): [string, string][] => {
    const value = text(sight, from);
    return value === undefined ? [] : [[to, from === 'birthDate' ? dayTyped(sight, value) : value]];
  });
  if (state.form?.key === 'patron-search')
    return fillForm(sight, { ...Object.fromEntries(asked), ...(one === undefined ? {} : { name: one }) });
  const open = clearAway(sight);
  if (open) return open;
  if (asked.length > 0 || one === undefined) return atMost(sight, 2, 'find-patron', command(sight, 'find-patron'));
  if (state.record) return state.browse.length > 0 ? press('Escape') : atMost(sight, 2, 'done', command(sight, 'done'));
  if (state.screen !== 'identify') return atMost(sight, 3, 'patron-services', command(sight, 'patron-services'));
  if (state.field.value !== '') return press('Escape');
  return atMost(sight, 2, 'text', [{ kind: 'text', text: one }]);
}

/** `rules`: on the line of the loan where it is the open record's, else by the free form. */
export function rules(sight: Sight): Next {
  const { state } = sight;
  const patron = text(sight, 'patron') ?? text(sight, 'group') ?? '';
  const what = text(sight, 'item') ?? text(sight, 'location') ?? '';
  const open = clearAway(sight);
  if (open) return open;
  if (state.screen !== 'rules') {
    if (state.browse.length > 0) return press('Escape');
    const { record } = state;
    const line = record?.tab === 'loans' ? record.lent.concat().findIndex((one) => one.barcode === what) : -1;
    if (record && !record.all && line >= 0 && record.selected !== line)
      return press(
        ...Array.from({ length: Math.abs(line - record.selected) }, () => (line > record.selected ? 'Down' : 'Up')),
      );
    // A line of another loan would be asked about.
    if (record && line < 0) return atMost(sight, 2, 'done', command(sight, 'done'));
    return atMost(sight, 3, 'rules', command(sight, 'rules'));
  }
  const value = state.given.length === 0 ? patron : what;
  const typed = [{ kind: 'text' as const, text: value }, ...press('Enter')];
  return atMost(sight, 4, `rules ${state.given.length}`, state.field.value === '' ? typed : press('Escape'));
}

/** `show`: a patron's record, an item's card, a title, a loan in its record. */
export function showItemOrPatron(sight: Sight): Next {
  const patron = text(sight, 'patron');
  const item = text(sight, 'item') ?? text(sight, 'loan');
  if (patron !== undefined) {
    const way = atRecord(sight, patron);
    if (way !== 'there') return way;
    // It is open: read again, and what it shows with it.
    return atMost(
      sight,
      1,
      'again',
      patron.length < 4 ? [{ kind: 'text', text: patron }, ...press('Enter')] : [{ kind: 'scan', code: patron }],
    );
  }
  if (item === undefined) return undefined;
  const way = atItem(sight, item, 'card');
  return way === 'there' ? atMost(sight, 1, 'card again', commandHere(sight, 'item-card')) : way;
}
