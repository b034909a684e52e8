import { blocksOn } from './blocks.ts';
import { checkData } from './check.ts';
import { dueDatesOn } from './due-dates.ts';
import { eventsOn } from './events.ts';
import { itemsOn } from './items.ts';
import { loansOn } from './loans.ts';
import { networksOn, settingsOn } from './networks.ts';
import { patronsOn } from './patrons.ts';
import { requestsOn } from './requests.ts';
import type { Connection } from './sql.ts';
import { staffOn } from './staff.ts';

/** Everything the library remembers, on one connection or in one transaction. */
export function recordsOn(db: Connection) {
  return {
    patrons: patronsOn(db),
    blocks: blocksOn(db),
    items: itemsOn(db),
    loans: loansOn(db),
    dueDates: dueDatesOn(db),
    requests: requestsOn(db),
    events: eventsOn(db),
    staff: staffOn(db),
    networks: networksOn(db),
    settings: settingsOn(db),
    /** Broken invariants; none in a sound database (REL-01). */
    check: async () => checkData(db),
  };
}
export type Records = ReturnType<typeof recordsOn>;
