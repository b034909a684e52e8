import { z } from 'zod';
import { strictMap } from '../../exchange/network-file/schema-parts.ts';
import { text } from './format-parts.ts';

/** Fields of `quitus`. `email`, `note`: as the desk may give them. */
export const quitusShape = strictMap({
  patron: text,
  at: z.enum(['desk', 'kiosk']).default('desk'),
  email: text.exactOptional(),
  note: text.exactOptional(),
});

/** Fields of `sign-in`. */
export const signInShape = strictMap({ id: text, password: text });
