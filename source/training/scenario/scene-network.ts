import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Network } from '../../circulation/network.ts';
import { dayOf, parseLocal } from '../../circulation/time.ts';
import type { Instant } from '../../circulation/time.ts';
import { mergeNetwork, readNetworkDocument, readNetworkText } from '../../exchange/network-file/index.ts';
import type { NetworkReading } from '../../exchange/network-file/index.ts';
import { shippedNetworkText } from '../networks/index.ts';
import type { ScenarioError } from './problems.ts';
import type { Scenario } from './read.ts';

/** The network of a scene, with `with` merged into it, and when the scene begins. */
export type SceneNetwork = { readonly network: Network; readonly document: unknown; readonly begin: Instant };

/** Shipped networks that have been read: they do not change, and many scenarios are played on one. */
const shipped = new Map<string, NetworkReading>();

/** A shipped network by its name, or a file relative to the scenario; undefined: neither. */
function readBase(name: string, directory: string): NetworkReading | undefined {
  const known = shipped.get(name);
  if (known) return known;
  const text = shippedNetworkText(name);
  if (text !== undefined) {
    const reading = readNetworkText(text, name);
    shipped.set(name, reading);
    return reading;
  }
  try {
    return readNetworkText(readFileSync(path.resolve(directory, name), 'utf8'), name);
  } catch {
    // Whatever the reason, the file cannot be read: the error says so with the name that was looked for.
    return undefined;
  }
}

/** Reads the network of a scenario as `network load` would (CONF-01); errors of `with` have the paths of the merged file. */
export function sceneNetwork(
  scenario: Scenario,
  directory: string,
): SceneNetwork | { readonly errors: readonly ScenarioError[] } {
  const base = readBase(scenario.network, directory);
  if (!base) return { errors: [{ problem: 'unreadable-network', path: 'network', found: scenario.network }] };
  if ('errors' in base) return { errors: [{ problem: 'network-errors', path: 'network', errors: base.errors }] };

  const begin = parseLocal(scenario.at, base.network.timeZone);
  if (begin === undefined) return { errors: [{ problem: 'not-a-local-time', path: 'at', found: scenario.at }] };
  if (scenario.with === undefined) return { network: base.network, document: base.document, begin };

  const document = mergeNetwork(base.document, scenario.with);
  const merged = readNetworkDocument(document, scenario.network, { today: dayOf(begin, base.network.timeZone) });
  if ('errors' in merged) return { errors: [{ problem: 'network-errors', path: 'with', errors: merged.errors }] };
  const { network } = merged;
  return { network, document, begin: parseLocal(scenario.at, network.timeZone) ?? begin };
}
