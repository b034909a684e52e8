import { filled } from '../circulation/institutions.ts';
import type { Directory } from '../desk/member-sign-in.ts';

/**
 * Directories of institutions without any server, for training copies and scenes (KIO-02): a name means the record that is called
 * as the institution's templates say, or by that very identifier. `passwordOf`: the password of who has that identifier, undefined
 * for nobody.
 */
export function trainingDirectory(passwordOf: (identifier: string) => string | undefined): Directory {
  return {
    verify: async ({ directory }, name, password) => {
      const called = [...directory.records.flatMap((template) => filled(template, () => [name])), name];
      const identifiers = [...new Set(called)].filter((one) => passwordOf(one) === password);
      return identifiers.length > 0 ? { kind: 'known', identifiers } : { kind: 'wrong' };
    },
    answers: async () => true,
  };
}
