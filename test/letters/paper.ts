import type { Instant } from '../../source/circulation/time.ts';
import type { Language } from '../../source/language/index.ts';
import { paperFor } from '../../source/letters/index.ts';
import type { Paper, PaperColumns } from '../../source/letters/index.ts';
import { local } from '../support/house.ts';
import { withLibrary } from '../support/network.ts';

/** The network whose names stand on the papers of these tests. */
export const network = withLibrary(
  'sci',
  {
    name: 'BU Sciences',
    notices: { cycle: 1, replyTo: 'sci@example.org' },
    departments: [{ code: 'ACQ', name: 'Acquisitions' }],
    locations: [{ code: '63S', name: 'Salle de lecture', onShelfRequests: false, quickAdd: false }],
  },
  withLibrary('buc', { name: 'BU Centrale du Mirail' }),
);
export const sci = { code: 'sci', name: 'BU Sciences' };
export const buc = { code: 'buc', name: 'BU Centrale du Mirail' };

/** Monday 1 June 2026, 10:00, in Paris. */
export const at: Instant = local('2026-06-01T10:00');

export const paper = (columns: PaperColumns, language: Language): Paper =>
  paperFor({ columns, language, network, timeZone: 'Europe/Paris' });

/** A paper as one text, its left edge drawn. */
export const edged = (lines: readonly string[]): string => `\n${lines.map((line) => `|${line}`).join('\n')}\n`;

/** A patron whose preferred language is French. */
export const ana = {
  lastName: 'Martin',
  firstName: 'Ana',
  language: 'fr',
  identifiers: [
    { type: 'barcode', value: 'C1' },
    { type: 'primary', value: '9921000000164' },
  ],
};

/** A loan of a book of sci/63S, due on Monday 22 June at 19:00; what is given differs. */
export const loan = (more: Readonly<Record<string, unknown>> = {}) => ({
  title: 'Algèbre linéaire',
  author: 'Joseph Grifone' as string | null,
  description: null as string | null,
  callNumber: '512.5 GRI' as string | null,
  barcode: '37000034179',
  library: sci,
  due: local('2026-06-22T19:00'),
  late: false,
  daysLate: 0,
  renewals: 0,
  status: 'Normal' as 'Normal' | 'Renewed' | 'Recalled' | 'Lost',
  returnedAt: null as Instant | null,
  ...more,
});

/** The same book, as slips name it. */
export const book = {
  title: 'Algèbre linéaire',
  author: 'Joseph Grifone',
  barcode: '37000034179',
  library: 'sci',
  callNumber: '512.5 GRI',
  location: 'sci/63S',
};
