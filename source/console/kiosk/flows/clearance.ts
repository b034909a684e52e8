import { dayOf } from '../../../circulation/time.ts';
import type { Instant } from '../../../circulation/time.ts';
import { clearanceAgain, findForClearance, readClearance, requestClearance } from '../../../desk/kiosk-clearance.ts';
import type { ClearanceFound, KioskObstacle, Proof } from '../../../desk/kiosk-clearance.ts';
import { clearancePairs, clearanceSaid } from '../../../letters/index.ts';
import { BACK } from '../ui.ts';
import type { Visit } from '../visit.ts';
import { waitText } from './refusals.ts';
import { birthDayField, birthDayIn } from './register.ts';

type Found = Extract<ClearanceFound, { kind: 'found' }>;
/** Whose clearance it is: who has signed in, or who has shown a card and a birth date. */
type Whose = { readonly proof?: Proof };

/** What stands against a clearance, in the reader's words (QUI-01). */
function obstacleLines(visit: Visit, obstacles: readonly KioskObstacle[]): string[] {
  const { clearance: words, messages } = visit.words();
  const dates = visit.dates();
  return obstacles.flatMap((one) => {
    switch (one.code) {
      case 'OPEN_LOANS':
        return [
          words.obstacles.loans(one.count),
          ...one.loans.map((loan) => `  ${loan.title} · ${visit.library(loan.library)}`),
          '',
        ];
      case 'LATE_LOANS':
        return [words.obstacles.late(one.count), ''];
      case 'BLOCKED':
        return [...new Set(one.blocks.map((block) => words.obstacles.blocked(messages.block[block.type]))), ''];
      case 'ALREADY_ISSUED': {
        const when = one.issuedAt === null ? '' : dates.day(dayOf(one.issuedAt, visit.greeting().timeZone));
        return [words.obstacles.issued(when, one.address), ''];
      }
    }
  });
}

/** Finds the record by card number and birth date: the manual asks for the card alone, which shows a stranger's name and address (KIO-07). */
async function prove(visit: Visit): Promise<{ whose: Whose; found: Found } | undefined> {
  const { clearance: words, back, signIn } = visit.words();
  const answer = await visit.ui.form<{ whose: Whose; found: Found }>(
    {
      title: words.title,
      said: [words.said],
      back,
      submit: words.submit,
      direct: true,
      spec: {
        fields: [
          { kind: 'text', name: 'card', label: words.card, value: '', hint: words.cardHint, scannable: true },
          birthDayField(visit, words.birthDay),
        ],
        check: (values) => {
          const empty = ['card', 'birthDay'].find((name) => values[name] === '');
          return empty === undefined ? undefined : { field: empty, text: signIn.empty };
        },
      },
    },
    async (values) => {
      const started = visit.now();
      const card = typeof values['card'] === 'string' ? values['card'] : '';
      const proof = { card, birthDay: birthDayIn(visit, values) };
      const found = await visit.act(findForClearance, { proof });
      if (found.kind === 'found') return { done: { whose: { proof }, found } };
      await visit.beat(started);
      const text = found.kind === 'wait' ? waitText(visit, found.until) : words.notFound;
      return { problem: { field: 'card', text } };
    },
  );
  return answer === BACK ? undefined : answer;
}

async function own(visit: Visit): Promise<{ whose: Whose; found: Found } | undefined> {
  const found = await visit.act(findForClearance, {});
  if (found.kind === 'found') return { whose: {}, found };
  visit.tell('warning', visit.words().clearance.notFound);
  return undefined;
}

/** Why there is no document to be read or sent. */
function notThere(
  visit: Visit,
  answer: { readonly kind: 'wait'; readonly until: Instant } | { readonly kind: string },
) {
  if ('until' in answer) return waitText(visit, answer.until);
  return answer.kind === 'not-found' ? visit.words().clearance.notFound : visit.words().notDone;
}

/** The document, as its PDF says it, to be read here. */
async function showDocument(visit: Visit, whose: Whose): Promise<void> {
  const { clearance: words, back } = visit.words();
  const read = await visit.act(readClearance, whose);
  if (read.kind !== 'document') return visit.tell('warning', notThere(visit, read));
  const language = read.language === 'en' ? 'en' : 'fr';
  const { statement, scope, dated, signed } = clearanceSaid(read.facts, language);
  const lines = [
    ...clearancePairs(read.facts, language).map(([label, value]) => `${label} : ${value}`),
    '',
    statement,
    '',
    scope,
    '',
    dated,
    signed,
  ];
  await visit.ui.text({ title: words.documentTitle, lines, back });
}

/** The document offered again: to be read here, or sent once more (QUI-03). */
async function offerAgain(visit: Visit, whose: Whose, title: string, lines: readonly string[]): Promise<void> {
  for (;;) {
    const { clearance: words, back } = visit.words();
    const chosen = await visit.ui.text({
      title,
      lines,
      back,
      actions: [
        { id: 'read', key: words.readKey, label: words.read },
        { id: 'again', key: words.againKey, label: words.again },
      ],
    });
    if (chosen === BACK) return;
    if (chosen === 'read') await showDocument(visit, whose);
    else {
      const sent = await visit.act(clearanceAgain, whose);
      if (sent.kind === 'queued') visit.tell('done', words.queued(sent.address));
      else if (sent.kind === 'waiting') visit.tell('information', words.waiting(sent.address));
      else if (sent.kind === 'enough') visit.tell('warning', words.enough);
      else visit.tell('warning', sent.kind === 'no-address' ? words.noAddress : notThere(visit, sent));
    }
  }
}

/** Asks for a clearance (KIO-06, QUI-03, manual XII.3). True: it was given, and the record is closed. */
export async function askClearance(visit: Visit): Promise<boolean> {
  const proven = await (visit.reader() ? own(visit) : prove(visit));
  if (!proven) return false;
  const { whose, found } = proven;
  const { clearance: words, back } = visit.words();
  if (found.obstacles.length > 0) {
    const lines = obstacleLines(visit, found.obstacles);
    // One that was given on paper alone has no document here.
    if (found.obstacles.some((one) => one.code === 'ALREADY_ISSUED' && one.issuedAt !== null))
      await offerAgain(visit, whose, words.notYet, lines);
    else await visit.ui.text({ title: words.notYet, lines: [...lines, words.settle], back });
    return false;
  }
  const sure = await visit.ui.menu({
    title: words.sure(found.name),
    said: [
      found.address === null ? words.noAddress : words.sentTo(found.address),
      words.ends,
      ...(found.openRequests > 0 ? [words.openRequests(found.openRequests)] : []),
    ],
    back,
    choices: [
      { id: BACK, label: visit.words().requests.no },
      { id: 'yes', label: words.confirm },
    ],
  });
  if (sure === BACK) return false;
  const issued = await visit.act(requestClearance, whose);
  if (issued.kind !== 'issued') {
    visit.tell('refusal', issued.kind === 'wait' ? waitText(visit, issued.until) : visit.words().notDone);
    return false;
  }
  const lines = [words.issued(issued.number, issued.address), '', words.closed];
  await offerAgain(visit, whose, words.issuedTitle, lines);
  return true;
}
