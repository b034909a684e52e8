import { z } from 'zod';
import { networkFileShape } from './schema.ts';

/** The JSON Schema (draft 2020-12) of the network file, for editors: made from what validates the file (spec 10). */
export function networkJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(networkFileShape, { io: 'input', target: 'draft-2020-12', reused: 'ref' }),
  };
}
