import type { Network } from '../../circulation/network.ts';
import { dayOf } from '../../circulation/time.ts';
import { cardCandidate } from '../../desk/card-system.ts';
import type { CardFound, CardSystem, LookUpNow, LookUpOutcome } from '../../desk/card-system.ts';
import { overwriteFromCard } from '../../desk/import-patrons.ts';
import { cardFile } from './card-file.ts';
import type { CardFileOptions } from './card-file.ts';
import { PatronCodes } from './codes.ts';
import { NO_MAPPING } from './mapping.ts';
import type { PatronMapping } from './mapping.ts';

/** Milliseconds that a desk waits for the card system (REL-04). */
const PATIENCE = 5000;

type Failed = Extract<LookUpOutcome, { kind: 'failed' }>;

/** What was found, or why nothing could be looked up, within the time. */
async function found(
  system: CardSystem,
  identifiers: readonly string[],
  patience: number,
  settled: () => void,
): Promise<{ readonly found: CardFound | undefined } | Failed> {
  const looking = system
    .lookUp(identifiers)
    .then((one) => ({ found: one }))
    .catch((): Failed => ({ kind: 'failed', because: 'unreadable' }))
    .finally(settled);
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<Failed>((resolve) => {
    timer = setTimeout(() => {
      resolve({ kind: 'failed', because: 'too-slow' });
    }, patience);
  });
  try {
    return await Promise.race([looking, tooSlow]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Looks up records that are to be overwritten, one at a time, in a card system (IMP-04); null: there is none. A card system
 * that fails or does not answer within `patience` milliseconds never stops a desk (REL-04): while it still has not answered, it is
 * not asked again.
 */
export function lookUpIn(system: CardSystem | null, patience = PATIENCE): LookUpNow {
  let isBusy = false;
  return async (perform, seat, patronId): Promise<LookUpOutcome> => {
    if (!system) return { kind: 'no-card-system' };
    const candidate = await perform(seat, cardCandidate, { patron: patronId });
    if (candidate.kind === 'not-to-overwrite') return { kind: 'failed', because: 'not-to-overwrite' };
    if (candidate.kind !== 'candidate') return { kind: 'failed', because: 'refused' };
    if (isBusy) return { kind: 'failed', because: 'busy' };
    isBusy = true;
    const answer = await found(system, candidate.identifiers, patience, () => {
      isBusy = false;
    });
    if ('kind' in answer) return answer;
    if (answer.found === undefined) return { kind: 'not-found' };
    if ('problem' in answer.found)
      return { kind: 'failed', because: 'rejected', problem: answer.found.problem.problem };
    const outcome = await perform(seat, overwriteFromCard, { patron: patronId, record: answer.found });
    return outcome.kind === 'updated' || outcome.kind === 'failed' ? outcome : { kind: 'failed', because: 'refused' };
  };
}

/** The card system that is a file, in a network, at the time of a clock. */
export function cardFileFor(
  options: CardFileOptions & { readonly mapping?: PatronMapping },
  network: Network,
  clock: () => number,
): CardSystem {
  const codes = new PatronCodes(network, options.mapping ?? NO_MAPPING);
  return cardFile(options, codes, () => dayOf(clock(), network.timeZone));
}
