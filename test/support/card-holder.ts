import type { TestPatron } from './house.ts';

/** A contact of the card system's, the preferred one of its kind. */
const inherited = (kind: 'email' | 'address', type: string, value: string, place: string | null = null) => ({
  kind,
  type,
  value,
  city: place,
  postalCode: place === null ? null : '31000',
  country: null,
  preferred: true,
  external: true,
});

/** A student as the card system sends them (manual X.2): address, institution's e-mail, UNR, all of it external. */
export const cardHolder: TestPatron = {
  id: 'ut1.ana.martin',
  kind: 'external',
  lastName: 'MARTIN',
  firstName: 'Ana',
  birthDay: '2004-03-02',
  group: 'L',
  campus: 'UT1',
  expiry: '2026-10-30',
  purge: '2027-01-30',
  identifiers: [
    { type: 'PRIMARY', value: 'ut1.ana.martin', external: true },
    { type: 'UNR', value: '1510000000001', external: true },
  ],
  statistics: [{ code: '0ut1', external: true }],
  contacts: [
    inherited('email', 'school', 'ana.martin@ut1.example.org'),
    inherited('address', 'home', '21 rue Ozenne', 'Toulouse'),
  ],
};
