import { readNetworkText } from '../../source/exchange/network-file/index.ts';
import type { NetworkError, NetworkReading, NetworkWarning } from '../../source/exchange/network-file/index.ts';
import type { Network } from '../../source/circulation/network.ts';

/** A small but complete network file, near the example of spec 10. */
export const SMALL = `network: {code: small, name: Petit réseau, timeZone: Europe/Paris}
campuses: [{code: UPS, name: Université Paul-Sabatier}]
sites: [{code: rangueil, name: Rangueil}]
groups:
  - {code: L, name: {fr: Licence, en: Bachelor}}
  - {code: D, name: Doctorat}
  - {code: PROF, name: Professeurs}
  - {code: PEB, name: PEB}
materials: [{code: BOOK, name: Livre}, {code: EQUIPMENT, name: Matériel}]
itemPolicies: [{code: EXC, name: Exclu}, {code: P48NN, name: 48 heures}]
libraries:
  - code: sci
    name: BU Sciences
    campus: UPS
    site: rangueil
    hours: {mon-fri: "08:00-12:00, 14:00-19:00", sat: "09:00-12:30"}
    seasons: [{from: 2026-07-01, to: 2026-08-31, hours: {mon-fri: "09:00-17:00"}}]
    closures: [{from: 2026-07-14}, {from: 2026-12-24, to: 2027-01-03, name: Noël}]
    desks: [{code: PRET, name: Banque de prêt, printer: {email: pret@example.org}}]
    departments: [{code: ACQ, name: Acquisitions}]
    locations: [{code: 63S, name: Salle, onShelfRequests: false}, {code: AJR, name: Ajout rapide, quickAdd: true}]
    notices: {cycle: 1, sender: sci@example.org, replyTo: sci@example.org}
    pickup:
      - {material: EQUIPMENT, at: own}
      - {at: any, except: [BUC], notOnSite: true}
    deliveryDays: {BUC: 3}
  - code: BUC
    name: BU centrale
    campus: UPS
    site: rangueil
    hours: {mon-sun: "08:00-20:00"}
    desks: []
    locations: [{code: SAL, name: Salle}]
loanRules:
  - {group: PEB, mayBorrow: false}
  - {policy: EXC, loanable: false}
  - {policy: P48NN, period: 48 hours, renewable: false}
  - {location: sci/63S, group: L, period: 3 weeks, max: 28 days}
  - {library: BUC, dueOn: 2026-09-15, from: 2026-06-15, to: 2026-08-31}
  - {period: 14 days}
limits: [{library: sci, max: 10}]
overrides: [{code: PATRON_EXPIRED, by: manager}]
cycles: [{code: 1, courtesy: 3, overdue: [7, 14, 21], bill: 28}]
`;

/** A text with one passage changed; the passage must stand there exactly once. */
export function changed(passage: string, by: string, text: string = SMALL): string {
  if (text.split(passage).length !== 2) throw new Error(`not exactly once: ${passage}`);
  return text.replace(passage, () => by);
}

/** The network of a text that must be valid. */
export function networkOf(text: string): Network {
  return readable(readNetworkText(text, 'test.yaml')).network;
}

/** The warnings of a text that must be valid. */
export function warningsOf(text: string): readonly NetworkWarning[] {
  return readable(readNetworkText(text, 'test.yaml')).warnings;
}

/** The errors of a text; none if it is valid. */
export function errorsOf(text: string, today?: string): readonly NetworkError[] {
  const reading = readNetworkText(text, 'test.yaml', today === undefined ? {} : { today });
  return 'errors' in reading ? reading.errors : [];
}

function readable(reading: NetworkReading): Extract<NetworkReading, { network: Network }> {
  if ('errors' in reading) throw new Error(JSON.stringify(reading.errors));
  return reading;
}
