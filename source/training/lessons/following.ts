import { lend } from '../../desk/lend.ts';
import type { PatronSession } from '../../desk/patron-session.ts';
import { endSession, openPatron, overrideRecord } from '../../desk/patrons.ts';
import { quickAdd } from '../../desk/quick-add.ts';
import type { Stage } from '../scenario/stage.ts';
import { keepInSession } from '../scenario/steps/lending.ts';
import { asSeen } from './seen.ts';
import type { Seen } from './seen.ts';

/**
 * The lesson's picture of the patron session at the console: what is lent and set aside there is known to the steps that
 * the lesson plays itself, and what these did in the same session to whoever ends it.
 */
export class SessionFollower {
  /** Whose record the console has open. */
  #theirs: number | undefined;
  /** Another record was opened before this session was ended. */
  #left: PatronSession | undefined;

  /** Loans that belong to the session of a patron, as far as the lesson knows. */
  loansOf(stage: Stage, patron: number): readonly number[] {
    const session = this.#left?.patronId === patron ? this.#left : stage.session;
    return session?.patronId === patron ? session.loans : [];
  }

  /** The lesson's own steps have ended it. */
  forget(): void {
    this.#theirs = undefined;
    this.#left = undefined;
  }

  async #open(stage: Stage, patron: number): Promise<void> {
    if (stage.openPatron !== patron && stage.openPatron !== undefined) {
      if (stage.openPatron === this.#theirs) {
        this.#left = stage.session;
        stage.forgetSession();
      } else await stage.endSession('next-patron');
    }
    await stage.sessionOf(patron);
    this.#theirs = patron;
  }

  /** Takes note of something that was done at the console. */
  async follow(stage: Stage, seen: Seen): Promise<void> {
    const opened = asSeen(seen, openPatron);
    if (opened?.outcome.kind === 'opened') await this.#open(stage, opened.outcome.pane.patron.id);
    const overridden = asSeen(seen, overrideRecord);
    if (overridden?.outcome.kind === 'overridden') stage.session?.remember(overridden.outcome.codes);
    const lent = asSeen(seen, lend);
    if (lent) keepInSession(stage.session, lent.outcome, lent.request.barcode);
    const added = asSeen(seen, quickAdd);
    if (added && added.outcome.kind !== 'created') keepInSession(stage.session, added.outcome, added.request.barcode);
    const ended = asSeen(seen, endSession);
    if (ended?.outcome.kind !== 'ended') return;
    if (this.#left?.patronId === ended.request.patron) this.#left = undefined;
    else if (stage.openPatron === ended.request.patron) {
      stage.forgetSession();
      this.#theirs = undefined;
    }
  }
}
