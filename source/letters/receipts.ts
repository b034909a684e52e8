import { libraryOf } from '../circulation/network.ts';
import { dayOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import { beside, centred, clean, hanging, rule } from './layout.ts';
import type {
  ActivityReportFacts,
  LoanReceiptFacts,
  PaperLibrary,
  PaperLoan,
  PaperPatron,
  RequestsReportFacts,
  ReturnReceiptFacts,
} from './facts.ts';
import type { Paper } from './paper.ts';

/** The name of a library; its code where the network has no name for it. */
const nameOf = (library: PaperLibrary): string => clean(library.name || library.code);

/** The name of a desk (`LIBRARY/DESK`) as its library has it; nothing where it is none. */
function deskName(desk: string, { network }: Paper): string {
  const [library, code] = desk.split('/');
  const found = network?.libraries.find((one) => one.code === library);
  return clean(found?.desks.find((one) => one.code === code)?.name ?? '');
}

/** The address for questions of a library, where the network has one. */
function addressOf(library: PaperLibrary | null, { network }: Paper): string | undefined {
  if (library === null || !network?.libraries.some((one) => one.code === library.code)) return undefined;
  const { replyTo, sender } = libraryOf(network, library.code).notices;
  return replyTo ?? sender;
}

/** Library, name of the paper, day and desk: above everything else. */
function heading(library: string, title: string, at: Instant, desk: string, paper: Paper): string[] {
  const { columns } = paper;
  return [
    ...(library === '' ? [] : [...centred(library, columns), '']),
    ...centred(title, columns),
    ...centred([paper.moment(at), desk].filter((one) => one !== '').join(' · '), columns),
    rule(columns),
  ];
}

/** Who the paper is for: name and the number of the card. */
function patronLines({ lastName, firstName, identifiers }: PaperPatron, { columns }: Paper): string[] {
  const number = (identifiers.find((one) => one.type === 'primary') ?? identifiers[0])?.value ?? '';
  return [...beside(clean(`${lastName} ${firstName}`), clean(number), columns, 0), rule(columns)];
}

/** `Title / Author · volume`, after its number, and below it what is said of the loan. */
function entry(
  number: number,
  loan: PaperLoan,
  said: readonly string[],
  paper: Paper,
  library: string | null,
): string[] {
  const name = [loan.title, loan.author].filter((one) => one !== null && one !== '').join(' / ');
  const title = [name, loan.description].filter((one) => one !== null && one !== '').join(' · ');
  const marks = [loan.barcode, loan.callNumber ?? '']
    .map(clean)
    .filter((one) => one !== '')
    .join(' · ');
  const inOneLine = beside(marks, said.join(' · '), paper.columns, 4);
  return [
    ...hanging(`${String(number).padStart(2)}  `, clean(title), paper.columns),
    ...(library === null ? [] : hanging('    ', library, paper.columns)),
    ...(inOneLine.length === 1 ? inOneLine : [marks, ...said].flatMap((one) => hanging('    ', one, paper.columns))),
  ];
}

/** What a loan says of its due date: late, recalled and lost ones say so first. */
function dueText({ due, late, daysLate, renewals, status }: PaperLoan, { words, desk, moment }: Paper): string[] {
  const marked = status === 'Recalled' || status === 'Lost' ? [desk.loanStatus[status]] : [];
  const renewed = renewals > 0 && !late && marked.length === 0 ? [words.renewed] : [];
  return [...marked, ...(late ? [words.late(daysLate)] : []), ...renewed, words.due(moment(due))];
}

function returnText({ returnedAt, late, daysLate }: PaperLoan, at: Instant, { words, moment }: Paper): string[] {
  const returned = words.returned(moment(returnedAt ?? at));
  return late ? [words.returnedLate(daysLate), returned] : [returned];
}

function footer(library: PaperLibrary | null, paper: Paper): string[] {
  const address = addressOf(library, paper);
  return address === undefined ? [] : ['', ...centred(paper.words.questions(clean(address)), paper.columns)];
}

/** Everything that the patron has, below what this paper is about; nothing where that is the same. */
function standing({ onLoan, late }: LoanReceiptFacts, shown: number, { words, columns }: Paper): string[] {
  if (onLoan === shown && late === 0) return [];
  return hanging('', onLoan === 0 ? words.nothingOnLoan : words.onLoan(onLoan, late), columns);
}

/** A library is named where it is not the one that the paper comes from. */
const elsewhere = (loan: PaperLoan, here: PaperLibrary | null): string | null =>
  loan.library.code === here?.code ? null : nameOf(loan.library);

/** The receipt of what was lent (TAB-07): every item with its due date and weekday. */
export function loanReceipt(facts: LoanReceiptFacts, paper: Paper): string[] {
  const { library, loans, patron, at, desk } = facts;
  const { words, columns } = paper;
  return [
    ...heading(library ? nameOf(library) : '', words.title.loanReceipt, at, deskName(desk, paper), paper),
    ...patronLines(patron, paper),
    ...loans.flatMap((loan, index) => entry(index + 1, loan, dueText(loan, paper), paper, elsewhere(loan, library))),
    ...(loans.length === 0 ? [] : [rule(columns)]),
    loans.length === 0 ? words.nothingLent : words.lentCount(loans.length),
    ...standing(facts, loans.length, paper),
    ...footer(library, paper),
  ];
}

/** The receipt of what came back (TAB-07), with the end of a suspension, if there is one (RET-02). */
export function returnReceipt(facts: ReturnReceiptFacts, paper: Paper): string[] {
  const { library, loans, patron, at, desk, blockedUntil } = facts;
  const { words, columns } = paper;
  return [
    ...heading(library ? nameOf(library) : '', words.title.returnReceipt, at, deskName(desk, paper), paper),
    ...patronLines(patron, paper),
    ...loans.flatMap((loan, index) =>
      entry(index + 1, loan, returnText(loan, at, paper), paper, elsewhere(loan, library)),
    ),
    ...(loans.length === 0 ? [] : [rule(columns)]),
    loans.length === 0 ? words.nothingReturned : words.returnedCount(loans.length),
    ...standing(facts, 0, paper),
    ...(blockedUntil === null ? [] : ['', ...hanging('', words.blockedUntil(paper.day(blockedUntil)), columns)]),
    ...footer(library, paper),
  ];
}

/** Everything on loan to a patron: late loans first, by themselves, then library by library (TAB-09, manual *Questions pratiques* 1.4). */
export function activityReport({ patron, at, total, late, libraries }: ActivityReportFacts, paper: Paper): string[] {
  const { words, columns } = paper;
  const all = libraries.flatMap(({ loans }) => loans);
  const lateLoans = all.filter((loan) => loan.late).toSorted((one, other) => one.due - other.due);
  const sections = libraries
    .map(({ library, loans }) => ({ library, loans: loans.filter((loan) => !loan.late) }))
    .filter(({ loans }) => loans.length > 0);
  const said = (loan: PaperLoan, index: number, library: string | null): string[] =>
    entry(index + 1, loan, dueText(loan, paper), paper, library);
  return [
    ...heading('', words.title.activity, at, '', paper),
    ...patronLines(patron, paper),
    ...hanging('', total === 0 ? words.nothingOnLoan : words.onLoan(total, late), columns),
    ...(lateLoans.length === 0 ? [] : ['', ...underlined(words.lateHeading(lateLoans.length), columns, '=')]),
    ...lateLoans.flatMap((loan, index) => said(loan, index, nameOf(loan.library))),
    ...sections.flatMap(({ library, loans }) => [
      '',
      ...underlined(words.libraryHeading(nameOf(library), loans.length), columns, '-'),
      ...loans.flatMap((loan, index) => said(loan, index, null)),
    ]),
  ];
}

function underlined(text: string, width: number, sign: string): string[] {
  return [...hanging('', text, width), rule(width, sign)];
}

/** Everything that a patron has asked for: what is ready first (TAB-09). */
export function requestsReport({ patron, at, total, lines }: RequestsReportFacts, paper: Paper): string[] {
  const { words, columns, say } = paper;
  const order = { 'on-shelf': 0, transit: 1, waiting: 2 } as const;
  const sorted = lines.toSorted((one, other) => order[one.state] - order[other.state]);
  const stateOf = (line: (typeof lines)[number]): string => {
    const library = nameOf(line.pickupLibrary);
    if (line.state === 'waiting') return words.requestState.waiting(library);
    if (line.state === 'transit') return words.requestState.travelling(library);
    return words.requestState.ready(library, line.heldUntil === null ? null : say.dates.day(line.heldUntil));
  };
  return [
    ...heading('', words.title.requests, at, '', paper),
    ...patronLines(patron, paper),
    ...sorted.flatMap((line, index) => [
      ...hanging(`${String(index + 1).padStart(2)}  `, clean(line.title), columns),
      ...hanging('    ', stateOf(line), columns),
      ...hanging('    ', words.placed(paper.day(dayOf(line.placedAt, paper.timeZone))), columns),
    ]),
    ...(lines.length === 0 ? [] : [rule(columns)]),
    total === 0 ? words.nothingRequested : words.requestCount(total),
  ];
}
