import type { Role } from '../../source/desk/permissions.ts';
import { cardCandidate } from '../../source/desk/card-system.ts';
import {
  cardDigests,
  endPatronImport,
  importPatrons,
  overwriteFromCard,
  startPatronImport,
} from '../../source/desk/import-patrons.ts';
import { purgePatrons } from '../../source/desk/purge-patrons.ts';
import { lineOf, NETWORK, NO_DESK, ofPatron, PATRON_EDITORS, PATRON_STAFF } from './permission-lines.ts';
import type { Line } from './permission-lines.ts';

const CARD_IMPORTERS: Role[] = ['user-administrator', 'network-administrator'];

const cardRecord = (primaryId: string) => {
  const spot = { line: 1 };
  const patron = { primaryId, lastName: 'New', firstName: 'One', group: 'L' };
  return { patron, raw: null, spot, primaryId: spot, purge: spot, identifiers: [] };
};

/** The card system and the purge, for the table of permissions. */
export const CARD_LINES: readonly Line[] = [
  lineOf(startPatronImport, CARD_IMPORTERS, { file: 'users.xml', worker: 'host:1' }, NO_DESK, 'started'),
  lineOf(cardDigests, CARD_IMPORTERS, { keys: ['P1'] }, NO_DESK, 'digests'),
  lineOf(
    importPatrons,
    CARD_IMPORTERS,
    async (w) => ({ run: 1, records: [cardRecord(w.fresh('CARD'))], rejections: [], counters: {} }),
    NO_DESK,
    'imported',
  ),
  lineOf(endPatronImport, CARD_IMPORTERS, { run: 0, file: 'users.xml', state: 'done', counters: {} }, NO_DESK, 'ended'),
  lineOf(cardCandidate, PATRON_STAFF, ofPatron, NO_DESK, 'not-to-overwrite'),
  lineOf(
    overwriteFromCard,
    PATRON_EDITORS,
    async (w) => ({ patron: await w.patron(), record: cardRecord(w.fresh('CARD')) }),
    NO_DESK,
    'failed',
  ),
  lineOf(
    purgePatrons,
    NETWORK,
    async (w) => {
      await w.scene.patron({ id: w.fresh('OLD'), expiry: '2026-01-31', purge: '2026-05-31' });
      return {};
    },
    NO_DESK,
    'purged',
  ),
];

/** A run that begins has changed nobody yet; here nobody waits for the card system. */
export const CARD_LINES_WITHOUT_EVENT = [startPatronImport, overwriteFromCard].map((one) => one.name);
