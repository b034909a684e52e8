import type { Network } from './network.ts';
import { mayBorrow, termsFor } from './rules.ts';
import type { RuleSubject } from './rules.ts';
import type { Day } from './time.ts';

/** A network says the same of the same thing all day long, and lists ask of the same things again and again. */
const known = new WeakMap<Network, { readonly day: Day; readonly answers: Map<string, boolean> }>();

/**
 * Whether anybody may borrow what stands there on that local day: some group for which the rules allow it (CONF-02, BLK-11).
 * What nobody may borrow is consulted where it is (KIO-01).
 */
export function isLoanable(network: Network, subject: Omit<RuleSubject, 'group'>, day: Day): boolean {
  const before = known.get(network);
  const { answers } = before?.day === day ? before : { answers: new Map<string, boolean>() };
  if (before?.day !== day) known.set(network, { day, answers });
  const key = [subject.location, subject.material, subject.policy ?? ''].join('\u0001');
  const answered = answers.get(key);
  if (answered !== undefined) return answered;
  const answer = network.groups.some(({ code: group }) => {
    const asked = { ...subject, group };
    return mayBorrow(network, asked, day) && termsFor(network, asked, day).loanable;
  });
  answers.set(key, answer);
  return answer;
}
