import type { Letter, LetterFacts, LetterKind, LetterLine, LetterSaid, LetterState } from '../circulation/letters.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { Window } from './loans.ts';
import { isPostgres, lock, row, rows } from './sql.ts';
import type { Connection, Row, Value } from './sql.ts';

/** A letter that is to leave, or to be printed. */
export type NewLetter<Kind extends LetterKind = LetterKind> = {
  readonly kind: Kind;
  /** Unique: whatever is tried again, one letter leaves for a cause (LET-05). One that repeats a letter begins with `again:`. */
  readonly cause: string;
  readonly patronId: number | null;
  /** The library that writes; null: the network. */
  readonly library: string | null;
  readonly language: string;
  /** Null: it waits to be printed. */
  readonly address: string | null;
  /** Never a secret: codes are made when a letter leaves. */
  readonly facts: LetterFacts[Kind];
  readonly at: Instant;
  readonly staffId: number | null;
  /** How it travels; absent: by mail. On paper with an address: to a printer that has one (LET-06). */
  readonly channel?: 'mail' | 'paper';
  /** The business day of the night that writes it (CYC-02). */
  readonly night?: Day | null;
  /** Why it cannot leave: it is stored as `failed`, where it is seen (LET-06). */
  readonly error?: string | null;
};

/** A letter that has somebody, or a printer, to go to. */
export type AddressedLetter = Letter & { readonly address: string };

/** A letter that was taken to be sent, with the number of this try. */
export type TakenLetter = { readonly letter: AddressedLetter; readonly attempt: number };

/** A letter that was queued. `isNew` false: there was one for its cause already, which has that number. */
export type QueuedLetter = { readonly id: number; readonly isNew: boolean };

/** How far the delivery of a letter is. */
export type Delivery = {
  readonly state: LetterState;
  readonly attempts: number;
  readonly nextAttemptAt: Instant | null;
};

/** How the cause of a letter begins that repeats another (LET-04). */
export const AGAIN = 'again:';

function lineFrom(one: Row): LetterLine {
  return {
    id: one['id'] as number,
    kind: one['kind'] as LetterKind,
    createdAt: one['created_at'] as number,
    sentAt: one['sent_at'] as number | null,
    address: one['to_address'] as string | null,
    state: one['state'] as LetterState,
    error: one['error'] as string | null,
    again: (one['cause'] as string).startsWith(AGAIN),
    library: one['library'] as string | null,
    language: one['language'] as string,
  };
}

function saidFrom(one: Row): LetterSaid | null {
  const subject = one['subject'] as string | null;
  if (subject === null) return null;
  return {
    subject,
    text: (one['body_text'] as string | null) ?? '',
    html: (one['body_html'] as string | null) ?? '',
    sender: one['sender'] as string | null,
    replyTo: one['reply_to'] as string | null,
  };
}

/** What a line of a list is made of; what a letter says is not among it. */
const LINE = 'id, kind, created_at, sent_at, to_address, state, error, cause, library, language';

const letterFrom = (one: Row): Letter =>
  ({
    ...lineFrom(one),
    patronId: one['patron_id'] as number | null,
    channel: one['channel'] as Letter['channel'],
    said: saidFrom(one),
    facts: JSON.parse(one['facts'] as string) as LetterFacts[LetterKind],
  }) as Letter;

const COLUMNS = [
  'kind',
  'cause',
  'patron_id',
  'library',
  'language',
  'to_address',
  'facts',
  'created_at',
  'created_by',
  'next_attempt_at',
  'channel',
  'night',
  'state',
  'error',
];
/** Letters in one statement. */
const AT_ONCE = 200;

function valuesOf(letter: NewLetter): Value[] {
  const { kind, cause, patronId, library, language, address, facts, at, staffId } = letter;
  const { channel = 'mail', night = null, error = null } = letter;
  const next = address === null || error !== null ? null : at;
  const about = [kind, cause, patronId, library, language, address, JSON.stringify(facts), at, staffId];
  return [...about, next, channel, night, error === null ? 'queued' : 'failed', error];
}

