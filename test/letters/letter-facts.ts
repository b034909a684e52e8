import type { ClearanceFacts, Letter } from '../../source/circulation/letters.ts';
import { local } from '../support/house.ts';

/** A clearance of Monday 9 February 2026. */
export const clearance = (more: Partial<ClearanceFacts> = {}): ClearanceFacts => ({
  number: 12,
  patron: { lastName: 'Martin', firstName: 'Ana', identifier: '2999000000017', birthDay: '1999-02-09' },
  issuedAt: local('2026-02-09T10:00'),
  day: '2026-02-09',
  authority: 'La directrice du SICD',
  place: 'Toulouse',
  network: "Réseau des bibliothèques de l'Université",
  ...more,
});

const line = {
  id: 1,
  createdAt: local('2026-02-09T10:00'),
  sentAt: null,
  address: 'ana@example.org',
  state: 'queued' as const,
  error: null,
  again: false,
  library: 'sci',
  language: 'fr',
  patronId: 1,
  channel: 'mail' as const,
  said: null,
};

/** The letter of a clearance. */
export const clearanceLetter = (more: Partial<Extract<Letter, { kind: 'quitus' }>> = {}): Letter => ({
  ...line,
  kind: 'quitus',
  facts: clearance(),
  ...more,
});

/** An identity message. */
export const identityLetter = (more: Partial<Extract<Letter, { kind: 'identity' }>> = {}): Letter => ({
  ...line,
  kind: 'identity',
  facts: {
    patron: { lastName: 'Martin', firstName: 'Ana', identifier: '2999000000017' },
    network: "Réseau des bibliothèques de l'Université",
  },
  ...more,
});

/** A code that works until Tuesday 10 February 2026, 10:00. */
export const code = { code: 'ACEFG-HJKMN', expires: local('2026-02-10T10:00') };
