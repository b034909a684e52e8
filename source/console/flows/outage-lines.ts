import type { OutageFindings, OutageProbe, OutageQuestion, Reach, StatusPageFound } from '../../circulation/outage.ts';
import type { OutageCall, OutageEnd, OutageState } from '../../offline/outage/engine.ts';
import type { Words } from '../../circulation/network.ts';
import { breakLines } from '../../language/fit.ts';
import { printable } from '../../language/printable.ts';
import { ACTIVE_MINUTES } from '../outage-means.ts';
import type { Runtime } from '../runtime.ts';

/** Left of a prompt's lines, and a margin. */
const INDENT = 5;

/** A text of the procedure in the reader's language, safe to show. */
export const textIn = (runtime: Runtime, words: Words): string => printable(words[runtime.store.get().language]);

/** Breaks lines for a prompt; a long address is broken, nothing is lost. */
export const fitted = (runtime: Runtime, lines: readonly string[]): string[] =>
  lines.flatMap((line) => breakLines(line, runtime.store.get().columns - INDENT));

function reachText(runtime: Runtime, site: string, reach: Reach): string {
  const words = runtime.words().outage.found;
  switch (reach.kind) {
    case 'answered':
      return reach.status < 400 ? words.answers(site) : words.error(site, reach.status);
    case 'silent':
      return words.silent(site);
    case 'unreachable':
      return words.unreachable(site, reach.because);
    case 'astray':
      return words.astray(site);
  }
}

function pageLines(runtime: Runtime, page: StatusPageFound): string[] {
  const { found, indicator } = runtime.words().outage;
  const name = printable(page.name);
  if (page.says) return [found.says(name, indicator[page.says.indicator], printable(page.says.description))];
  return [found.look(reachText(runtime, name, page.reach)), `  ${printable(page.url)}`];
}

function deskLines(runtime: Runtime, { otherDesks }: OutageFindings): string[] {
  const words = runtime.words().outage.found;
  if (otherDesks?.kind === 'active') {
    const desks = otherDesks.desks.map(({ desk, at }) => words.desk(printable(desk), runtime.dates().hour(at)));
    return [words.desks(desks.join(', '))];
  }
  return otherDesks ? [otherDesks.kind === 'quiet' ? words.desksQuiet(ACTIVE_MINUTES) : words.desksUnknown] : [];
}

/** What a probe has found, in sentences; none: it is not made here, or not yet. */
export function findingLines(runtime: Runtime, probe: OutageProbe, findings: OutageFindings): string[] {
  const { found } = runtime.words().outage;
  const { database, outsideSite, statusPages = [] } = findings;
  switch (probe) {
    case 'database': {
      if (!database) return [];
      if (database.kind === 'reachable') return [found.database];
      const because: Readonly<Record<string, string>> = runtime.words().refusal.awayBecause;
      return [found.databaseAway(because[database.because] ?? printable(database.because))];
    }
    case 'other-desks':
      return deskLines(runtime, findings);
    case 'outside-site':
      return outsideSite ? [reachText(runtime, printable(outsideSite.url), outsideSite.reach)] : [];
    case 'status-pages':
      return statusPages.flatMap((page) => pageLines(runtime, page));
  }
}

/** What has been answered so far, by whom; nothing while nothing has. */
function trail(runtime: Runtime, { answered }: OutageState): string[] {
  const words = runtime.words().outage;
  if (answered.length === 0) return [];
  const steps = answered.map((one) =>
    words.step(printable(one.question.code), words.answer[one.answer], one.by === 'machine'),
  );
  return ['', words.soFar(steps.join(', '))];
}

/** What the last answer means. */
function meaning(runtime: Runtime, { answered }: OutageState): string[] {
  const last = answered.at(-1);
  const says = last?.question[last.answer].says;
  return says ? [textIn(runtime, says)] : [];
}

/** A question: its remark, what this station has found out about it, what has been answered before. */
export function questionLines(runtime: Runtime, state: OutageState, question: OutageQuestion): string[] {
  const words = runtime.words().outage;
  const found = question.probe ? findingLines(runtime, question.probe, state.findings) : [];
  const known = state.at.kind === 'question' ? state.at.known : null;
  return fitted(runtime, [
    ...meaning(runtime, state),
    ...(question.remark ? [textIn(runtime, question.remark)] : []),
    ...(question.probe ? [words.here, ...(found.length > 0 ? found : [words.found.nothing])] : []),
    ...(known ? [words.known(words.answer[known])] : []),
    ...trail(runtime, state),
  ]);
}

const DAY = 86_400_000;

function hoursText(runtime: Runtime, { today, answersNow }: OutageCall): string {
  const words = runtime.words().outage;
  if (today === null) return words.always;
  if (today.length === 0) return words.notToday;
  const hour = (instant: number): string => runtime.dates().hour(instant);
  const ranges = today.map(({ from, to }) => `${hour(from)}-${hour(to)}`).join(', ');
  // From midnight to midnight, on a day of 23 or 25 hours too.
  const [only] = today;
  const whole =
    today.length === 1 && only && only.to - only.from > DAY - 7_200_000 && hour(only.from) === hour(only.to);
  const said = words.today(whole ? words.allDay : ranges);
  return answersNow ? said : `${said} · ${words.notNow}`;
}

function actionLines(runtime: Runtime, state: OutageState, end: OutageEnd): string[] {
  const words = runtime.words().outage;
  switch (end.kind) {
    case 'wait':
      return [];
    case 'offline':
      return [textIn(runtime, state.procedure.offline)];
    case 'ticket':
      return [words.ticketAt(printable(end.url))];
    case 'call': {
      const { contact, calls } = end;
      const numbers = calls.map((call) =>
        words.number(printable(call.number), call.name ? textIn(runtime, call.name) : '', hoursText(runtime, call)),
      );
      return [
        ...(numbers.length > 0 ? numbers : [words.noNumber]),
        ...(contact.ticket === undefined ? [] : [words.orTicket(printable(contact.ticket))]),
      ];
    }
  }
}

/** The end: what to do, who does not answer now, and why it came to this. `letter`: of working offline, where one is not yet. */
export function endLines(runtime: Runtime, state: OutageState, end: OutageEnd, letter: string | undefined): string[] {
  const words = runtime.words().outage;
  const contact = end.kind === 'call' || end.kind === 'ticket' ? end.contact : undefined;
  return fitted(runtime, [
    ...actionLines(runtime, state, end),
    ...end.closed.map((one) =>
      words.closed(textIn(runtime, one.contact.name), one.opens === null ? null : runtime.dates().moment(one.opens)),
    ),
    ...meaning(runtime, state),
    ...(contact?.remark ? [textIn(runtime, contact.remark)] : []),
    ...(letter === undefined || end.kind === 'offline' ? [] : [words.meanwhile(letter)]),
    ...trail(runtime, state),
  ]);
}
