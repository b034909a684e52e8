import type { OwnAccount, OwnHistory } from '../desk/own-account.ts';
import type { OwnLoans } from '../desk/own-loans.ts';
import type { OwnMessages } from '../desk/own-messages.ts';
import type { OwnRequests, OwnRequestStatus } from '../desk/own-requests.ts';
import type { NameOfRequest } from './request-results.ts';
import { local, present } from './results.ts';
import type { PlainResult, Zone } from './results.ts';

type Answered<Outcome, Kind> = Extract<Outcome, { readonly kind: Kind }>;

/** Everything that an account shows. */
export type AccountShown = {
  readonly account: Answered<OwnAccount, 'account'>;
  readonly loans: Answered<OwnLoans, 'loans'>;
  readonly earlier: Answered<OwnHistory, 'history'>;
  readonly requests: Answered<OwnRequests, 'requests'>;
  readonly messages: Answered<OwnMessages, 'messages'>;
};

const loanLines = ({ lines }: AccountShown['loans'], network: Zone): unknown[] =>
  lines.map(({ barcode, title, library, due, daysLate, status, lentAt, renewal }) => ({
    item: barcode,
    title,
    library,
    due: local(due, network),
    daysLate,
    status,
    lent: local(lentAt, network),
    renewal: renewal.kind,
    ...(renewal.kind === 'can' ? { until: local(renewal.until, network) } : {}),
    ...(renewal.kind === 'cannot' ? present({ reason: renewal.reasons[0], reasons: renewal.reasons }) : {}),
  }));

function statusFields(status: OwnRequestStatus, network: Zone): Record<string, unknown> {
  switch (status.kind) {
    case 'waiting':
      return present({ position: status.position, due: local(status.due, network) });
    case 'being-fetched':
    case 'acquisition':
      return { library: status.library };
    case 'ready':
      return present({ library: status.library, held: status.until, over: status.isOver ? true : undefined });
    case 'on-its-way':
      return {};
  }
}

const requestLines = ({ lines }: AccountShown['requests'], network: Zone, nameOf: NameOfRequest): unknown[] =>
  lines.map(({ request, title, description, pickup, until, status }) => ({
    request: nameOf(request),
    title,
    pickup,
    status: status.kind,
    ...present({ description, until }),
    ...statusFields(status, network),
  }));

const blockLines = ({ blocks }: AccountShown['messages'], network: Zone): unknown[] =>
  blocks.map(({ type, library, until, stops, cause }) => ({
    type,
    stops,
    ...present({ library, until }),
    ...(cause
      ? {
          item: cause.barcode,
          title: cause.title,
          daysLate: cause.daysLate,
          due: local(cause.due, network),
          returned: local(cause.returnedAt, network),
        }
      : {}),
  }));

/**
 * What a patron sees of themselves: `name, card, email, expiry, status, blockedUntil, mayRequest`; `counts` (`loans, late,
 * requests, ready, notes, blocks`); `loans` (each with `renewal: can` and `until`, `renewed-today`, or `cannot` and `reasons`),
 * `earlier`, `requests` (`status: waiting, being-fetched, acquisition, on-its-way, ready`), `notes` (texts), `blocks` (with
 * the `item` that caused them).
 */
export function accountResult(shown: AccountShown, network: Zone, nameOf: NameOfRequest): PlainResult {
  const { account, loans, earlier, requests, messages } = shown;
  const { name, card, email, expiry, status, blockedUntil, mayRequest, counts } = account;
  return {
    ...present({ name, card, email, expiry, status, blockedUntil }),
    mayRequest,
    counts,
    loans: loanLines(loans, network),
    earlier: earlier.lines.map(({ title, library, lentAt, returnedAt }) => ({
      title,
      library,
      lent: local(lentAt, network),
      returned: local(returnedAt, network),
    })),
    requests: requestLines(requests, network, nameOf),
    notes: messages.notes.map((one) => one.text),
    blocks: blockLines(messages, network),
  };
}
