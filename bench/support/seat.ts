import type { Seat } from '../../source/desk/perform.ts';

/** The operator of the training copy at the loan desk of a library. */
export const operatorAt = (library: string): Seat => ({
  staff: { id: 1, name: 'bib', displayName: 'Camille Bonnafous', roles: [{ role: 'operator', library: '*' }] },
  place: { kind: 'desk', library, code: 'PRET' },
});

/** … of BU Sciences. */
export const operator: Seat = operatorAt('sci');
