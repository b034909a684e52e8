import type { Seat } from '../../source/desk/perform.ts';

/** The operator of the training copy at the loan desk of BU Sciences. */
export const operator: Seat = {
  staff: { id: 1, name: 'bib', displayName: 'Camille Bonnafous', roles: [{ role: 'operator', library: '*' }] },
  place: { kind: 'desk', library: 'sci', code: 'PRET' },
};
