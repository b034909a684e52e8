import type { Library, Network } from './network.ts';
import { against, requestable, standingOf } from './requested-copy.ts';
import type { Against, CopyFacts, Wanted } from './requested-copy.ts';
import type { Day } from './time.ts';

/** What is done for a request that waits (REQ-07, REQ-08). */
export type Task = 'pick' | 'recall' | 'reception' | 'wait';

/** A request that waits, as the planner looks at it. */
export type RequestFacts = Wanted & {
  readonly id: number;
  readonly patronId: number | null;
  readonly pickup: string;
  /** Libraries that have passed it on in this round (PICK-05). */
  readonly skipped: readonly string[];
  /** What was planned before: it stays so as long as it can. Null: nothing yet. */
  readonly before: { readonly task: Task; readonly copy: number | null; readonly loan: number | null } | null;
};

export type FillingFacts = {
  readonly network: Network;
  readonly today: Day;
  /** Those that wait, in the order of the queue. */
  readonly requests: readonly RequestFacts[];
  /** Every copy of the title. */
  readonly copies: readonly CopyFacts[];
};

/** The rule by which a copy was taken (REQ-07). */
export type Because =
  | 'AT_PICKUP'
  | 'SAME_CAMPUS'
  | 'SAME_SITE'
  | 'DELIVERY'
  | 'LEFT_ON_SHELF'
  | 'ACQUIRED'
  | 'ON_ITS_WAY'
  | 'RECALLED'
  | 'FIRST_RETURNED';

/** What was made of a copy that was looked at. */
export type CopyWhy = 'CHOSEN' | 'FURTHER' | 'TAKEN' | 'HELD' | 'SKIPPED' | 'ON_LOAN_TO_REQUESTER' | Against;

/** A copy that was looked at, and why it was taken or not (CONF-03). */
export type LookedAt = {
  readonly copy: number;
  readonly why: CopyWhy;
  /** Days from where it stands to the pickup library. */
  readonly days: number;
  /** The request that has it, of `TAKEN` and `HELD`. */
  readonly request: number | null;
  /** The loan rule that says whether it may be requested. */
  readonly row: number | null;
};

/** What is planned for a request. */
export type Plan = {
  readonly request: number;
  readonly task: Task;
  readonly because: Because;
  /** The library that is asked: where a copy is to be taken from the shelves, or received. */
  readonly library: string | null;
  readonly copy: number | null;
  readonly loan: number | null;
  /** As it is to be remembered: empty when a new round has begun. */
  readonly skipped: readonly string[];
  readonly looked: readonly LookedAt[];
};

/** A library, unless it has gone from the network while something of others still stands there. */
const found = (network: Network, code: string): Library | undefined =>
  network.libraries.find((one) => one.code === code);

/** Days from a library to another; none to itself. */
export function deliveryDays(network: Network, from: string, to: string): number {
  if (from === to) return 0;
  const days = found(network, from)?.deliveryDays;
  return days?.[to] ?? days?.['default'] ?? 0;
}

/** How soon a copy that stands somewhere can be had: the smaller, the sooner (REQ-07). */
function nearness({ network }: FillingFacts, from: string, to: string): { tier: number; because: Because } {
  if (from === to) return { tier: 0, because: 'AT_PICKUP' };
  const [source, goal] = [found(network, from), found(network, to)];
  if (!source || !goal) return { tier: 2, because: 'DELIVERY' };
  if (network.routing === 'site')
    return source.site === goal.site ? { tier: 1, because: 'SAME_SITE' } : { tier: 2, because: 'DELIVERY' };
  return source.campus === goal.campus ? { tier: 1, because: 'SAME_CAMPUS' } : { tier: 2, because: 'DELIVERY' };
}

/** A copy that could fill a request. */
type Option = {
  readonly copy: CopyFacts;
  readonly standing: ReturnType<typeof standingOf>;
  readonly because: Because;
  /** Smaller goes first, compared one after the other. */
  readonly order: readonly number[];
};

const firstOf = (options: readonly Option[]): Option | undefined =>
  options.toSorted((one, other) => {
    const at = one.order.findIndex((value, index) => value !== other.order[index]);
    return at < 0 ? 0 : (one.order[at] ?? 0) - (other.order[at] ?? 0);
  })[0];

/** Plans the queue of one title; what earlier requests have taken is taken. */
class Planner {
  readonly #facts: FillingFacts;
  readonly #taken = new Map<number, number>();
  readonly #rank: ReadonlyMap<string, number>;
  /** Copies that were meant for somebody before: others leave them alone where they can. */
  readonly #meant: ReadonlyMap<number, number>;

