import { OUTAGE_ACTIONS, SHIPPED_CONTACT_CODES } from '../../circulation/outage.ts';
import type { Finding } from './issues.ts';
import { finding } from './issues.ts';
import type { Spot, TextSpot } from './path.ts';
import { entriesOf, isMapping, pathText, textOf, textsOf, under } from './path.ts';
import { isCode } from './values.ts';

/** A step and where it may lead: the codes, where they stand. */
type Step = { readonly code: string; readonly spot: Spot; readonly leads: readonly TextSpot[] };

const leadsOf = (step: Spot, key: string): TextSpot[] => {
  const exit = under(step, key);
  return textsOf(isMapping(exit.value) ? under(exit, 'next') : exit);
};

const stepsOf = (list: Spot, keys: readonly string[]): Step[] =>
  entriesOf(list).flatMap((entry) => {
    const spot = under(entry, 'code');
    const code = textOf(spot);
    return code === undefined ? [] : [{ code, spot, leads: keys.flatMap((key) => leadsOf(entry, key)) }];
  });

function unknownSteps(spots: readonly TextSpot[], allowed: readonly string[]): Finding[] {
  return spots
    .filter(({ value }) => isCode(value) && !allowed.includes(value))
    .map(({ path, value }) => finding(path, { problem: 'unknown-code', kind: 'outage-step', found: value, allowed }));
}

function repeatedSteps(steps: readonly Step[]): Finding[] {
  const first = new Map<string, string>();
  const actions: readonly string[] = OUTAGE_ACTIONS;
  return steps.flatMap(({ code, spot }) => {
    if (actions.includes(code)) return [finding(spot.path, { problem: 'reserved-code', found: code })];
    const before = first.get(code);
    if (before === undefined) first.set(code, pathText(spot.path));
    return before === undefined
      ? []
      : [finding(spot.path, { problem: 'duplicate-code', kind: 'outage-step', found: code, first: before })];
  });
}

/** More steps than a file may have: the schema says so. */
const TOO_MANY = 200;

/** The first way that comes back to where it was, at the place that leads back; each step is gone through once. */
function circles(steps: readonly Step[]): Finding[] {
  if (steps.length > TOO_MANY) return [];
  const byCode = new Map(steps.map((step) => [step.code, step]));
  const done = new Set<string>();
  const walk = (step: Step, way: readonly string[]): Finding[] => {
    if (done.has(step.code)) return [];
    const here = [...way, step.code];
    const found = step.leads.flatMap(({ path, value }) => {
      const at = here.indexOf(value);
      if (at >= 0) return [finding(path, { problem: 'goes-in-circles', found: [...here.slice(at), value] })];
      const next = byCode.get(value);
      return next ? walk(next, here) : [];
    });
    done.add(step.code);
    return found;
  };
  return steps.flatMap((step) => walk(step, []));
}

/** Steps of an outage procedure that nothing defines, that are given twice, or that lead back to themselves (OUT-01). */
export function outageFindings(root: Spot): Finding[] {
  const outage = under(root, 'outage');
  const procedure = under(outage, 'procedure');
  const questions = stepsOf(under(procedure, 'questions'), ['yes', 'no']);
  const contacts = stepsOf(under(outage, 'contacts'), ['closed']);
  const ends = [...contacts.map(({ code }) => code), ...SHIPPED_CONTACT_CODES];
  const allowed = [...new Set([...ends, ...OUTAGE_ACTIONS])];
  const all = [...new Set([...questions.map(({ code }) => code), ...allowed])];
  const begin = textsOf(under(procedure, 'begin'));
  const steps = [...questions, ...contacts];
  return [
    ...repeatedSteps(steps),
    ...unknownSteps(
      begin,
      questions.map(({ code }) => code),
    ),
    ...unknownSteps(
      questions.flatMap(({ leads }) => leads),
      all,
    ),
    ...unknownSteps(
      contacts.flatMap(({ leads }) => leads),
      allowed,
    ),
    ...circles(steps),
  ];
}
