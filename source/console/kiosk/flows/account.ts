import { ownAccount } from '../../../desk/own-account.ts';
import { BACK } from '../ui.ts';
import type { Reader, Visit } from '../visit.ts';
import { searchCatalogue } from './catalogue.ts';
import { askClearance } from './clearance.ts';
import { showHistory, showLoans } from './loans.ts';
import { showMessages } from './messages.ts';
import { changePassword } from './passwords.ts';
import { showRequests } from './requests.ts';

const PLACES: Readonly<Record<string, (visit: Visit, reader: Reader) => Promise<void>>> = {
  loans: showLoans,
  requests: showRequests,
  messages: showMessages,
  history: showHistory,
  catalogue: async (visit) => searchCatalogue(visit),
  change: async (visit, { id }) => changePassword(visit, id),
};

/** The reader's account (KIO-03 to KIO-05, manual III.2.2); it returns when they sign out. */
export async function openAccount(visit: Visit): Promise<void> {
  const reader = visit.reader();
  if (!reader) return;
  let begin = 'loans';
  for (;;) {
    const account = await visit.act(ownAccount, { patron: reader.id });
    if (account.kind !== 'account') return;
    const { account: words, home } = visit.words();
    const { counts, blockedUntil, blockedForGood } = account;
    const dates = visit.dates();
    const expiry = account.expiry === null ? '' : dates.numeric(account.expiry);
    const summary = words.summary(account.card ?? '', account.group === null ? '' : visit.group(account.group), expiry);
    const chosen = await visit.ui.menu({
      title: words.title(reader.name),
      said: [
        summary,
        ...(counts.blocks > 0
          ? [words.blocked(blockedUntil === null || blockedForGood ? null : dates.day(blockedUntil))]
          : []),
      ],
      back: words.signOut,
      begin,
      choices: [
        { id: 'loans', label: words.loans(counts.loans, counts.late) },
        { id: 'requests', label: words.requests(counts.requests, counts.ready) },
        { id: 'messages', label: words.messages(counts.notes + counts.blocks) },
        { id: 'history', label: words.history },
        { id: 'catalogue', label: home.catalogue },
        ...(account.mayChangePassword ? [{ id: 'change', label: words.change }] : []),
        { id: 'clearance', label: words.clearance },
        { id: BACK, label: words.signOut },
      ],
    });
    if (chosen === BACK) return;
    begin = chosen;
    // After a clearance there is no account any more.
    if (chosen === 'clearance') {
      if (await askClearance(visit)) return;
    } else await PLACES[chosen]?.(visit, reader);
  }
}
