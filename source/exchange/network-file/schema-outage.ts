import { z } from 'zod';
import { OUTAGE_PROBES } from '../../circulation/outage.ts';
import * as part from './schema-parts.ts';

const { strictMap, code, name, words, hours, webAddress, openAddress } = part;

/** `yes: A2` as well as `yes: {next: A2, says: …}`. */
const exit = z.union([code.transform((next) => ({ next })), strictMap({ next: code, says: words.exactOptional() })]);

const question = strictMap({
  code,
  ask: words,
  remark: words.exactOptional(),
  probe: z.enum(OUTAGE_PROBES).exactOptional(),
  proves: z.enum(['yes', 'no']).exactOptional(),
  yes: exit,
  no: exit,
});

const contact = strictMap({
  code,
  name: words,
  hours: hours.exactOptional(),
  phones: z.array(strictMap({ number: name, name: words.exactOptional(), hours: hours.exactOptional() })).default([]),
  ticket: webAddress.exactOptional(),
  remark: words.exactOptional(),
  closed: code.exactOptional(),
});

/** What to do when the system is down (OUT-01). */
export const outageShape = strictMap({
  procedure: strictMap({ begin: code, questions: z.array(question).min(1).max(50), offline: words }).exactOptional(),
  contacts: z.array(contact).max(50).default([]),
  statusPages: z
    .array(strictMap({ name, url: openAddress }))
    .max(10)
    .default([]),
  outsideSite: openAddress.exactOptional(),
});
