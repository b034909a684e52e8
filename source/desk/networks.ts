import type { Network } from '../circulation/network.ts';
import type { CodeInUse, NetworkVersion } from '../records/networks.ts';
import { action, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

export type LoadOutcome =
  | { readonly kind: 'loaded'; readonly version: number; readonly changed: boolean }
  | { readonly kind: 'in-use'; readonly codes: readonly CodeInUse[] }
  | Refusal;

/** Makes a text of a network that is the same for the same network. Loading `crypto` takes 10 ms, which a start need not wait for. */
async function digestOf(network: Network): Promise<string> {
  const { createHash } = await import('node:crypto');
  return createHash('sha256').update(JSON.stringify(network)).digest('hex');
}

/**
 * Loads a validated network as a new version (CONF-01): atomic, repeatable (the same one twice changes nothing), refused
 * when records still use a code that it drops. `difference`: data about what changes, kept with the version.
 */
export const loadNetwork = action(
  'load-network',
  { permission: 'load-network' },
  async (desk: Desk, request: { network: Network; difference: unknown }): Promise<LoadOutcome> => {
    const { records, now } = desk;
    const digest = await digestOf(request.network);
    await records.networks.lock();
    const current = await records.networks.current();
    if (current?.digest === digest) return { kind: 'loaded', version: current.version, changed: false };
    const codes = await records.networks.codesInUse(request.network);
    if (codes.length > 0) return { kind: 'in-use', codes };
    const version = await records.networks.add({ ...request, digest, at: now, staffId: staffId(desk) });
    await records.events.append({
      at: now,
      kind: 'network-loaded',
      staffId: staffId(desk),
      desk: null,
      data: { before: current?.version ?? null, version, digest },
    });
    return { kind: 'loaded', version, changed: true };
  },
);

/** So many versions are told, the newest first. */
const MOST_VERSIONS = 20;

/** The network in force, with its versions, and what each changed (`differences`); null before one has been loaded. */
export const currentNetwork = action(
  'current-network',
  { permission: null, readOnly: true },
  async (
    { records, network, networkVersion }: Desk,
    { differences = false }: { readonly differences?: boolean },
  ): Promise<{
    kind: 'network';
    network: Network | null;
    version: number;
    versions: readonly NetworkVersion[];
  }> => {
    const versions = await records.networks.versions(MOST_VERSIONS);
    const changed = differences ? await records.networks.differences(MOST_VERSIONS) : undefined;
    return {
      kind: 'network',
      network: networkVersion === 0 ? null : network,
      version: networkVersion,
      versions: changed ? versions.map((one) => ({ ...one, difference: changed.get(one.version) ?? null })) : versions,
    };
  },
);

/** Whether this database is a training copy, and where its clock stands (null: it follows the real one). */
export const trainingCopy = action(
  'training-copy',
  { permission: null, readOnly: true },
  async ({ records }: Desk): Promise<{ kind: 'training'; training: boolean; clock: number | null }> => {
    const clock = await records.settings.get('training');
    return {
      kind: 'training',
      training: clock !== undefined,
      clock: clock === undefined || clock === '' ? null : Number(clock),
    };
  },
);

/** Marks an empty database as a training copy whose clock stands at an instant (null: it follows the real one). */
export const markTraining = action(
  'mark-training',
  { permission: 'load-network' },
  async ({ records }: Desk, request: { clock: number | null }): Promise<{ kind: 'changed' } | Refusal> => {
    const marked = (await records.settings.get('training')) !== undefined;
    if (!marked && ((await records.staff.count()) > 0 || (await records.networks.currentVersion()) > 0)) {
      return { kind: 'invalid', path: 'db', problem: 'taken' };
    }
    await records.settings.set('training', request.clock === null ? '' : String(request.clock));
    return { kind: 'changed' };
  },
);
