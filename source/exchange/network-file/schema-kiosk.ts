import { z } from 'zod';
import * as part from './schema-parts.ts';

const { strictMap, code, name, words, months, minutes } = part;

/** The patrons' own terminals (KIO-06, KIO-07). */
export const kioskShape = strictMap({ idle: minutes.prefault('2 minutes'), terms: words.exactOptional() });

/** Online pre-registration (USR-13). `libraries`: where it can be finished; `occupations`: statistics that readers choose from. */
export const preRegistrationShape = strictMap({
  group: code,
  keep: months.prefault('3 months'),
  libraries: z.array(code).min(1).exactOptional(),
  occupations: z.array(code).min(1).exactOptional(),
  durations: z.array(months).min(1).exactOptional(),
  note: name.exactOptional(),
  duplicateNote: name.exactOptional(),
});
