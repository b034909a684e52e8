import { z } from 'zod';
import { strictMap } from '../../exchange/network-file/schema-parts.ts';
import { text } from './format-parts.ts';

/** Fields of `quitus`. `email`, `note`: as the desk may give them; `birthDate`: what is typed at a kiosk, else the record's own. */
export const quitusShape = strictMap({
  patron: text,
  at: z.enum(['desk', 'kiosk']).default('desk'),
  email: text.exactOptional(),
  note: text.exactOptional(),
  birthDate: text.exactOptional(),
});

/** Fields of `pre-register`: what somebody types at a kiosk. What is wrong with it is the desk's affair, which says so. */
export const preRegisterShape = strictMap({
  name: text,
  firstName: text,
  birthDate: text,
  email: text,
  password: text,
  address: strictMap({
    line1: text,
    line2: text.exactOptional(),
    postalCode: text,
    city: text,
    country: text.exactOptional(),
  }),
  phone: text.exactOptional(),
  /** Absent: that of the desk. */
  library: text.exactOptional(),
  occupation: text.exactOptional(),
  /** Months. */
  duration: z.int().exactOptional(),
  language: text.default('fr'),
  /** Whether the terms of use are accepted. */
  terms: z.boolean().default(true),
});
