import { asPatron, doneAtKiosk } from './done-kiosk.ts';
import { doneWithLoans } from './done-loans.ts';
import { doneWithPatrons } from './done-patrons.ts';
import { doneWithReading } from './done-reading.ts';
import { doneWithRequests } from './done-requests.ts';
import type { Done, On } from './seen.ts';

/**
 * What an action that was seen amounts to, as steps of a scenario: first what it is itself, then what else it may count
 * for (a scan that says *reshelve* clears the expired shelf). Empty: no step is like it.
 */
export const doneBy = (on: On): readonly Done[] =>
  [
    ...doneWithLoans(on),
    ...doneWithRequests(on),
    ...doneWithPatrons(on),
    ...doneWithReading(on),
    ...doneAtKiosk(on),
  ].map((done) => asPatron(on, done));