async function queueAll(db: Connection, letters: readonly NewLetter[]): Promise<Map<string, QueuedLetter>> {
  const queued = new Map<string, QueuedLetter>();
  for (let start = 0; start < letters.length; start += AT_ONCE) {
    const part = letters.slice(start, start + AT_ONCE);
    const marks = part.map(() => `(${COLUMNS.map(() => '?').join(', ')})`).join(', ');
    const sql = `insert into letters (${COLUMNS.join(', ')}) values ${marks} on conflict (cause) do nothing returning id, cause`;
    const added = await rows<{ id: number; cause: string }>(db, sql, part.flatMap(valuesOf));
    for (const { id, cause } of added) queued.set(cause, { id, isNew: true });
    const known = part.filter(({ cause }) => !queued.has(cause)).map(({ cause }) => cause);
    if (known.length === 0) continue;
    const asked = `select id, cause from letters where cause in (${known.map(() => '?').join(', ')})`;
    const found = await rows<{ id: number; cause: string }>(db, asked, known);
    for (const { id, cause } of found) queued.set(cause, { id, isNew: false });
  }
  return queued;
}

/** Letters `l` that are to leave at an instant (`?`): the index of the queue. */
const DUE = `l.state = 'queued' and l.next_attempt_at <= ? and l.to_address is not null`;

