import { dayOf } from '../../../circulation/time.ts';
import { loadNetwork } from '../../../desk/networks.ts';
import { diffNetworks, mergeNetwork, readNetworkDocument } from '../../../exchange/network-file/index.ts';
import { networkResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import { SCENE_BUILDER } from '../stage.ts';
import type { Stage } from '../stage.ts';

/** `network`: a partial network, merged into the one in force, validated as a whole and loaded as by the command line (CONF-01). */
export async function networkStep(stage: Stage, partial: Readonly<Record<string, unknown>>): Promise<PlainResult> {
  const document = mergeNetwork(stage.document, partial);
  const today = dayOf(stage.now, stage.network.timeZone);
  const reading = readNetworkDocument(document, 'network', { today });
  if ('errors' in reading) return { fails: 'INVALID', path: reading.errors[0]?.path ?? '', errors: reading.errors };
  const difference = diffNetworks(stage.network, reading.network);
  const loaded = await stage.perform(SCENE_BUILDER, loadNetwork, { network: reading.network, difference });
  if (loaded.kind === 'loaded') stage.useNetwork(reading.network, document);
  return networkResult(loaded);
}
