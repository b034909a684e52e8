import type { Action as DeskAction, KioskSeat, Perform, Refusal } from '../../desk/perform.ts';
import { NOBODY } from '../../desk/sign-in.ts';
import type { SetTimer } from '../keyboard/timers.ts';

/** Somebody else's turn: the session ended while something was being waited for. */
export class SessionOver extends Error {
  constructor() {
    super('the session is over');
    this.name = 'SessionOver';
  }
}

/** Does what patrons may do, at the seat of this terminal (KIO-07). Throws DatabaseAway. */
export type Act = <Request, Outcome>(
  what: DeskAction<Request, Outcome>,
  request: Request,
) => Promise<Outcome | Refusal>;

/** The house is not waited for any longer. */
const PATIENCE_MS = 15_000;

/** The desk of a house that may be silent: what it has not answered in time throws DatabaseAway (REL-03). */
export const patient =
  (perform: Perform, setTimer: SetTimer): Perform =>
  async (seat, what, request, attempt) => {
    const silence = new AbortController();
    const callOff = setTimer(PATIENCE_MS, () => silence.abort());
    try {
      return await perform(seat, what, request, { signal: silence.signal, ...attempt });
    } finally {
      callOff();
    }
  };

/**
 * The only way from the kiosk's screens to the desk: whatever they ask is asked as a patron who has signed in, or as nobody,
 * never as staff (KIO-07).
 */
export function actAs(perform: Perform, kiosk: KioskSeat): Act {
  const seat = { staff: NOBODY, place: null, kiosk };
  return async (what, request) => perform(seat, what, request);
}
