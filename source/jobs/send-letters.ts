import type { JobFigure } from '../circulation/jobs.ts';
import type { LetterSaid } from '../circulation/letters.ts';
import type { Network } from '../circulation/network.ts';
import { DatabaseAway } from '../desk/away.ts';
import {
  dueLetters,
  giveUpLetters,
  letterHasLeft,
  letterLeaves,
  lettersLeave,
  lettersStay,
} from '../desk/letters-leaving.ts';
import type { LeavingLetter } from '../desk/letters-leaving.ts';
import type { AddressedLetter } from '../records/letters.ts';
import { clearanceFileName, languageOfPatron, renderLetter, writeClearance } from '../letters/index.ts';
import type { LetterTemplates, Mailer, MailTrouble, OutgoingMail, SendResult } from '../letters/index.ts';
import type { JobWork, RunLine, Told } from './job.ts';

type Attachments = NonNullable<OutgoingMail['attachments']>;

/** What letters leave with. */
export type LetterMeans = {
  readonly mailer: Mailer;
  readonly templates: LetterTemplates;
  /** What goes with a letter beside clearances, which are made here; absent: nothing. */
  readonly attach?: (letter: AddressedLetter) => Promise<Attachments>;
  /** The mail server is in trouble, or no longer (null). Told when that changes. */
  readonly onTrouble?: (trouble: MailTrouble | null) => void;
  /** Letters taken at once; absent: 50. */
  readonly atOnce?: number;
};

/** What sending needs of a run. */
export type SendingWork = Pick<JobWork, 'perform' | 'seat' | 'signal' | 'network' | 'count'>;

const AT_ONCE = 50;
/** Letters on their way at the same time; the mailer's connections and pace are its own. */
const SIDE_BY_SIDE = 4;
/** How often, and how long in between (milliseconds), it is tried to write down that a letter has left. */
const NOTES = 60;
const NOTE_WAIT = 1000;

/**
 * For how long letters are taken: begun within the first half, each is answered for in the second, and written down in
 * what is left. So nobody else takes a letter that may still leave; after a crash it is taken up then.
 */
const leaseFor = ({ patience }: Mailer): number => 2 * patience + 2 * NOTES * NOTE_WAIT;

const count = (figure: JobFigure, lines: readonly RunLine[] = []): Told => ({ counters: { [figure]: 1 }, lines });

const pause = async (milliseconds: number): Promise<void> => {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
};

/** Whom a letter is about, and what it is: the record behind a figure (JOB-04). */
function lineOf({ letter }: LeavingLetter, figure: RunLine['figure'], value: string): RunLine {
  const record = 'patron' in letter.facts ? letter.facts.patron.identifier : null;
  return { figure, record, field: letter.kind, value };
}

/** The same letter has the same number, whoever sends it again (RFC 5322, 3.6.4). */
const idOf = ({ letter }: LeavingLetter, network: Network): string =>
  `${network.code.replaceAll(/[^\w-]/gu, '')}.letter.${letter.id}.${letter.createdAt}`;

type Written = { readonly mail: OutgoingMail; readonly said: LetterSaid };

/** A letter in words, and what is kept of it: the same, but for the code of an identity message. */
async function write(leaving: LeavingLetter, network: Network, { templates, attach }: LetterMeans): Promise<Written> {
  const { letter, code } = leaving;
  const means = { templates, network, timeZone: network.timeZone };
  const rendered = renderLetter(letter, { ...means, code: code ?? undefined });
  const kept = code ? renderLetter(letter, means) : rendered;
  const { sender, replyTo } = rendered;
  const { subject, text, html } = kept;
  const attachments =
    letter.kind === 'quitus'
      ? [
          {
            name: clearanceFileName(letter.facts),
            type: 'application/pdf',
            content: (await writeClearance(letter.facts, letter.language)).pdf,
          },
        ]
      : ((await attach?.(letter)) ?? []);
  const body = { subject: rendered.subject, text: rendered.text, html: rendered.html };
  const language = languageOfPatron(letter.language);
  const mail = { id: idOf(leaving, network), to: letter.address, sender, replyTo, language, ...body, attachments };
  return { mail, said: { subject, text, html, sender: sender.address, replyTo } };
}

/** Sends letters of one run, and writes down what has come of each as soon as it is known. */
class Sending {
  readonly #on: SendingWork;
  readonly #means: LetterMeans;
  /** Why no more letters leave in this run. */
  trouble: string | undefined;

  constructor(on: SendingWork, means: LetterMeans) {
    this.#on = on;
    this.#means = means;
  }

  get isOver(): boolean {
    return this.trouble !== undefined || this.#on.signal.aborted;
  }

