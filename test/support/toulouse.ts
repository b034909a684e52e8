import type { Network } from '../../source/circulation/network.ts';
import { readNetworkText } from '../../source/exchange/network-file/index.ts';
import { shippedNetworkText } from '../../source/training/networks/index.ts';

/** The network of the manual, as it ships: its groups, campuses, profiles and categories are those that a desk sees. */
export function toulouse(): Network {
  const reading = readNetworkText(shippedNetworkText('toulouse') ?? '', 'toulouse.yaml', { today: '2026-06-01' });
  if ('errors' in reading) throw new Error(JSON.stringify(reading.errors));
  return reading.network;
}
