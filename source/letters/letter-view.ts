import { clearanceNumber } from '../circulation/letters.ts';
import type {
  DueDatesLetter,
  Letter,
  LetterFacts,
  LetterKind,
  LetterLoan,
  LetterPatron,
  NoticeLetter,
  PlainCode,
  PostalAddress,
} from '../circulation/letters.ts';
import type { Library, Network } from '../circulation/network.ts';
import { PASSWORD_PARTS } from '../circulation/passwords.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { wordsIn } from '../language/index.ts';
import type { Language } from '../language/index.ts';
import type { LetterWords } from '../language/letter-words.ts';
import { sayingIn } from '../language/saying.ts';
import { clearancePairs, clearanceSaid } from './clearance-said.ts';
import { clean } from './layout.ts';
import { uploadView } from './upload-view.ts';

/** What a template may name: texts that are ready to be read (no control characters), numbers, lists of them. */
export type View = { readonly [name: string]: ViewValue };
export type ViewValue = string | number | boolean | null | View | readonly ViewValue[];

/** What facts are put into words with. `network` null: codes stand for names. */
export type ViewTools = {
  readonly language: Language;
  readonly network: Network | null;
  readonly timeZone: string;
  /** Of an identity message that leaves now. */
  readonly code?: PlainCode | undefined;
  /** It is read on paper: nobody can answer to that. */
  readonly onPaper?: boolean;
};

/** The tools with what they have at hand. */
type Pen = ViewTools & {
  readonly words: LetterWords;
  readonly name: (library: string) => string;
  readonly day: (instant: Instant) => string;
  readonly dayText: (day: Day | null) => string | null;
  readonly hour: (instant: Instant) => string;
  readonly text: (text: string | null) => string | null;
};

function penFor(tools: ViewTools): Pen {
  const { language, network, timeZone } = tools;
  const say = sayingIn(network, language, timeZone);
  return {
    ...tools,
    words: wordsIn(language).letters,
    name: (library) => clean(say.library(library)),
    day: (instant) => say.dates.day(dayOf(instant, timeZone)),
    dayText: (day) => (day === null ? null : say.dates.day(day)),
    hour: (instant) => say.dates.hour(instant),
    text: (text) => (text === null || text.trim() === '' ? null : clean(text)),
  };
}

const patronView = ({ lastName, firstName, identifier }: LetterPatron): View => ({
  name: clean(`${firstName} ${lastName}`),
  lastName: clean(lastName),
  firstName: clean(firstName),
  identifier: clean(identifier),
});

/** `Title / Author · volume`. */
function nameOf(one: { title: string; author: string | null; description: string | null }): string {
  const named = [one.title, one.author].filter((part) => part !== null && part !== '').join(' / ');
  return clean([named, one.description].filter((part) => part !== null && part !== '').join(' · '));
}

const loanView = (loan: LetterLoan, pen: Pen): View => ({
  name: nameOf(loan),
  title: clean(loan.title),
  author: pen.text(loan.author),
  description: pen.text(loan.description),
  callNumber: pen.text(loan.callNumber),
  barcode: clean(loan.barcode),
  library: pen.name(loan.library),
  loaned: pen.day(loan.loanedAt),
  due: pen.day(loan.due),
  dueHour: pen.hour(loan.due),
  daysLate: loan.daysLate,
});

/** Names in loans that only some letters have: everywhere, so that one list template shows them all. */
const NOTHING_MORE = { before: null, beforeHour: null, returned: null, returnedHour: null, notRenewed: null };

const loansView = (loans: readonly LetterLoan[], pen: Pen, more: (at: number) => View = () => ({})): View[] =>
  loans.map((loan, at) => ({ ...loanView(loan, pen), ...NOTHING_MORE, ...more(at) }));

const movedLoans = ({ loans }: DueDatesLetter, pen: Pen): View[] =>
  loansView(loans, pen, (at) => {
    const before = loans[at]?.before ?? 0;
    return { before: pen.day(before), beforeHour: pen.hour(before) };
  });