  constructor(facts: FillingFacts) {
    this.#facts = facts;
    this.#rank = new Map(facts.network.libraries.map((one, index) => [one.code, index]));
    this.#meant = new Map(
      facts.requests.flatMap(({ id, before }) => (before?.copy == null ? [] : [[before.copy, id] as const])),
    );
  }

  /** Whether it was meant for another request: 1, else 0. */
  #ofAnother(request: RequestFacts, copy: CopyFacts): number {
    const other = this.#meant.get(copy.id);
    return other === undefined || other === request.id ? 0 : 1;
  }

  #option(request: RequestFacts, copy: CopyFacts): Option {
    const { network } = this.#facts;
    const standing = standingOf(copy);
    const other = this.#ofAnother(request, copy);
    if (standing === 'in-place' || standing === 'left') {
      const { tier, because } = nearness(this.#facts, copy.at, request.pickup);
      const days = deliveryDays(network, copy.at, request.pickup);
      const left = standing === 'left';
      const order = [tier, days, this.#rank.get(copy.at) ?? 0, other, left ? 0 : 1, copy.id];
      return { copy, standing, because: left ? 'LEFT_ON_SHELF' : because, order };
    }
    if (standing === 'treated') return { copy, standing, because: 'ACQUIRED', order: [other, copy.id] };
    if (standing === 'travelling') return { copy, standing, because: 'ON_ITS_WAY', order: [other, copy.id] };
    // The pickup library's own first, then whatever is away for longest (REQ-08).
    const own = copy.library === request.pickup ? 0 : 1;
    return { copy, standing, because: 'RECALLED', order: [other, own, -(copy.loan?.due ?? 0), copy.id] };
  }

  /** Why a copy cannot be had; undefined: it could. */
  #whyNot(request: RequestFacts, copy: CopyFacts): Pick<LookedAt, 'why' | 'request'> | undefined {
    const { network, today } = this.#facts;
    const why = against(network, today, request, copy, request.pickup);
    if (why) return { why, request: null };
    if (copy.assignedTo !== null) return { why: 'HELD', request: copy.assignedTo };
    const taker = this.#taken.get(copy.id);
    if (taker !== undefined) return { why: 'TAKEN', request: taker };
    const isOwn = copy.loan !== null && copy.loan.patronId === request.patronId;
    return isOwn ? { why: 'ON_LOAN_TO_REQUESTER', request: null } : undefined;
  }

  /** The best of those that stand somewhere; one that was asked for before stays. Libraries that passed come last (PICK-05). */
  #fromShelves(
    request: RequestFacts,
    options: readonly Option[],
  ): { option: Option; skipped: readonly string[] } | undefined {
    const standing = options.filter((one) => one.standing === 'in-place' || one.standing === 'left');
    const open = standing.filter((one) => !request.skipped.includes(one.copy.at));
    const kept = request.before?.task === 'pick' ? open.find((one) => one.copy.id === request.before?.copy) : undefined;
    const option = kept ?? firstOf(open);
    if (option) return { option, skipped: request.skipped };
    const again = firstOf(standing);
    return again && { option: again, skipped: [] };
  }

  #choose(
    request: RequestFacts,
    options: readonly Option[],
  ): { option: Option; skipped: readonly string[] } | undefined {
    const shelved = this.#fromShelves(request, options);
    if (shelved) return shelved;
    const { before, skipped } = request;
    const of = (standing: Option['standing']) => options.filter((one) => one.standing === standing);
    const recalled =
      before?.task === 'recall' ? of('on-loan').find((one) => one.copy.loan?.id === before.loan) : undefined;
    const kept = before && [...of('treated'), ...of('travelling')].find((one) => one.copy.id === before.copy);
    const option = recalled ?? kept ?? firstOf(of('treated')) ?? firstOf(of('travelling')) ?? firstOf(of('on-loan'));
    return option && { option, skipped };
  }

  plan(request: RequestFacts): Plan {
    const { network, today, copies } = this.#facts;
    const { id, pickup } = request;
    const refused = new Map(
      copies.flatMap((copy) => {
        const why = this.#whyNot(request, copy);
        return why ? [[copy.id, why] as const] : [];
      }),
    );
    const options = copies.flatMap((copy) => (refused.has(copy.id) ? [] : [this.#option(request, copy)]));
    const chosen = this.#choose(request, options);
    const copy = chosen?.option.copy;
    const skipped = chosen?.skipped ?? request.skipped;
    if (copy) this.#taken.set(copy.id, id);
    const looked = copies.map((one): LookedAt => {
      const isSkipped = standsSomewhere(one) && skipped.includes(one.at);
      const other = { why: isSkipped ? ('SKIPPED' as const) : ('FURTHER' as const), request: null };
      const said = one === copy ? { why: 'CHOSEN' as const, request: null } : (refused.get(one.id) ?? other);
      const { row } = requestable(network, today, one, request.group);
      return { copy: one.id, days: deliveryDays(network, one.at, pickup), row, ...said };
    });
    return { request: id, ...taskOf(chosen?.option), skipped, looked };
  }
}

const standsSomewhere = (copy: CopyFacts): boolean => ['in-place', 'left'].includes(standingOf(copy));

/** What has to be done to get a copy. */
function taskOf(option: Option | undefined): Pick<Plan, 'task' | 'because' | 'library' | 'copy' | 'loan'> {
  if (!option) return { task: 'wait', because: 'FIRST_RETURNED', library: null, copy: null, loan: null };
  const { copy, because, standing } = option;
  const about = { because, copy: copy.id, loan: null };
  switch (standing) {
    case 'treated':
      return { ...about, task: 'reception', library: copy.library };
    case 'travelling':
      return { ...about, task: 'wait', library: null };
    case 'on-loan':
      return { ...about, task: 'recall', library: null, loan: copy.loan?.id ?? null };
    default:
      return { ...about, task: 'pick', library: copy.at };
  }
}

/**
 * Who fills the requests for a title (REQ-05 to REQ-08, PICK-05): for each that waits, in turn, one task with the copy it
 * is about and what was made of every other. In place at the pickup library; at the same campus (or site, where the network
 * routes by it); elsewhere by the shortest delivery; then one being acquired or treated; then one on its way home; then a
 * loan is recalled, the pickup library's own first, else the furthest due; else it waits for whatever comes back first. One
 * copy serves one request. What was planned before stays while it can, so that no slip is printed in vain.
 */
export function planQueue(facts: FillingFacts): Plan[] {
  const planner = new Planner(facts);
  return facts.requests.map((request) => planner.plan(request));
}
