import { networkJsonSchema } from '../exchange/network-file/index.ts';
import { printJson } from './context.ts';
import type { Context } from './context.ts';
import type { Status } from './failure.ts';

/** `guichet network schema`: the JSON Schema of network files, made from what validates them, for editors (spec 10). */
export async function run(context: Context): Promise<Status> {
  printJson(context, networkJsonSchema());
  return 0;
}