/** The name of a desk (`LIBRARY/DESK`) and of its library; nothing where it is none. */
function deskView(desk: string, { network, name }: Pen): View {
  const [code = '', place] = desk.split('/');
  const library = network?.libraries.find((one) => one.code === code);
  const named = library?.desks.find((one) => one.code === place)?.name;
  return { name: named === undefined ? null : clean(named), library: place === undefined ? null : name(code) };
}

function postalView(patron: LetterPatron, postal: PostalAddress | null): ViewValue {
  if (postal === null) return null;
  const town = [postal.postalCode, postal.city].filter((one) => one !== null && one !== '').join(' ');
  const lines = [`${patron.firstName} ${patron.lastName}`, ...postal.lines, town, postal.country ?? ''];
  return lines.map(clean).filter((one) => one !== '');
}

/** Why a loan has not been renewed by itself (REN-10), as a sentence's end. */
function reasonOf(reason: string, { words }: Pen): string {
  const known: Readonly<Record<string, string>> = words.notRenewed;
  return known[reason] ?? words.notRenewedOtherwise;
}

function noticeView(facts: NoticeLetter, pen: Pen): View {
  const reasons = new Map(facts.notRenewed.map((one) => [one.barcode, reasonOf(one.reason, pen)]));
  const loans = loansView(facts.loans, pen, (at) => ({
    notRenewed: reasons.get(facts.loans[at]?.barcode ?? '') ?? null,
  }));
  return {
    loans,
    dueDay: pen.dayText(facts.dueDay),
    notRenewed: loans.filter((one) => one['notRenewed'] !== null),
    postal: postalView(facts.patron, facts.postal),
  };
}

/** A library as letters end with it; what it has not is null. */
function contactView(library: Library): View {
  const { contact, notices } = library;
  const email = notices.replyTo ?? notices.sender ?? null;
  return {
    name: clean(library.name),
    address: (contact?.address ?? []).map(clean),
    phone: contact?.phone === undefined ? null : clean(contact.phone),
    web: contact?.web === undefined ? null : clean(contact.web),
    email: email === null ? null : clean(email),
  };
}

const noContact = (name: string): View => ({ name: clean(name), address: [], phone: null, web: null, email: null });

/** The library of a code with where it is; of one that the network no longer has, its code. */
function libraryView(code: string, { network }: Pen): View {
  const library = network?.libraries.find((one) => one.code === code);
  return library ? contactView(library) : noContact(code);
}

