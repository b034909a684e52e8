import { z } from 'zod';
import { BLOCK_CODES } from '../../circulation/blocks.ts';
import { RUNNABLE_NAMES } from '../../circulation/jobs.ts';
import type { RunnableName } from '../../circulation/jobs.ts';
import { LETTER_KINDS } from '../../circulation/letters.ts';
import { PROCESS_TYPES } from '../../circulation/loan.ts';
import { BLOCK_TYPES } from '../../circulation/network.ts';
import { ROLES } from '../../desk/permissions.ts';
import { PUBLIC_FIELDS } from '../../desk/public-catalogue.ts';
import { SHELF_LISTS } from '../../desk/requests-shelf.ts';
import { CATALOGUE_FORMATS, ENCODINGS, FLAVOURS } from '../../exchange/catalogue/index.ts';
import { PATRON_ENCODINGS, PATRON_FORMATS } from '../../exchange/patrons/index.ts';
import { day, oneOrMore, strictMap } from '../../exchange/network-file/schema-parts.ts';
import { FAILURES } from '../results.ts';
import { accountShape, cancelRequestShape, renewShape, requestShape } from './account-format.ts';
import { editPatronShape, sceneContacts } from './edit-patron-format.ts';
import { dayOrTime, localTime, oneOf, overrides, text } from './format-parts.ts';
import { preRegisterShape, quitusShape } from './kiosk-forms-format.ts';
import { consoleShape, guideShape, lessonShape, titleShape } from './lesson-format.ts';
import { scenarioIssue } from './problems.ts';
import { registerShape } from './register-format.ts';
import { forgotPasswordShape, setPasswordShape, signInShape } from './sign-in-format.ts';

const block = strictMap({
  type: z.enum(BLOCK_TYPES),
  until: day.exactOptional(),
  note: text.exactOptional(),
}).check((context) => {
  // A late return always ends (PEN-02); the database says so too.
  if (context.value.type === 'LATE_RETURN' && context.value.until === undefined) {
    context.issues.push(scenarioIssue('missing-key', { allowed: ['text'] }, context.value, ['until']));
  }
});

const note = z.union([
  text.transform((written): { text: string; popup?: boolean; public?: boolean } => ({ text: written })),
  strictMap({ text, popup: z.boolean().exactOptional(), public: z.boolean().exactOptional() }),
]);

const patron = strictMap({
  id: text,
  name: text.exactOptional(),
  firstName: text.exactOptional(),
  birthDate: day.exactOptional(),
  /** `null`: none; absent: the first group that may borrow. */
  group: text.nullable().exactOptional(),
  campus: text.exactOptional(),
  /** `null`: never; absent: one year after the scene begins. */
  expiry: day.nullable().exactOptional(),
  purge: day.exactOptional(),
  status: z.enum(['active', 'inactive']).default('active'),
  kind: z.enum(['internal', 'external']).default('internal'),
  language: text.default('fr'),
  email: text.exactOptional(),
  /** For `sign-in` (USR-11). */
  password: text.exactOptional(),
  ...sceneContacts,
  identifiers: z.array(strictMap({ type: text, value: text })).default([]),
  notes: z.array(note).default([]),
  blocks: z.array(block).default([]),
});

const item = strictMap({
  barcode: text,
  title: text.exactOptional(),
  author: text.exactOptional(),
  isbn: text.exactOptional(),
  /** Of the title that is made for it. */
  subjects: z.array(text).exactOptional(),
  location: text.exactOptional(),
  material: text.exactOptional(),
  policy: text.exactOptional(),
  description: text.exactOptional(),
  callNumber: text.exactOptional(),
  note: text.exactOptional(),
  process: z.enum(PROCESS_TYPES).exactOptional(),
});

const staff = strictMap({ id: text, role: z.enum(ROLES), libraries: oneOrMore(z.string().min(1)).default(['*']) });

