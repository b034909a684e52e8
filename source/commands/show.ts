import { showRequest } from '../desk/requests-queue.ts';
import type { RequestShown } from '../desk/requests-queue.ts';
import type { Refusal } from '../desk/perform.ts';
import { showItem, showLoan, showPatron, showTitle } from '../desk/show.ts';
import type { ItemState, LoanState, PatronState, TitleState } from '../desk/show.ts';
import type { Saying } from '../language/desk-words.ts';
import type { Shown } from '../language/result-words.ts';
import { requestResult } from '../training/request-results.ts';
import { showResult } from '../training/results.ts';
import { report } from './context.ts';
import type { Context } from './context.ts';
import { withDatabase } from './database.ts';
import type { Opened } from './database.ts';
import { misused } from './failure.ts';
import type { Status } from './failure.ts';
import { usageOf } from './help.ts';
import { sayingFor } from './outcomes.ts';
import { hoped } from './refusals.ts';
import { COMMAND_LINE_SEAT } from './seat.ts';
import { nearest } from './suggest.ts';

const THINGS = ['patron', 'item', 'loan', 'title', 'request'] as const;
type Thing = (typeof THINGS)[number];
type State = PatronState | ItemState | LoanState | TitleState | Exclude<RequestShown, Refusal>;
type Fields = readonly (readonly [Shown, string | null | undefined])[];

const personOf = (patron: { readonly lastName: string; readonly firstName: string } | null): string | null =>
  patron === null ? null : `${patron.lastName} ${patron.firstName}`.trim();

function patronFields({ words }: Context, state: PatronState, say: Saying): Fields {
  const { patron } = state;
  const { show, desk } = { show: words.commands.show, desk: words.desk };
  return [
    ['patron', personOf(patron)],
    ['identifiers', patron.identifiers.map((one) => one.value).join(', ')],
    ['group', patron.group === null ? null : say.group(patron.group)],
    ['campus', patron.campus],
    ['status', show[patron.status]],
    ['expiry', patron.expiry === null ? null : say.dates.day(patron.expiry)],
    ['purge', patron.purge === null ? null : say.dates.day(patron.purge)],
    ['loans', String(state.loans)],
    ['late', String(state.late)],
    ['requests', String(state.requests)],
    ['returned', String(state.returned)],
    ['blocks', state.blocks.map((code) => `${desk.block[code]} (${code})`).join(', ') || null],
    ['blockedUntil', state.blockedUntil === null ? null : say.dates.day(state.blockedUntil)],
  ];
}

/** The journey of an item (TRA-01, TRA-02). */
function journeyFields({ words }: Context, { item: { transit }, stops, underWay }: ItemState, say: Saying): Fields {
  if (!transit || !underWay) return [];
  const { days, daysTooLong } = words.console.itemCard;
  return [
    ['from', say.library(transit.from)],
    ['why', words.lists.reason[transit.reason]],
    ['since', say.dates.moment(transit.since)],
    ['underWay', underWay.tooLong ? daysTooLong(underWay.days, underWay.alertDays) : days(underWay.days)],
    ...stops.map((one) => ['stops', `${one.desk} · ${say.dates.moment(one.at)}`] as const),
  ];
}

function itemFields(context: Context, state: ItemState, say: Saying): Fields {
  const { item, patron, lastPatron } = state;
  const { process, inPlace } = context.words.commands.show;
  return [
    ['item', item.barcode],
    ['title', [item.title, item.description].filter((one) => one !== null).join(' · ')],
    ['author', item.author],
    ['callNumber', item.callNumber],
    ['location', item.location],
    ['material', say.material(item.material)],
    ['policy', item.policy === null ? null : say.policy(item.policy)],
    ['process', item.process === null ? inPlace : (process[item.process] ?? item.process)],
    ['at', say.library(item.at)],
    [
      'destination',
      item.transit
        ? [item.transit.to, item.transit.department].filter((one) => one !== null).join('/')
        : item.department,
    ],
    ...journeyFields(context, state, say),
    ['patron', personOf(patron)],
    ['due', item.loan ? say.dates.moment(item.loan.due) : null],
    ['lastPatron', personOf(lastPatron)],
  ];
}

