import { z } from 'zod';
import { BLOCK_TYPES, CHECK_DIGITS, OVERRIDE_LEVELS, PRINTER_KINDS } from '../../circulation/network.ts';
import { kioskShape, preRegistrationShape } from './schema-kiosk.ts';
import { institutionShape } from './schema-institutions.ts';
import { outageShape } from './schema-outage.ts';
import * as part from './schema-parts.ts';

const { strictMap, oneOrMore, code, name, words, day, days, period, count, hours } = part;

const selector = {
  library: oneOrMore(code).exactOptional(),
  location: oneOrMore(part.location).exactOptional(),
  group: oneOrMore(code).exactOptional(),
  material: oneOrMore(code).exactOptional(),
  policy: oneOrMore(code).exactOptional(),
};

const receipt = z.enum(['automatic', 'on-demand']).default('on-demand');

const blockTypes = z.array(
  strictMap({
    code: z.enum(BLOCK_TYPES),
    stops: z.array(z.enum(['loan', 'request', 'renewal'])),
  }),
);

/** What a library changes of the network's penalties (PEN-08). */
const libraryPenalties = strictMap({
  graceDays: count.exactOptional(),
  shortLoan: strictMap({
    upTo: days.exactOptional(),
    graceDays: count.exactOptional(),
  }).exactOptional(),
  daysPerDayLate: count.exactOptional(),
  maxDays: count.exactOptional(),
});

const penalties = strictMap({
  graceDays: count.default(3),
  shortLoan: strictMap({ upTo: days.prefault('7 days'), graceDays: count.default(1) }).prefault({}),
  daysPerDayLate: count.default(1),
  maxDays: count.exactOptional(),
});

/** From-to, both inclusive; without `to`, the one day. */
const closure = strictMap({ from: day, to: day.exactOptional(), name: name.exactOptional() });

const desk = strictMap({
  code,
  name,
  printer: strictMap({
    terminal: z.boolean().exactOptional(),
    queue: part.queue.exactOptional(),
    file: name.exactOptional(),
    email: part.email.exactOptional(),
    use: z.enum(PRINTER_KINDS).exactOptional(),
    columns: z.literal([42, 80]).exactOptional(),
  }).exactOptional(),
});

/** `63S` or `sci/63S`: a library's own rows need not name it. */
const ownLocation = z.union([part.location, code]);

const pickupRow = strictMap({
  material: oneOrMore(code).exactOptional(),
  location: oneOrMore(ownLocation).exactOptional(),
  policy: oneOrMore(code).exactOptional(),
  at: z.union([z.literal('any'), z.literal('own'), z.array(code).min(1)]),
  except: z.array(code).exactOptional(),
  notOnSite: z.boolean().exactOptional(),
});

/** How the library's scanners send barcodes (TUI-03). */
const scanner = strictMap({
  prefixes: z.array(name).default([]),
  suffixes: z.array(name).default([]),
  startStop: z.array(z.enum(['code39', 'codabar'])).default(['code39']),
  frenchDigits: z.boolean().default(true),
  checkDigit: strictMap({ scheme: z.enum(CHECK_DIGITS), keep: z.boolean().default(true) }).exactOptional(),
}).prefault({});

/** What cards and barcodes look like, so that others are named as such (TUI-11). */
const barcodes = strictMap({
  patron: z.array(part.pattern).default([]),
  item: z.array(part.pattern).default([]),
}).prefault({});

/** One library, as the file writes it. */
export const libraryShape = strictMap({
  code,
  name,
  campus: code,
  site: code,
  hours,
  seasons: z.array(strictMap({ from: day, to: day, hours })).default([]),
  closures: z.array(closure).default([]),
  desks: z.array(desk),
  departments: z.array(strictMap({ code, name })).default([]),
  locations: z.array(
    strictMap({
      code,
      name,
      onShelfRequests: z.boolean().default(true),
      quickAdd: z.boolean().default(false),
    }),
  ),
  notices: strictMap({
    cycle: z.int().min(1).exactOptional(),
    sender: part.email.exactOptional(),
    replyTo: part.email.exactOptional(),
  }).prefault({}),
  contact: strictMap({
    address: z.array(name).min(1).max(8).exactOptional(),
    phone: name.exactOptional(),
    web: part.webAddress.exactOptional(),
  }).exactOptional(),
  letters: strictMap({
    withoutAddress: z.enum(['fail', 'paper']).default('fail'),
    printer: part.email.exactOptional(),
  }).exactOptional(),
  autoRenew: z.boolean().default(false),
  receipts: strictMap({ loan: receipt, return: receipt }).prefault({}),
  parallelLoans: z.enum(['allowed', 'forbidden']).default('allowed'),
  limitedOperatorsOverride: z.boolean().default(true),
  holdShelf: strictMap({
    openDays: z.int().min(1).max(366).default(8),
    reminderAfter: days.prefault('4 days'),
  }).prefault({}),
  recall: strictMap({ dueWithin: days }).exactOptional(),
  transitAlert: days.exactOptional(),
  pickup: z.array(pickupRow).prefault([{ at: 'any' }]),
  deliveryDays: z.record(code, count).prefault({}),
  penalties: libraryPenalties.exactOptional(),
  blockTypes: blockTypes.exactOptional(),
  checksRecords: z.boolean().default(false),
  scansAtPrompt: z.enum(['wait', 'refuse']).default('wait'),
  scanner,
  barcodes,
});