/** What each kind of letter says beside what all of them do. */
const VIEWS: { readonly [Kind in LetterKind]: (facts: LetterFacts[Kind], pen: Pen) => View } = {
  'loan-receipt': ({ at, desk, loans }, pen) => ({
    at: pen.day(at),
    hour: pen.hour(at),
    desk: deskView(desk, pen),
    loans: loansView(loans, pen),
  }),
  'return-receipt': ({ at, desk, returns, blockedUntil }, pen) => ({
    at: pen.day(at),
    hour: pen.hour(at),
    desk: deskView(desk, pen),
    loans: loansView(returns, pen, (index) => {
      const returned = returns[index]?.returnedAt ?? at;
      return { returned: pen.day(returned), returnedHour: pen.hour(returned) };
    }),
    blockedUntil: pen.dayText(blockedUntil),
  }),
  'activity-report': ({ at, libraries }, pen) => {
    const all = libraries.flatMap(({ loans }) => loans);
    const late = all.filter((one) => isLate(one, at)).toSorted((one, other) => one.due - other.due);
    const sections = libraries
      .map(({ library, loans }) => ({ library, loans: loans.filter((one) => !isLate(one, at)) }))
      .filter(({ loans }) => loans.length > 0);
    return {
      at: pen.day(at),
      total: all.length,
      late: loansView(late, pen),
      libraries: sections.map(({ library, loans }) => ({ name: pen.name(library), loans: loansView(loans, pen) })),
    };
  },
  'requests-report': ({ at, requests }, pen) => ({
    at: pen.day(at),
    requests: requests.map((one) => ({
      name: nameOf(one),
      pickup: pen.name(one.pickup),
      placed: pen.day(one.placedAt),
      state: one.state,
      heldUntil: pen.dayText(one.heldUntil),
    })),
  }),
  'hold-available': requestView,
  'hold-reminder': requestView,
  'request-cancelled': requestView,
  recalled: loanLetterView,
  'recall-cancelled': loanLetterView,
  'due-date-changed': (facts, pen) => ({ because: facts.because, loans: movedLoans(facts, pen) }),
  courtesy: noticeView,
  'due-today': noticeView,
  'overdue-1': noticeView,
  'overdue-2': noticeView,
  'overdue-3': noticeView,
  'lost-item-bill': noticeView,
  quitus: (facts, { language }) => ({
    number: clearanceNumber(facts),
    about: clearancePairs(facts, language).map(([label, value]) => ({ label, value })),
    ...clearanceSaid(facts, language),
  }),
  identity: (_facts, pen) => {
    const { words, code, language, network, timeZone } = pen;
    const parts = PASSWORD_PARTS.map((part) => words.passwordParts[part]);
    const until = code ? sayingIn(network, language, timeZone).dates.dated(code.expires) : null;
    return {
      code: code?.code ?? words.identity.hidden,
      until,
      password: new Intl.ListFormat(language, { type: 'conjunction' }).format(parts),
    };
  },
  'pre-registered': ({ library, until }, pen) => ({ place: libraryView(library, pen), until: pen.dayText(until) }),
  'registered-already': ({ library, standing }, pen) => ({ place: libraryView(library, pen), standing }),
  'job-report': (facts, pen) => {
    const { jobs } = wordsIn(pen.language);
    return {
      job: clean(jobs.name(facts.job)),
      day: pen.dayText(facts.day),
      begun: `${pen.day(facts.startedAt)}, ${pen.hour(facts.startedAt)}`,
      ended: `${pen.day(facts.endedAt)}, ${pen.hour(facts.endedAt)}`,
      figures: Object.entries(facts.counters).map(([figure, count]) => ({ name: clean(jobs.figure(figure)), count })),
      problems: facts.problems.map(({ problem, count }) => ({ name: clean(jobs.problem(problem)), count })),
      error: pen.text(facts.error),
    };
  },
  'upload-report': (facts, pen) => ({ ...uploadView(facts, pen), desk: deskView(facts.desk, pen) }),
};

const isLate = (loan: LetterLoan, at: Instant): boolean => loan.daysLate > 0 || loan.due < at;

function requestView(facts: LetterFacts['hold-available'], pen: Pen): View {
  return {
    name: nameOf(facts),
    title: clean(facts.title),
    pickup: libraryView(facts.pickup, pen),
    placed: pen.day(facts.placedAt),
    heldUntil: pen.dayText(facts.heldUntil),
    closing: facts.closing,
    reason: pen.text(facts.reason),
  };
}

function loanLetterView({ loan }: LetterFacts['recalled'], pen: Pen): View {
  return { loans: loansView([loan], pen) };
}

/** Who writes: the owning library (LET-03); where there are several, the network, whom nobody can answer. */
export function writerView(library: string | null, tools: ViewTools): View {
  const { network } = tools;
  return library === null ? noContact(network?.name ?? '') : libraryView(library, penFor(tools));
}

/**
 * Everything that the templates of a letter may name: what its kind says, `patron`, `library` (the writer), `network`,
 * `language`, `canAnswer`, `onPaper` and `date`, the day on which it was written. Everything from records is cleaned (REL-06).
 */
export function viewOf(letter: Letter, tools: ViewTools): View {
  const pen = penFor(tools);
  const { facts, kind, library, createdAt } = letter;
  const said = (VIEWS[kind] as (facts: unknown, pen: Pen) => View)(facts, pen);
  const writer = writerView(library, tools);
  return {
    ...said,
    patron: 'patron' in facts ? patronView(facts.patron) : null,
    library: writer,
    network: { name: clean('network' in facts ? facts.network : (tools.network?.name ?? '')) },
    language: tools.language,
    onPaper: tools.onPaper === true || letter.channel === 'paper',
    canAnswer: writer['email'] !== null,
    date: pen.day(createdAt),
  };
}
