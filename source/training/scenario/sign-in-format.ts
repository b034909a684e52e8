import { strictMap } from '../../exchange/network-file/schema-parts.ts';
import { text } from './format-parts.ts';

/** Fields of `sign-in`, at a kiosk. `institution`: `id` is what a member has of it. */
export const signInShape = strictMap({ id: text, password: text, institution: text.exactOptional() });

/** Fields of `forgot-password`, at a kiosk. */
export const forgotPasswordShape = strictMap({ id: text });

/** Fields of `set-password`, at a kiosk. `code`: `latest` is the one in the identity message that waits, which is sent by it. */
export const setPasswordShape = strictMap({ id: text, code: text, password: text });