/** The whole file; its steps are read one by one (`stepShapes`). */
export const fileShape = strictMap({
  title: titleShape.exactOptional(),
  lesson: lessonShape.exactOptional(),
  rules: z.array(text).default([]),
  network: text.default('toulouse'),
  with: z.record(z.string(), z.unknown()).exactOptional(),
  at: localTime,
  as: text.exactOptional(),
  desk: text.exactOptional(),
  staff: z.array(staff).default([]),
  patrons: z.array(patron).default([]),
  items: z.array(item).default([]),
  steps: z.array(z.record(z.string(), z.unknown())).default([]),
});
export type ScenarioFile = z.output<typeof fileShape>;
export type ScenePatron = ScenarioFile['patrons'][number];
export type SceneItem = ScenarioFile['items'][number];

/** What stands beside the step itself. */
export const besideShape = z.object({
  expect: z.record(z.string(), z.unknown()).exactOptional(),
  fails: z.enum(FAILURES).exactOptional(),
  ...guideShape,
});

/** Lines of the expired shelf: one, by its request or its item, or several. */
const clearing = strictMap({
  request: text.exactOptional(),
  item: text.exactOptional(),
  items: z.array(text).min(1).exactOptional(),
}).check(oneOf(1, 'request', 'item', 'items'));

