import type { Network } from '../circulation/network.ts';
import { datesIn } from './dates.ts';
import type { Saying } from './desk-words.ts';
import type { Language } from './index.ts';

/** Names of codes as a network has them, and dates in a time zone (IANA name): what the sentences of the desk need. */
export function sayingIn(network: Network | null, language: Language, timeZone: string): Saying {
  const named = (list: Network['groups'] | undefined) => (code: string) =>
    list?.find((one) => one.code === code)?.name[language] ?? code;
  return {
    dates: datesIn(language, timeZone),
    group: named(network?.groups),
    material: named(network?.materials),
    policy: named(network?.itemPolicies),
    library: (code) => network?.libraries.find((one) => one.code === code)?.name ?? code,
  };
}