/** The queue of letters, and what has left (LET-04). */
export function lettersOn(db: Connection) {
  return {
    /** Queues a letter. `isNew` false: there is one for that cause already; nothing was done, `id` is its number. */
    async queue(letter: NewLetter): Promise<QueuedLetter> {
      const queued = (await queueAll(db, [letter])).get(letter.cause);
      if (!queued) throw new Error(`no letter for ${letter.cause}, and none could be queued`);
      return queued;
    },

    /** Queues many letters in few statements; answers with each, by its cause. Those whose cause has one stay as they are. */
    async queueAll(letters: readonly NewLetter[]): Promise<Map<string, QueuedLetter>> {
      return queueAll(db, letters);
    },

    /** A window of a patron's letters since an instant, the newest first (USR-07). */
    async ofPatron(patronId: number, since: Instant, window: Window): Promise<LetterLine[]> {
      const found = await rows(
        db,
        `select ${LINE} from letters where patron_id = ? and created_at >= ? order by created_at desc, id desc limit ? offset ?`,
        [patronId, since, window.limit, window.offset],
      );
      return found.map(lineFrom);
    },

    /** How many letters a patron has since an instant. */
    async count(patronId: number, since: Instant): Promise<number> {
      const sql = 'select count(*) as n from letters where patron_id = ? and created_at >= ?';
      return (await row<{ n: number }>(db, sql, [patronId, since]))?.n ?? 0;
    },

    /** A cause that no letter has yet: that beginning, and a number. */
    async freshCause(beginning: string): Promise<string> {
      const sql = 'select count(*) as n from letters where cause >= ? and cause < ?';
      const count = (await row<{ n: number }>(db, sql, [`${beginning}:`, `${beginning};`]))?.n ?? 0;
      return `${beginning}:${count}`;
    },

    /** Letters of a kind that still wait to leave for that address. */
    async waiting(patronId: number, kind: LetterKind, address: string): Promise<Letter[]> {
      const found = await rows(
        db,
        "select * from letters where patron_id = ? and kind = ? and state = 'queued' and to_address = ? order by id",
        [patronId, kind, address],
      );
      return found.map(letterFrom);
    },

    /** When a patron's identity messages were made since an instant, and those that still wait to leave. */
    async identityMessages(patronId: number, since: Instant): Promise<{ at: Instant; waits: boolean }[]> {
      const found = await rows<{ at: Instant; state: LetterState }>(
        db,
        `select created_at as at, state from letters where patron_id = ? and kind = 'identity' and (created_at > ? or state = 'queued')`,
        [patronId, since],
      );
      return found.map(({ at, state }) => ({ at, waits: state === 'queued' }));
    },

    /** Letters of a kind that wait need not leave any more. */
    async cancel(patronId: number, kind: LetterKind): Promise<void> {
      const sql = `update letters set state = 'cancelled', next_attempt_at = null where patron_id = ? and kind = ? and state = 'queued'`;
      await rows(db, sql, [patronId, kind]);
    },

    async byId(id: number): Promise<Letter | undefined> {
      const found = await row(db, 'select * from letters where id = ?', [id]);
      return found && letterFrom(found);
    },

    /** Its cause and how far its delivery is; nobody else changes it until the transaction ends. */
    async locked(id: number): Promise<(Delivery & { readonly cause: string }) | undefined> {
      return row<Delivery & { readonly cause: string }>(
        db,
        `select l.cause, l.state, l.attempts, l.next_attempt_at as "nextAttemptAt" from letters l
         where l.id = ?${lock(db, 'l')}`,
        [id],
      );
    },

    /** One letter need not leave any more. */
    async withdraw(id: number): Promise<void> {
      await rows(db, "update letters set state = 'cancelled', next_attempt_at = null where id = ?", [id]);
    },

    /** A try begins: nobody else begins one until then. Answers with its number. */
    async begin(id: number, until: Instant): Promise<number> {
      const sql = 'update letters set attempts = attempts + 1, next_attempt_at = ? where id = ? returning attempts';
      return (await row<{ attempts: number }>(db, sql, [until, id]))?.attempts ?? 0;
    },

    /** How many letters are to leave now, at the most so many are counted. */
    async due(now: Instant, most: number): Promise<number> {
      const sql = `select count(*) as n from (select id from letters l where ${DUE} limit ?) due`;
      return (await row<{ n: number }>(db, sql, [now, most]))?.n ?? 0;
    },

    /** Identity messages that are to leave now: each is taken by itself, for its code. */
    async dueIdentities(now: Instant, most: number): Promise<number[]> {
      const sql = `select l.id from letters l where ${DUE} and l.kind = 'identity' order by l.next_attempt_at, l.id limit ?`;
      return (await rows<{ id: number }>(db, sql, [now, most])).map(({ id }) => id);
    },

    /** Takes the letters that are to leave first, others than identity messages: nobody else takes them until then. */
    async take(now: Instant, until: Instant, most: number): Promise<TakenLetter[]> {
      const skip = isPostgres(db) ? ' for update skip locked' : '';
      const found = await rows(
        db,
        `update letters set attempts = attempts + 1, next_attempt_at = ? where id in (
           select l.id from letters l where ${DUE} and l.kind <> 'identity' order by l.next_attempt_at, l.id limit ?${skip})
         returning *`,
        [until, now, most],
      );
      const taken = found.map((one) => ({
        letter: letterFrom(one) as AddressedLetter,
        attempt: one['attempts'] as number,
      }));
      return taken.toSorted((one, other) => one.letter.id - other.letter.id);
    },

    /** Gives back letters that were taken and not sent: they leave with the next ones, their tries do not count. */
    async giveBack(taken: readonly { readonly id: number; readonly attempt: number }[], now: Instant): Promise<void> {
      for (const { id, attempt } of taken) {
        const sql = `update letters set next_attempt_at = ? where id = ? and attempts = ? and state = 'queued'`;
        await rows(db, sql, [now, id, attempt]);
      }
    },

    /** Gives up on letters that have been waiting since before an instant; answers with them. */
    async giveUp(before: Instant, now: Instant, error: string, most: number): Promise<Letter[]> {
      const found = await rows(
        db,
        `update letters set state = 'failed', error = ?, next_attempt_at = null where id in (
           select l.id from letters l where ${DUE} and l.created_at < ? order by l.id limit ?) returning *`,
        [error, now, before, most],
      );
      return found.map(letterFrom);
    },

    /** It has left, or has been printed. */
    async done(id: number, state: 'sent' | 'printed', at: Instant): Promise<void> {
      const sql = 'update letters set state = ?, sent_at = ?, next_attempt_at = null, error = null where id = ?';
      await rows(db, sql, [state, at, id]);
    },

    /** What it says, as it leaves (LET-04). Never a code. */
    async keep(id: number, { subject, text, html, sender, replyTo }: LetterSaid): Promise<void> {
      const sql = 'update letters set subject = ?, body_text = ?, body_html = ?, sender = ?, reply_to = ? where id = ?';
      await rows(db, sql, [subject, text, html, sender, replyTo, id]);
    },

    /** It has not left: it is tried again then, or (null) never. */
    async notSent(id: number, error: string, retryAt: Instant | null): Promise<void> {
      const sql = 'update letters set state = ?, error = ?, next_attempt_at = ? where id = ?';
      await rows(db, sql, [retryAt === null ? 'failed' : 'queued', error, retryAt, id]);
    },
  };
}