const loanRule = strictMap({
  ...selector,
  mayBorrow: z.boolean().exactOptional(),
  loanable: z.boolean().exactOptional(),
  renewable: z.boolean().exactOptional(),
  requestable: z.boolean().exactOptional(),
  period: period.exactOptional(),
  max: period.exactOptional(),
  dueOn: day.exactOptional(),
  from: day.exactOptional(),
  to: day.exactOptional(),
});

/** How a registration profile sets a date: after a while, on a day of the academic year that follows, or by hand. */
const profileDate = z.union([
  strictMap({ after: part.months }),
  strictMap({ on: part.monthDay, of: z.enum(['next-academic-year', 'year-after-expiry']) }),
  z.literal('by-hand'),
]);

/** USR-06: what a profile fills in and checks. */
const registrationProfile = strictMap({
  code,
  name: words,
  kind: z.enum(['internal', 'external']),
  groups: z.array(code).min(1),
  campus: code.exactOptional(),
  category: code.exactOptional(),
  identifier: strictMap({
    type: z.enum(['CARD', 'UNR']),
    prefixes: z.array(name).default([]),
    primary: z.boolean(),
  }),
  statistics: z.array(code).default([]),
  expiry: profileDate.exactOptional(),
  purge: profileDate.exactOptional(),
});

const named = strictMap({ code, name });
const wordy = strictMap({ code, name: words });

/** The whole network file (spec 10): what validates it, and what its JSON Schema is made from. */
export const networkFileShape = strictMap({
  network: strictMap({
    code,
    name,
    timeZone: part.timeZone,
    requestLimit: count.default(10),
    anonymiseAfter: part.months.prefault('3 months'),
    keepLetters: days.prefault('365 days'),
    transitAlert: days.prefault('5 days'),
    routing: z.enum(['campus', 'site']).default('campus'),
    placeholderEmail: part.email.exactOptional(),
    noReply: part.email.exactOptional(),
    verifiedNote: name.default('Dossier vérifié'),
    clearance: strictMap({ authority: name, place: name.exactOptional() }).exactOptional(),
    preRegistration: preRegistrationShape.exactOptional(),
  }),
  /** Who looks after what runs at night (JOB-04). */
  jobs: strictMap({
    reportTo: z.array(part.email).default([]),
    language: z.enum(['fr', 'en']).default('fr'),
  }).exactOptional(),
  outage: outageShape.exactOptional(),
  kiosk: kioskShape.exactOptional(),
  institutions: z.array(institutionShape).max(100).exactOptional(),
  campuses: z.array(named),
  sites: z.array(named),
  groups: z.array(wordy),
  materials: z.array(wordy),
  itemPolicies: z.array(wordy).default([]),
  libraries: z.array(libraryShape).min(1),
  loanRules: z.array(loanRule),
  limits: z.array(strictMap({ ...selector, max: count, name: name.exactOptional() })).default([]),
  penalties: penalties.prefault({}),
  blockTypes: blockTypes.default([]),
  overrides: z
    .array(
      strictMap({
        code: name,
        library: oneOrMore(code).exactOptional(),
        by: z.enum(OVERRIDE_LEVELS),
      }),
    )
    .default([]),
  cycles: z
    .array(
      strictMap({
        code: z.int().min(1).max(999),
        courtesy: z.int().min(0).max(366),
        overdue: z.array(z.int().min(1).max(3660)).max(3),
        bill: z.int().min(1).max(3660),
      }),
    )
    .default([{ code: 1, courtesy: 3, overdue: [7, 14, 21], bill: 28 }]),
  registrationProfiles: z.array(registrationProfile).default([]),
  categories: z.array(wordy).default([]),
  statisticTypes: z.array(wordy).default([]),
  statistics: z.array(strictMap({ code, type: code, name: words, campus: code.exactOptional() })).default([]),
});

/** What a valid file says, periods and hours read, lists where one value was written, defaults filled in. */
export type NetworkFile = z.output<typeof networkFileShape>;
export type LibraryFile = z.output<typeof libraryShape>;
