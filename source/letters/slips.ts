import type {
  InstructionSlipFacts,
  HoldSlipFacts,
  PickSlipFacts,
  ItemSlipFacts,
  SlipItem,
  TransitSlipFacts,
  WorkOrderSlipFacts,
} from './facts.ts';
import { namedIn } from '../language/named.ts';
import { centred, clean, labelled, poster, rule } from './layout.ts';
import type { Paper } from './paper.ts';

type Pairs = readonly (readonly [string, string])[];

/** `BU Sciences (sci)`: the name for people, the code for the crate. */
function libraryName(code: string, { say }: Paper): string {
  const name = say.library(code);
  return clean(name === code ? code : `${name} (${code})`);
}

function departmentName(library: string, code: string, { network }: Paper): string {
  const found = network?.libraries.find((one) => one.code === library)?.departments.find((one) => one.code === code);
  return clean(found?.name ?? '');
}

/** `Salle (sci/63S)`; the code alone where the network has no other name for it. */
function locationName(location: string, { network }: Paper): string {
  const [library, code] = location.split('/');
  const found = network?.libraries.find((one) => one.code === library)?.locations.find((one) => one.code === code);
  return clean(found === undefined || found.name === code ? location : `${found.name} (${location})`);
}

/** What is known of an item; the description, where there is one, names the volume. */
function itemPairs(item: SlipItem, paper: Paper, owner = true): Pairs {
  const { label } = paper.words;
  return [
    [label.title, clean([item.title, item.author ?? ''].filter((one) => one !== '').join(' / '))],
    [label.volume, clean(item.description ?? '')],
    [label.barcode, clean(item.barcode)],
    [label.callNumber, clean(item.callNumber ?? '')],
    [label.location, locationName(item.location ?? '', paper)],
    [label.owner, owner ? libraryName(item.library, paper) : ''],
  ];
}

/** What kind of treatment it is, in words where there are some. */
const treatmentName = (type: string | null | undefined, { words }: Paper): string =>
  clean(namedIn(words.treatment, type ?? ''));

const requestText = (request: number | null | undefined): string => (request == null ? '' : String(request));

/** A slip: what is written large, then what it is about, then when it was printed. */
function slip(large: readonly string[], pairs: Pairs, at: number, paper: Paper): string[] {
  const { columns, words } = paper;
  return [...large, ...labelled([...pairs, [words.label.printed, paper.moment(at)]], columns), rule(columns)];
}

/** The slip of a copy that is asked for (PICK-02): where it stands, for whom, where it goes. */
export function pickSlip(facts: PickSlipFacts, paper: Paper): string[] {
  const { library, item, requester, pickup, request, placedAt, note, at } = facts;
  const { words, columns, say } = paper;
  const goal = pickup === library ? words.poster.hold : say.library(pickup);
  return slip(
    poster(words.poster.pick, clean(item.callNumber ?? pickup), [clean(goal)], columns),
    [
      ...itemPairs(item, paper, false),
      [words.label.requester, clean(requester?.name ?? '')],
      [words.label.card, clean(requester?.identifier ?? '')],
      [words.label.request, requestText(request)],
      [words.label.placed, paper.moment(placedAt)],
      [words.label.note, clean(note ?? '')],
    ],
    at,
    paper,
  );
}

/** The slip of an item that travels: the code of its destination is read from a metre away (RET-03, SCAN-03). */
export function transitSlip(facts: TransitSlipFacts, paper: Paper): string[] {
  const { from, to, department, item, requester, request, type, note, at } = facts;
  const { words, columns, say } = paper;
  const forRequest = requester != null || request != null;
  const inside = department == null ? '' : departmentName(to, department, paper) || clean(department);
  const why = forRequest ? words.poster.forRequest : department == null ? words.poster.home : inside;
  return slip(
    poster(words.poster.transit, clean(to), [clean(say.library(to)), why], columns),
    [
      [words.label.from, libraryName(from, paper)],
      [words.label.requester, clean(requester?.name ?? '')],
      [words.label.card, clean(requester?.identifier ?? '')],
      [words.label.request, requestText(request)],
      [words.label.treatment, treatmentName(type, paper)],
      [words.label.note, clean(note ?? '')],
      ...itemPairs(item, paper, item.library !== to),
    ],
    at,
    paper,
  );
}

/** The slip of an item on the hold shelf: for whom, and until when (SCAN-03). */
export function holdSlip({ library, item, requester, until, request, at }: HoldSlipFacts, paper: Paper): string[] {
  const { words, columns, say } = paper;
  const name = clean(requester.name);
  return slip(
    poster(
      words.poster.hold,
      name,
      [until === null ? '' : words.poster.until(paper.day(until)), clean(say.library(library))],
      columns,
    ),
    [
      [words.label.requester, name],
      [words.label.card, clean(requester.identifier ?? '')],
      [words.label.request, requestText(request)],
      ...itemPairs(item, paper, item.library !== library),
    ],
    at,
    paper,
  );
}

/** The slip of an item that is to be treated (ITEM-01): where, what, and what was said about it. */
export function workOrderSlip(facts: WorkOrderSlipFacts, paper: Paper): string[] {
  const { library, department, item, type, note, orderedBy, at } = facts;
  const { words, columns, say } = paper;
  const name = departmentName(library, department, paper);
  return slip(
    poster(words.poster.department, clean(department), [name, clean(say.library(library))], columns),
    [
      [words.label.treatment, treatmentName(type, paper)],
      [words.label.note, clean(note ?? '')],
      [words.label.orderedBy, clean(orderedBy ?? '')],
      ...itemPairs(item, paper, item.library !== library),
    ],
    at,
    paper,
  );
}

/** An item with its loan, from a line of a list (TAB-04 *print slip*). */
export function itemSlip({ library, item, loan, at }: ItemSlipFacts, paper: Paper): string[] {
  const { words, columns, desk, say } = paper;
  const late = loan !== null && loan.daysLate > 0 ? ` (${desk.daysLate(loan.daysLate)})` : '';
  const about: Pairs =
    loan === null
      ? [[words.label.status, words.notOnLoan]]
      : [
          [words.label.patron, clean(loan.patron?.name ?? '')],
          [words.label.card, clean(loan.patron?.identifier ?? '')],
          [words.label.lent, paper.moment(loan.loanedAt)],
          [words.label.due, `${paper.moment(loan.due)}${late}`],
          [words.label.status, desk.loanStatus[loan.status]],
        ];
  return slip(
    [...centred(clean(say.library(library)), columns), ...centred(words.title.item, columns), rule(columns)],
    [...itemPairs(item, paper), ...about],
    at,
    paper,
  );
}

/** The slip for what a return or a scan has answered (SCAN-03); null where the item goes back to its shelf. */
export function instructionSlip(facts: InstructionSlipFacts, paper: Paper): string[] | null {
  const { at, here, item, destination, department, requester, workOrder, heldUntil: until, request = null } = facts;
  const person = { name: requester ?? '', identifier: facts.requesterCard };
  const order = { type: workOrder?.type ?? null, note: workOrder?.note ?? null };
  switch (facts.next) {
    case 'reshelve':
      return null;
    case 'hold-shelf':
      return holdSlip({ at, library: here, item, requester: person, until, request }, paper);
    case 'transit': {
      const to = destination ?? item.library;
      return transitSlip(
        { at, from: here, to, department, item, requester: requester === null ? null : person, request, ...order },
        paper,
      );
    }
    case 'department':
      return workOrderSlip({ at, library: here, department: department ?? destination ?? '', item, ...order }, paper);
  }
}
