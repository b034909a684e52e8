import { anonymiseOn } from './anonymise.ts';
import { attemptOn } from './attempt.ts';
import { auditOn } from './audit.ts';
import { blocksOn } from './blocks.ts';
import { catalogueOn } from './catalogue.ts';
import { checkData } from './check.ts';
import { clearancesOn } from './clearances.ts';
import { closingLostOn } from './closing-lost.ts';
import { isEmpty } from './copy-tables.ts';
import { countRows } from './counts.ts';
import { dueDatesOn } from './due-dates.ts';
import { eventsOn } from './events.ts';
import type { WrittenEvent } from './events.ts';
import { holdRemindersOn } from './hold-reminders.ts';
import { importsOn } from './import-catalogue.ts';
import { patronImportsOn } from './import-patrons.ts';
import { itemHistoryOn } from './item-history.ts';
import { itemsOn } from './items.ts';
import { letterFactsOn } from './letter-facts.ts';
import { letterListOn } from './letter-list.ts';
import { lettersOn } from './letters.ts';
import { jobRunsOn } from './job-runs.ts';
import { likelyDuplicatesOn } from './likely-duplicates.ts';
import { listsOn } from './lists.ts';
import { loansOn } from './loans.ts';
import { lostAttemptsOn } from './lost-attempts.ts';
import { networksOn, settingsOn } from './networks.ts';
import { nightPurgeOn } from './night-purge.ts';
import { noticesOn } from './notices.ts';
import { offlineUploadsOn } from './offline-uploads.ts';
import { patronNotesOn } from './patron-notes.ts';
import { patronContactsOn } from './patron-contacts.ts';
import { patronIdentifiersOn } from './patron-identifiers.ts';
import { patronPasswordsOn } from './patron-passwords.ts';
import { patronRecordOn } from './patron-record.ts';
import { patronSearchOn } from './patron-search.ts';
import { patronStatisticsOn } from './patron-statistics.ts';
import { patronsOn } from './patrons.ts';
import { publicTitlesOn } from './public-titles.ts';
import { patronPurgeOn } from './purge-patrons.ts';
import { quickAddsOn } from './quick-adds.ts';
import { requestCopiesOn } from './request-copies.ts';
import { requestRowsOn } from './request-rows.ts';
import { requestsOn } from './requests.ts';
import { signInAttemptsOn } from './sign-in-attempts.ts';
import type { Connection } from './sql.ts';
import { staffOn } from './staff.ts';
import { transitsOn } from './transits.ts';
import { workOrdersOn } from './work-orders.ts';

/** Everything the library remembers, on one connection or in one transaction. */
export function recordsOn(db: Connection) {
  const written: WrittenEvent[] = [];
  return {
    patrons: patronsOn(db),
    patronSearch: patronSearchOn(db),
    likelyDuplicates: likelyDuplicatesOn(db),
    patronRecord: patronRecordOn(db),
    patronContacts: patronContactsOn(db),
    patronIdentifiers: patronIdentifiersOn(db),
    patronStatistics: patronStatisticsOn(db),
    patronNotes: patronNotesOn(db),
    patronPasswords: patronPasswordsOn(db),
    signInAttempts: signInAttemptsOn(db),
    letters: lettersOn(db),
    letterFacts: letterFactsOn(db),
    letterList: letterListOn(db),
    clearances: clearancesOn(db),
    blocks: blocksOn(db),
    items: itemsOn(db),
    catalogue: catalogueOn(db),
    publicTitles: publicTitlesOn(db),
    loans: loansOn(db),
    dueDates: dueDatesOn(db),
    notices: noticesOn(db),
    closingLost: closingLostOn(db),
    anonymise: anonymiseOn(db),
    nightPurge: nightPurgeOn(db),
    holdReminders: holdRemindersOn(db),
    requests: requestsOn(db),
    requestRows: requestRowsOn(db),
    requestCopies: requestCopiesOn(db),
    transits: transitsOn(db),
    workOrders: workOrdersOn(db),
    quickAdds: quickAddsOn(db),
    imports: importsOn(db),
    patronImports: patronImportsOn(db),
    patronPurge: patronPurgeOn(db),
    offline: offlineUploadsOn(db),
    jobRuns: jobRunsOn(db),
    events: eventsOn(db, written),
    lostAttempts: lostAttemptsOn(db),
    audit: auditOn(db),
    itemHistory: itemHistoryOn(db),
    staff: staffOn(db),
    networks: networksOn(db),
    settings: settingsOn(db),
    lists: listsOn(db),
    /** Does something of which nothing may be left if it does not turn out well. */
    attempt: attemptOn(db, written),
    /** Broken invariants; none in a sound database (REL-01). */
    check: async () => checkData(db),
    /** Whether nothing at all has been put into it. */
    isEmpty: async () => isEmpty(db),
    /** How much there is of what people ask for first. */
    count: async () => countRows(db),
  };
}
export type Records = ReturnType<typeof recordsOn>;