  /**
   * Writes down what has come of a try. A letter that has left must be known to have: while the database is away, it is
   * tried for a minute; nobody else takes the letter meanwhile.
   */
  async #note(request: Parameters<typeof letterHasLeft.run>[1]): Promise<void> {
    const { perform, seat } = this.#on;
    for (let tries = 1; ; tries += 1) {
      try {
        await perform(seat, letterHasLeft, request);
        return;
      } catch (error) {
        if (!(error instanceof DatabaseAway) || tries >= NOTES) throw error;
        await pause(NOTE_WAIT);
      }
    }
  }

  async #written(leaving: LeavingLetter): Promise<Written | { readonly failure: string }> {
    try {
      return await write(leaving, this.#on.network, this.#means);
    } catch (error) {
      // What goes with a letter may come from the database: it is tried again when that is back.
      if (error instanceof DatabaseAway) throw error;
      // Facts of another version of the program: one letter must not keep all others.
      return { failure: error instanceof Error ? error.name : 'unexpected' };
    }
  }

  /** Sends one letter. Answers with what is counted. */
  async send(leaving: LeavingLetter): Promise<Told> {
    const { letter, attempt } = leaving;
    const about = { letter: letter.id, attempt };
    const written = await this.#written(leaving);
    if ('failure' in written) {
      await this.#note({ ...about, error: written.failure, isFinal: true });
      return count('lettersFailed', [lineOf(leaving, 'letter-refused', written.failure)]);
    }
    const result: SendResult = await this.#means.mailer.send(written.mail);
    if (result.kind === 'sent') {
      await this.#note({ ...about, said: written.said });
      return count(letter.channel === 'paper' ? 'lettersPrinted' : 'lettersSent');
    }
    const isFinal = result.kind === 'refused';
    if (result.kind === 'later' && result.server) this.trouble = result.reason;
    await this.#note({ ...about, error: result.reason, isFinal });
    if (!isFinal) return count('lettersLater');
    return count('lettersFailed', [lineOf(leaving, 'letter-refused', result.reason)]);
  }

  /** Sends letters that were taken, some side by side; those that are not tried are given back. */
  async sendAll(taken: readonly LeavingLetter[]): Promise<Told> {
    const { perform, seat } = this.#on;
    const told: Told[] = [];
    const waiting = [...taken];
    const until = performance.now() + this.#means.mailer.patience;
    const next = async (): Promise<void> => {
      for (let one = waiting.shift(); one; one = waiting.shift()) {
        told.push(await this.send(one));
        if (this.isOver || performance.now() > until) return;
      }
    };
    try {
      const ended = await Promise.allSettled(Array.from({ length: SIDE_BY_SIDE }, next));
      for (const one of ended) if (one.status === 'rejected') throw one.reason;
    } finally {
      const letters = waiting.map(({ letter, attempt }) => ({ id: letter.id, attempt }));
      if (letters.length > 0) await perform(seat, lettersStay, { letters }).catch(() => undefined);
    }
    return addUp(told);
  }
}

function addUp(told: readonly Told[]): Told {
  const counters: Partial<Record<JobFigure, number>> = {};
  for (const { counters: some = {} } of told) {
    for (const [figure, number] of Object.entries(some))
      counters[figure as JobFigure] = (counters[figure as JobFigure] ?? 0) + number;
  }
  return { counters, lines: told.flatMap(({ lines = [] }) => lines) };
}

/** What an action answers that must not be refused to a job. */
function granted<Outcome extends { readonly kind: string }, Kind extends Outcome['kind']>(
  outcome: Outcome,
  kind: Kind,
): Extract<Outcome, { kind: Kind }> {
  if (outcome.kind !== kind) throw new Error(`letters may not be sent: ${JSON.stringify(outcome)}`);
  return outcome as Extract<Outcome, { kind: Kind }>;
}

/** While nothing leaves: letters that have waited too long fail, where that is seen. */
async function giveUp(on: SendingWork, error: string): Promise<void> {
  for (;;) {
    const { letters } = granted(await on.perform(on.seat, giveUpLetters, { error, most: 500 }), 'given-up');
    if (letters.length === 0) return;
    await on.count({ counters: { lettersFailed: letters.length } });
  }
}

/** Takes the next letters: an identity message by itself, for its code is made as it leaves. */
async function takeNext(
  { perform, seat }: SendingWork,
  identity: number | undefined,
  most: number,
  lease: number,
): Promise<readonly LeavingLetter[]> {
  if (identity === undefined) {
    return granted(await perform(seat, lettersLeave, { most, leaseFor: lease }), 'leaving').letters;
  }
  const taken = await perform(seat, letterLeaves, { letter: identity, leaseFor: lease });
  return taken.kind === 'leaving' ? [taken] : [];
}

/**
 * Sends everything that is to leave now (LET-05): in batches that nobody else takes meanwhile, each letter written down as
 * soon as the server has taken it. While the server cannot be reached no letter is touched. Ends when nothing is left, when
 * the server is in trouble, or (`signal`) after the letters that are on their way.
 */
export async function sendLetters(on: SendingWork, means: LetterMeans): Promise<void> {
  const { mailer, atOnce = AT_ONCE, onTrouble } = means;
  const ask = async () => granted(await on.perform(on.seat, dueLetters, { most: atOnce }), 'due');
  let { due, identities } = await ask();
  if (due === 0) return;
  const trouble = await mailer.verify();
  onTrouble?.(trouble);
  if (trouble) {
    await giveUp(on, `${trouble.because}: ${trouble.detail}`);
    return;
  }
  const sending = new Sending(on, means);
  let hasTaken = true;
  while (due > 0 && hasTaken && !sending.isOver) {
    hasTaken = false;
    const queue = [...identities.map((id) => id as number | undefined), undefined];
    for (const identity of queue) {
      if (sending.isOver) break;
      const taken = await takeNext(on, identity, atOnce, leaseFor(mailer));
      const told = await sending.sendAll(taken);
      if (taken.length === 0) continue;
      hasTaken = true;
      await on.count(told);
    }
    ({ due, identities } = await ask());
  }
  if (sending.trouble !== undefined) onTrouble?.({ because: 'unexpected', detail: sending.trouble });
}
