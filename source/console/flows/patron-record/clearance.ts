import type { ClearanceObstacle } from '../../../circulation/clearance.ts';
import type { ClearanceFacts } from '../../../circulation/letters.ts';
import { isEmail } from '../../../circulation/contacts.ts';
import { checkClearance, issueClearance } from '../../../desk/clearance.ts';
import { readLetter } from '../../../desk/letters.ts';
import { printable } from '../../../language/printable.ts';
import { wordsIn } from '../../../language/index.ts';
import { wrap } from '../../../language/fit.ts';
import type { Runtime } from '../../runtime.ts';
import { sentence } from '../lending.ts';
import { nameOf } from '../names.ts';
import { letters } from '../letter-means.ts';
import { printHere, sendOnceMore } from './letters.ts';
import { recordChanged } from './tabs.ts';

type Check = Extract<Awaited<ReturnType<typeof checkClearance.run>>, { kind: 'clearance-check' }>;
type Issued = Extract<Awaited<ReturnType<typeof issueClearance.run>>, { kind: 'issued' }>;

/** What stands in the way of a clearance, fact by fact (QUI-01). */
function obstacleLines(runtime: Runtime, obstacles: readonly ClearanceObstacle[]): string[] {
  const words = runtime.words().records;
  const facts = runtime.deskWords();
  const say = runtime.say();
  const { pair } = wordsIn(runtime.store.get().language).letters;
  const room = runtime.store.get().columns - 6;
  return obstacles
    .flatMap((one): string[] => {
      switch (one.code) {
        case 'OPEN_LOANS':
          return [
            words.obstacles.OPEN_LOANS(one.count),
            ...one.loans
              .slice(0, 5)
              .map((loan) => words.obstacleLoan(printable(loan.title), loan.library, runtime.dates().moment(loan.due))),
          ];
        case 'LATE_LOANS':
          return [words.obstacles.LATE_LOANS(one.count)];
        case 'BLOCKED':
          return [
            words.obstacles.BLOCKED,
            ...one.blocks.slice(0, 5).map((block) => {
              const code = `PATRON_BLOCK_${block.type}` as const;
              return pair(facts.block[code], facts.fact[code](block, say));
            }),
          ];
        case 'ALREADY_ISSUED':
          return [words.obstacles.ALREADY_ISSUED];
      }
    })
    .flatMap((line) => wrap(line, room));
}

/** The PDF of a clearance that was issued before, from its letter. */
async function writeAgain(runtime: Runtime, letter: number): Promise<void> {
  const found = await runtime.perform(readLetter, { letter });
  if (found.kind === 'gone') return runtime.tell('refusal', runtime.words().records.gone);
  if (found.kind !== 'letter') return runtime.refuse(found);
  if (found.letter.kind === 'quitus') await writePdf(runtime, found.letter.facts, found.letter.language);
}

/** Not clear: says what is missing; one that was issued before is printed or sent again. */
async function tellWhatIsMissing(runtime: Runtime, check: Check): Promise<void> {
  const words = runtime.words().records;
  const { previous, obstacles } = check;
  const isIssued = obstacles.some((one) => one.code === 'ALREADY_ISSUED');
  const letter = isIssued ? (previous?.letter ?? null) : null;
  const answer = await runtime.ask({
    title: isIssued ? words.clearanceIssuedAlready(nameOf(check.patron)) : words.notClear(nameOf(check.patron)),
    lines: obstacleLines(runtime, obstacles),
    why: [],
    choices: [...(letter === null ? [] : (['answer-print', 'answer-pdf', 'answer-email'] as const)), 'answer-read'],
  });
  if (letter === null || answer === 'answer-read') return runtime.tell('refusal', words.noClearance);
  if (answer === 'answer-print') await printHere(runtime, letter);
  else if (answer === 'answer-pdf') await writeAgain(runtime, letter);
  else await sendOnceMore(runtime, letter);
  await recordChanged(runtime);
}

/** Writes the document as a PDF into the folder of exports; says where, or why not. */
async function writePdf(runtime: Runtime, facts: ClearanceFacts, language: Issued['language']): Promise<void> {
  const words = runtime.words().records;
  const { clearanceFileName, writeClearance } = await letters();
  const { pdf, replaced } = await writeClearance(facts, language);
  const written = await runtime.saveFile(clearanceFileName(facts), pdf);
  if (written.kind === 'failed') return runtime.tell('refusal', words.pdfFailed(written.because));
  const lost = replaced.length > 0 ? words.replaced(printable(replaced.join(' '))) : '';
  const said = [words.pdfWritten(written.file), lost].filter(Boolean).join(' · ');
  runtime.tell(lost === '' ? 'done' : 'warning', said);
}

/** The document on paper, or as a PDF. */
async function handOut(runtime: Runtime, issued: Issued): Promise<void> {
  const words = runtime.words().records;
  const said =
    issued.address === null ? words.issuedOnPaper : sentence(runtime, words.issued, printable(issued.address));
  const lines = [words.issuedLine, ...(issued.openRequests > 0 ? [words.stillRequests(issued.openRequests)] : [])];
  const room = runtime.store.get().columns - 6;
  const answer = await runtime.ask({
    title: said,
    lines: lines.flatMap((line) => wrap(line, room)),
    why: [],
    choices: ['answer-print', 'answer-pdf', 'answer-read'],
  });
  if (answer === 'answer-print') return printHere(runtime, issued.letter);
  if (answer === 'answer-pdf') return writePdf(runtime, issued.facts, issued.language);
  runtime.tell('done', said);
}

/** Clearance (QUI-01, QUI-02): checked, the address shown and editable, issued by one command. */
export async function clear(runtime: Runtime, patron: number): Promise<void> {
  const check = await runtime.perform(checkClearance, { patron });
  if (check.kind !== 'clearance-check') return runtime.refuse(check);
  if (check.obstacles.length > 0) return tellWhatIsMissing(runtime, check);
  const words = runtime.words().records;
  const addresses = check.addresses.map((value) => ({ value, label: printable(value) }));
  const values = await runtime.askForm({
    key: `patron ${patron} clearance`,
    title: sentence(runtime, (name) => words.clearing(name, runtime.keyFor('save-form')), nameOf(check.patron)),
    fields: [
      {
        kind: 'choice',
        name: 'address',
        label: words.clearanceAddress,
        value: check.address ?? '',
        options: [...addresses, { value: '', label: words.onPaperOnly }],
        hint: words.clearanceAddressHint,
      },
      {
        kind: 'text',
        name: 'other',
        label: words.otherAddress,
        value: '',
        hint: words.otherAddressHint,
        live: (text) => (isEmail(text) ? undefined : words.badEmail),
      },
    ],
  });
  if (!values) return;
  const email = String(values['other']) || String(values['address']) || null;
  const outcome = await runtime.perform(issueClearance, { patron, at: 'desk', email });
  if (outcome.kind === 'not-clear') {
    return tellWhatIsMissing(runtime, { ...check, obstacles: outcome.obstacles, previous: outcome.previous });
  }
  if (outcome.kind !== 'issued') {
    const isBad = outcome.kind === 'invalid' && outcome.path === 'email';
    return isBad ? runtime.tell('refusal', words.badEmail) : runtime.refuse(outcome);
  }
  await recordChanged(runtime);
  await handOut(runtime, outcome);
  await recordChanged(runtime);
}
