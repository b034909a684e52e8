import type { Network } from '../circulation/network.ts';
import type { PatronGeneral } from '../records/patron-record.ts';

type Reader = Pick<PatronGeneral, 'kind' | 'group' | 'category'>;

/** The groups of readers from outside: those of profiles that make internal records without a job category of their own. */
const outsideGroups = ({ registrationProfiles }: Network): readonly string[] =>
  registrationProfiles.flatMap((one) => (one.kind === 'internal' && one.category === undefined ? one.groups : []));

/** Whether a record waits to be overwritten by the card system: that, too, takes a group of readers from outside (IX.4). */
const isToOverwrite = ({ registrationProfiles }: Network, { category }: Reader): boolean =>
  registrationProfiles.some(
    (one) => one.kind === 'external' && one.category !== undefined && one.category === category,
  );

/**
 * Whether the old record of a former institutional patron has become that of an authorised reader (USR-12; manual
 * IX.2.2.1, IX.4.1): they should have a new one. An external record whose group is now one of readers from outside.
 */
export function isReused(network: Network, before: Reader, after: Reader): boolean {
  if (after.kind !== 'external' || after.group === before.group || after.group === null) return false;
  return outsideGroups(network).includes(after.group) && !isToOverwrite(network, after);
}
