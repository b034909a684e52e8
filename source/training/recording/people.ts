import { localText } from '../../circulation/time.ts';
import type { Instant } from '../../circulation/time.ts';
import { listLoans, openPatron } from '../../desk/patrons.ts';
import type { Perform } from '../../desk/perform.ts';
import { readPatronRecord } from '../../desk/patron-record.ts';
import { listPatronBlocks } from '../../desk/patron-blocks.ts';
import { showItem } from '../../desk/show.ts';
import { present } from '../plain.ts';
import { SCENE_BUILDER } from '../scenario/stage.ts';

/** Nobody in a training copy has more. */
const ALL = { offset: 0, limit: 200 };

/** A loan that was there before the recording began. */
export type LoanBefore = {
  readonly at: Instant;
  readonly patron: string;
  readonly item: string;
  readonly library: string;
};

/** People and items of a training copy as a scenario describes them, as they were when they were first needed. */
export class Cast {
  readonly #perform: Perform;
  readonly #timeZone: string;
  readonly #people = new Map<number, Record<string, unknown>>();
  readonly #items = new Map<string, Record<string, unknown>>();
  readonly #loans = new Map<string, LoanBefore>();

  constructor(perform: Perform, timeZone: string) {
    this.#perform = perform;
    this.#timeZone = timeZone;
  }

  get people(): readonly Record<string, unknown>[] {
    return [...this.#people.values()];
  }

  get items(): readonly Record<string, unknown>[] {
    return [...this.#items.values()];
  }

  /** The loans that they had before, the earliest first. */
  get loans(): readonly LoanBefore[] {
    return [...this.#loans.values()].toSorted((one, other) => one.at - other.at);
  }

  /** The identifier by which a scenario names somebody, by number or another identifier. */
  async nameOf(patron: number | string): Promise<string> {
    const read = await this.#perform(SCENE_BUILDER, readPatronRecord, { patron });
    if (read.kind !== 'record') return String(patron);
    const known = this.#people.get(read.record.id)?.['id'];
    return typeof known === 'string' ? known : read.record.identifier;
  }

  /** Remembers somebody, with the loans that they have. */
  async needsPatron(key: number | string): Promise<void> {
    const read = await this.#perform(SCENE_BUILDER, readPatronRecord, { patron: key });
    if (read.kind !== 'record' || this.#people.has(read.record.id)) return;
    const { record } = read;
    const { id, identifier, lastName, firstName, birthDay, group, campus, expiry, purge, status, kind, language } =
      record;
    const contacts = (wanted: string) => record.contacts.filter((one) => one.kind === wanted).map((one) => one.value);
    const others = record.identifiers.filter((one) => !one.primary).map(({ type, value }) => ({ type, value }));
    const phones = contacts('phone');
    this.#people.set(id, {
      ...present({
        id: identifier,
        name: lastName,
        firstName: firstName || undefined,
        birthDate: birthDay,
        campus,
        purge,
      }),
      group,
      expiry,
      ...(status === 'inactive' ? { status } : {}),
      ...(kind === 'external' ? { kind } : {}),
      ...(language === 'fr' ? {} : { language }),
      ...present({ email: contacts('email')[0], phone: phones.length > 0 ? phones : undefined }),
      ...(others.length > 0 ? { identifiers: others } : {}),
      ...(await this.#restrictions(id)),
    });
    const loans = await this.#perform(SCENE_BUILDER, listLoans, { patron: id, order: 'due', window: ALL });
    if (loans.kind !== 'loans') return;
    for (const { barcode, loanedAt, library } of loans.lines) {
      this.#loans.set(barcode, { at: loanedAt, patron: identifier, item: barcode, library });
      await this.needsItem(barcode);
    }
  }

  /** Blocks by hand or for lateness, and notes. */
  async #restrictions(patron: number): Promise<Record<string, unknown>> {
    const listed = await this.#perform(SCENE_BUILDER, listPatronBlocks, { patron, window: ALL });
    const opened = await this.#perform(SCENE_BUILDER, openPatron, { patron });
    const lines = listed.kind === 'blocks' ? listed.lines.filter((one) => one.inForce) : [];
    const blocks = lines.map(({ type, until, note }) => present({ type, until, note }));
    const notes = (opened.kind === 'opened' ? opened.pane.notes : []).map(({ text, popup, visible }) => ({
      text,
      ...(popup ? { popup } : {}),
      ...(visible ? { public: visible } : {}),
    }));
    return { ...(blocks.length > 0 ? { blocks } : {}), ...(notes.length > 0 ? { notes } : {}) };
  }

  /** Remembers an item, with whoever has it on loan. */
  async needsItem(barcode: string): Promise<void> {
    const shown = await this.#perform(SCENE_BUILDER, showItem, { barcode });
    if (shown.kind !== 'item' || this.#items.has(shown.item.barcode)) return;
    const { title, author, isbn, location, material, policy, description, callNumber, fulfilmentNote, process, loan } =
      shown.item;
    this.#items.set(shown.item.barcode, {
      barcode: shown.item.barcode,
      ...present({ title, author, isbn, location, material, policy, description, callNumber, note: fulfilmentNote }),
      ...(process === null || process === 'LOAN' || loan ? {} : { process }),
    });
    if (loan) await this.needsPatron(loan.patronId);
  }

  /** An instant as the file writes it. */
  local(instant: Instant): string {
    return localText(instant, this.#timeZone);
  }
}
