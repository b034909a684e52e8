import { attemptOn } from './attempt.ts';
import { auditOn } from './audit.ts';
import { blocksOn } from './blocks.ts';
import { catalogueOn } from './catalogue.ts';
import { checkData } from './check.ts';
import { dueDatesOn } from './due-dates.ts';
import { eventsOn } from './events.ts';
import { importsOn } from './import-catalogue.ts';
import { itemHistoryOn } from './item-history.ts';
import { itemsOn } from './items.ts';
import { listsOn } from './lists.ts';
import { loansOn } from './loans.ts';
import { networksOn, settingsOn } from './networks.ts';
import { patronNotesOn } from './patron-notes.ts';
import { patronSearchOn } from './patron-search.ts';
import { patronsOn } from './patrons.ts';
import { quickAddsOn } from './quick-adds.ts';
import { requestCopiesOn } from './request-copies.ts';
import { requestRowsOn } from './request-rows.ts';
import { requestsOn } from './requests.ts';
import type { Connection } from './sql.ts';
import { staffOn } from './staff.ts';
import { transitsOn } from './transits.ts';
import { workOrdersOn } from './work-orders.ts';

/** Everything the library remembers, on one connection or in one transaction. */
export function recordsOn(db: Connection) {
  return {
    patrons: patronsOn(db),
    patronSearch: patronSearchOn(db),
    patronNotes: patronNotesOn(db),
    blocks: blocksOn(db),
    items: itemsOn(db),
    catalogue: catalogueOn(db),
    loans: loansOn(db),
    dueDates: dueDatesOn(db),
    requests: requestsOn(db),
    requestRows: requestRowsOn(db),
    requestCopies: requestCopiesOn(db),
    transits: transitsOn(db),
    workOrders: workOrdersOn(db),
    quickAdds: quickAddsOn(db),
    imports: importsOn(db),
    events: eventsOn(db),
    audit: auditOn(db),
    itemHistory: itemHistoryOn(db),
    staff: staffOn(db),
    networks: networksOn(db),
    settings: settingsOn(db),
    lists: listsOn(db),
    /** Does something of which nothing may be left if it does not turn out well. */
    attempt: attemptOn(db),
    /** Broken invariants; none in a sound database (REL-01). */
    check: async () => checkData(db),
  };
}
export type Records = ReturnType<typeof recordsOn>;