function loanFields({ words }: Context, { item, loan, patron }: LoanState, say: Saying): Fields {
  const about: Fields = [
    ['item', item.barcode],
    ['title', item.title],
  ];
  if (!loan) return [...about, ['status', words.commands.show.notOnLoan]];
  return [
    ...about,
    ['patron', personOf(patron)],
    ['due', say.dates.moment(loan.due)],
    ['status', words.desk.loanStatus[loan.status]],
    ['renewals', String(loan.renewals)],
  ];
}

function titleFields({ words }: Context, { titles }: TitleState, say: Saying): Fields[] {
  const { process, inPlace } = words.commands.show;
  return titles.map(({ title, author, copies }) => [
    ['title', title],
    ['author', author],
    ...copies.map(
      (copy) =>
        [
          'copies',
          `${copy.barcode} · ${say.library(copy.library)} · ${copy.process === null ? inPlace : (process[copy.process] ?? copy.process)}`,
        ] as const,
    ),
  ]);
}

function requestFields({ words }: Context, { request }: Exclude<RequestShown, Refusal>, say: Saying): Fields {
  const { task, closing } = words.lists;
  const state = request.task === null ? closing[request.closing ?? ''] : task[request.task];
  return [
    ['title', [request.title, request.description].filter((one) => one !== null).join(' · ')],
    ['patron', request.patron],
    ['pickup', say.library(request.pickup)],
    ['status', state ?? request.state],
    ['at', request.library === null ? null : say.library(request.library)],
    ['item', request.item],
    ['due', request.due === null ? null : say.dates.moment(request.due)],
    ['position', request.position === null ? null : String(request.position)],
    ['placed', say.dates.moment(request.placedAt)],
    ['until', request.until === null ? null : say.dates.day(request.until)],
    ['held', request.task === null || request.heldUntil === null ? null : say.dates.day(request.heldUntil)],
    ['note', request.note],
  ];
}

/** Label and value in two columns; what is not known is left out. */
function fieldLines({ words }: Context, fields: Fields): string[] {
  const { label } = words.commands.show;
  const known = fields.filter(
    (one): one is readonly [Shown, string] => one[1] !== null && one[1] !== undefined && one[1] !== '',
  );
  const width = Math.max(...known.map(([name]) => label[name].length));
  return known.map(([name, value]) => `${label[name].padEnd(width)}  ${value}`);
}

function linesOf(context: Context, opened: Opened, state: State): string[] {
  const say = sayingFor(context, opened);
  switch (state.kind) {
    case 'patron':
      return fieldLines(context, patronFields(context, state, say));
    case 'item':
      return fieldLines(context, itemFields(context, state, say));
    case 'loan':
      return fieldLines(context, loanFields(context, state, say));
    case 'request':
      return fieldLines(context, requestFields(context, state, say));
    case 'titles':
      return titleFields(context, state, say).flatMap((fields) => fieldLines(context, fields));
  }
}

async function ask({ perform }: Opened, thing: Thing, key: string) {
  switch (thing) {
    case 'patron':
      return perform(COMMAND_LINE_SEAT, showPatron, { identifier: key });
    case 'item':
      return perform(COMMAND_LINE_SEAT, showItem, { barcode: key });
    case 'loan':
      return perform(COMMAND_LINE_SEAT, showLoan, { barcode: key });
    case 'title':
      return perform(COMMAND_LINE_SEAT, showTitle, { text: key });
    case 'request':
      // What is no number is no request's.
      return /^\d{1,9}$/.test(key)
        ? perform(COMMAND_LINE_SEAT, showRequest, { request: Number(key) })
        : ({ kind: 'unknown', what: 'REQUEST', key } as const);
  }
}

/** `guichet show patron|item|loan|title|request KEY`: the state of one thing (`loan` by item barcode). */
export async function run(context: Context): Promise<Status> {
  const { input, words } = context;
  const { usage, refusal } = words.commands;
  const [named = '', ...keys] = input;
  const thing = THINGS.find((one) => one === named);
  if (thing === undefined) throw misused(usage.notOneOf('show', named, THINGS, nearest(named, THINGS)));
  // A title may be several words; anything else is one.
  const [key = '', surplus] = thing === 'title' ? [keys.join(' ')] : keys;
  if (surplus !== undefined) throw misused(usage.tooManyArguments(surplus, usageOf('show', words.commands)));
  return withDatabase(context, {}, async (opened) => {
    const state = hoped(await ask(opened, thing, key), refusal);
    const result = state.kind === 'request' ? requestResult(state, opened) : showResult(state, opened);
    report(context, result, () => linesOf(context, opened, state));
    return 0;
  });
}
