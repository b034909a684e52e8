import { organisation } from './0001-organisation.ts';
import { patrons } from './0002-patrons.ts';
import { catalogue } from './0003-catalogue.ts';
import { circulation } from './0004-circulation.ts';
import { datesByHand } from './0005-dates-by-hand.ts';
import { theWholeDesk } from './0006-the-whole-desk.ts';
import { auditSearch } from './0007-audit-search.ts';
import { itemsOfATitle } from './0008-items-of-a-title.ts';
import { requests } from './0009-requests.ts';
import { patronSearch } from './0010-patron-search.ts';
import { patronsByName } from './0011-patrons-by-name.ts';
import { patronsRecords } from './0012-patrons-records.ts';
import { lettersAndNights } from './0013-letters-and-nights.ts';
import { offlineUploads } from './0014-offline-uploads.ts';
import { signInAttempts } from './0015-sign-in-attempts.ts';
import { subjects } from './0016-subjects.ts';
import type { Migration } from './types.ts';

/** The schema, oldest first. */
export const migrations: readonly Migration[] = [
  organisation,
  patrons,
  catalogue,
  circulation,
  datesByHand,
  theWholeDesk,
  auditSearch,
  itemsOfATitle,
  requests,
  patronSearch,
  patronsByName,
  patronsRecords,
  lettersAndNights,
  offlineUploads,
  signInAttempts,
  subjects,
];
