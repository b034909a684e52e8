import type { Words } from '../../circulation/network.ts';
import type {
  OutageAnswer,
  OutageContact,
  OutageFindings,
  OutageProcedure,
  OutageQuestion,
} from '../../circulation/outage.ts';
import type { Instant } from '../../circulation/time.ts';
import { knownAnswer } from './answers.ts';
import { answersAt, answersNext, hoursOf, rangesToday } from './hours.ts';

/** A question that has been answered, and by whom. */
export type OutageAnswered = {
  readonly question: OutageQuestion;
  readonly answer: OutageAnswer;
  readonly by: 'machine' | 'operator';
};

/** A number to call, and when somebody answers today; null: at any time. */
export type OutageCall = {
  readonly number: string;
  readonly name: Words | null;
  readonly today: ReturnType<typeof rangesToday>;
  readonly answersNow: boolean;
};

/** A contact that cannot be reached now, and when it can; null: never. */
export type OutageClosed = { readonly contact: OutageContact; readonly opens: Instant | null };

/** The action in which it ends (OUT-03). `closed`: who was to be called, but does not answer now. */
export type OutageEnd = { readonly closed: readonly OutageClosed[] } & (
  | { readonly kind: 'wait' | 'offline' }
  | { readonly kind: 'call'; readonly contact: OutageContact; readonly calls: readonly OutageCall[] }
  | { readonly kind: 'ticket'; readonly contact: OutageContact; readonly url: string }
);

export type OutageCase = {
  readonly procedure: OutageProcedure;
  readonly contacts: readonly OutageContact[];
  readonly findings: OutageFindings;
  /** Today's hours are those of this moment. */
  readonly now: Instant;
  readonly timeZone: string;
};

/** Where one stands: what has been answered, and the question that is open, or the end. */
export type OutageState = OutageCase & {
  readonly answered: readonly OutageAnswered[];
  readonly at:
    | { readonly kind: 'question'; readonly question: OutageQuestion; readonly known: OutageAnswer | null }
    | { readonly kind: 'end'; readonly end: OutageEnd };
};

/** Begins a procedure: what the machine knows it answers, up to the first question that somebody has to answer (OUT-02). */
export function startOutage(outage: OutageCase): OutageState {
  return goOn(outage, [], outage.procedure.begin);
}

/** Answers the open question as the operator does; at the end nothing changes. */
export function answerOutage(state: OutageState, answer: OutageAnswer): OutageState {
  if (state.at.kind === 'end') return state;
  const { question } = state.at;
  return goOn(state, [...state.answered, { question, answer, by: 'operator' }], question[answer].next);
}

/** Opens the last answered question again, also one that the machine answered: the operator overrules it. */
export function backOutage(state: OutageState): OutageState {
  const last = state.answered.at(-1);
  return last ? { ...state, answered: state.answered.slice(0, -1), at: asking(state, last.question) } : state;
}

const asking = ({ findings }: OutageCase, question: OutageQuestion): OutageState['at'] => ({
  kind: 'question',
  question,
  known: knownAnswer(question, findings) ?? null,
});

function goOn(outage: OutageCase, before: readonly OutageAnswered[], first: string): OutageState {
  const { procedure, contacts, findings, now, timeZone } = outage;
  const same = { procedure, contacts, findings, now, timeZone };
  const answered = [...before];
  let next = first;
  for (;;) {
    const question = procedure.questions.find(({ code }) => code === next);
    // A question that was asked already would be asked for ever: networks are checked, an old file may not be.
    if (!question || answered.some((one) => one.question.code === next)) {
      return { ...same, answered, at: { kind: 'end', end: endAt(same, next) } };
    }
    const answer = knownAnswer(question, findings);
    if (!answer) return { ...same, answered, at: asking(same, question) };
    answered.push({ question, answer, by: 'machine' });
    next = question[answer].next;
  }
}

/** The action behind a code: a contact that does not answer now hands on to the next one, at last to the offline desk. */
function endAt({ contacts, now, timeZone }: OutageCase, first: string): OutageEnd {
  const closed: OutageClosed[] = [];
  for (let next = first; ;) {
    const contact = contacts.find(({ code }) => code === next);
    if (!contact || closed.some((one) => one.contact === contact)) {
      return { kind: next === 'wait' ? 'wait' : 'offline', closed };
    }
    const calls = contact.phones.map((phone) => callOf(contact, phone, now, timeZone));
    const answersNow = calls.length > 0 ? calls.some((one) => one.answersNow) : answersAt(contact.hours, now, timeZone);
    if (answersNow && (calls.length > 0 || contact.ticket === undefined))
      return { kind: 'call', contact, calls, closed };
    const opens = answersNow ? null : opensNext(contact, now, timeZone);
    const missed = answersNow ? closed : [...closed, { contact, opens }];
    if (contact.ticket !== undefined) return { kind: 'ticket', contact, url: contact.ticket, closed: missed };
    closed.push({ contact, opens });
    next = contact.closed ?? 'offline';
  }
}

function callOf(
  contact: OutageContact,
  phone: OutageContact['phones'][number],
  now: Instant,
  timeZone: string,
): OutageCall {
  const hours = hoursOf(contact, phone);
  const today = rangesToday(hours, now, timeZone);
  return { number: phone.number, name: phone.name ?? null, today, answersNow: answersAt(hours, now, timeZone) };
}

/** When the first of its numbers answers again; null: never. */
function opensNext(contact: OutageContact, now: Instant, timeZone: string): Instant | null {
  const weeks = contact.phones.length > 0 ? contact.phones.map((phone) => hoursOf(contact, phone)) : [contact.hours];
  const moments = weeks.flatMap((hours) => (hours ? (answersNext(hours, now, timeZone) ?? []) : []));
  return moments.length > 0 ? Math.min(...moments) : null;
}