/** The fields of every step (spec 8, *Steps*). */
export const stepShapes = {
  at: localTime,
  advance: localTime,
  as: text,
  desk: text,
  lend: strictMap({
    patron: text,
    item: text,
    override: overrides(BLOCK_CODES).exactOptional(),
    expiry: z.enum(['keep', 'shorten']).exactOptional(),
    acknowledge: z.boolean().exactOptional(),
  }),
  return: strictMap({
    item: text,
    dated: localTime.exactOptional(),
    within: text.exactOptional(),
    confirm: z.boolean().exactOptional(),
    acknowledge: z.boolean().exactOptional(),
  }),
  renew: renewShape,
  'change-due': strictMap({
    item: text.exactOptional(),
    items: z.array(text).min(1).exactOptional(),
    due: dayOrTime,
  }).check(oneOf(1, 'item', 'items')),
  'delete-loan': strictMap({ item: text }),
  'scan-in': strictMap({
    item: text,
    request: text.exactOptional(),
    inHouse: z.boolean().exactOptional(),
    treated: z.boolean().exactOptional(),
  }),
  'work-order': strictMap({ item: text, department: text.exactOptional(), note: text.exactOptional() }),
  'quick-add': strictMap({
    barcode: text,
    title: text,
    author: text.exactOptional(),
    location: text.exactOptional(),
    material: text.exactOptional(),
    callNumber: text.exactOptional(),
    description: text.exactOptional(),
    patron: text.exactOptional(),
    override: overrides(BLOCK_CODES).exactOptional(),
  }),
  block: strictMap({
    patron: text,
    type: z.enum(BLOCK_TYPES).default('MANUAL'),
    until: day.exactOptional(),
    note: text.exactOptional(),
    /** Switches those of that type off, or on again, and sets none. */
    active: z.boolean().exactOptional(),
  }),
  unblock: strictMap({
    patron: text,
    type: z.enum(BLOCK_TYPES).exactOptional(),
    until: day.exactOptional(),
    note: text.exactOptional(),
  }),
  note: strictMap({
    patron: text.exactOptional(),
    item: text.exactOptional(),
    text: text,
    popup: z.boolean().default(false),
    public: z.boolean().default(false),
  }).check(oneOf(1, 'patron', 'item')),
  request: requestShape,
  'cancel-request': cancelRequestShape,
  account: accountShape,
  /** The public catalogue (KIO-01). */
  search: strictMap({ text, field: z.enum(PUBLIC_FIELDS).exactOptional(), library: text.exactOptional() }),
  'pick-list': strictMap({
    library: text.exactOptional(),
    location: text.exactOptional(),
    destination: text.exactOptional(),
    printed: z.boolean().exactOptional(),
    reported: z.boolean().exactOptional(),
    type: z.enum(['title', 'item']).exactOptional(),
    sort: z.enum(['shelf', 'title', 'placed', 'destination', 'patron']).exactOptional(),
  })
    .nullable()
    .transform((fields) => fields ?? {}),
  'mark-missing': strictMap({
    request: text.exactOptional(),
    item: text.exactOptional(),
    items: z.array(text).min(1).exactOptional(),
  }).check(oneOf(1, 'request', 'item')),
  'skip-library': strictMap({ request: text.exactOptional(), item: text.exactOptional() }).check(
    oneOf(1, 'request', 'item'),
  ),
  'activate-next': clearing,
  reshelve: clearing,
  send: clearing,
  shelf: strictMap({
    library: text.exactOptional(),
    list: z.enum(SHELF_LISTS).default('active'),
    sort: z.enum(['placed', 'expiry', 'patron', 'callNumber', 'title']).exactOptional(),
  })
    .nullable()
    .transform((fields) => fields ?? { list: 'active' as const }),
  quitus: quitusShape,
  'pre-register': preRegisterShape,
  'sign-in': signInShape,
  'forgot-password': forgotPasswordShape,
  'set-password': setPasswordShape,
  done: strictMap({ patron: text.exactOptional() }).nullable(),
  rules: strictMap({
    patron: text.exactOptional(),
    group: text.nullable().exactOptional(),
    item: text.exactOptional(),
    location: text.exactOptional(),
    material: text.exactOptional(),
    policy: text.exactOptional(),
  })
    .check(oneOf(0, 'patron', 'group'))
    .check(oneOf(1, 'item', 'location')),
  show: strictMap({
    patron: text.exactOptional(),
    item: text.exactOptional(),
    title: text.exactOptional(),
    request: text.exactOptional(),
    loan: text.exactOptional(),
  }).check(oneOf(1, 'patron', 'item', 'title', 'request', 'loan')),
  find: strictMap({
    text: text.exactOptional(),
    name: text.exactOptional(),
    firstName: text.exactOptional(),
    identifier: text.exactOptional(),
    email: text.exactOptional(),
    birthDate: day.exactOptional(),
    group: text.exactOptional(),
    campus: text.exactOptional(),
    status: z.enum(['active', 'inactive']).exactOptional(),
  }),
  register: registerShape,
  'edit-patron': editPatronShape,
  network: z.record(z.string(), z.unknown()),
  /** A job alone, or with its day. */
  run: z.union([
    z.enum(RUNNABLE_NAMES).transform((job): { job: RunnableName; day?: string } => ({ job })),
    strictMap({ job: z.enum(RUNNABLE_NAMES), day: day.exactOptional() }),
  ]),
  letters: strictMap({
    patron: text.exactOptional(),
    kind: z.enum(LETTER_KINDS).exactOptional(),
    since: dayOrTime.exactOptional(),
  })
    .nullable()
    .transform((fields) => fields ?? {}),
  'import-patrons': strictMap({
    file: text,
    format: z.enum(PATRON_FORMATS),
    mapping: text.exactOptional(),
    encoding: z.enum(PATRON_ENCODINGS).exactOptional(),
  }),
  'import-catalogue': strictMap({
    file: text,
    format: z.enum(CATALOGUE_FORMATS),
    mapping: text.exactOptional(),
    flavour: z.enum(FLAVOURS).exactOptional(),
    encoding: z.enum(ENCODINGS).exactOptional(),
  }),
  'offline-upload': strictMap({
    file: text.exactOptional(),
    lines: z.array(text).exactOptional(),
    /** Absent: the desk of the seat. */
    desk: text.exactOptional(),
  }).check(oneOf(1, 'file', 'lines')),
  console: consoleShape,
} as const;

export type StepName = keyof typeof stepShapes;
export type StepFields<Name extends StepName> = z.output<(typeof stepShapes)[Name]>;

/** Every step of spec 8. */
export const STEP_NAMES: readonly string[] = Object.keys(stepShapes);
