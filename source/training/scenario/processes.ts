import type { Library, Network } from '../../circulation/network.ts';
import { lend } from '../../desk/lend.ts';
import { addPatron } from '../../desk/patrons.ts';
import type { Perform, Seat } from '../../desk/perform.ts';
import { returnItem } from '../../desk/return-item.ts';
import { declareLost, queueRequest } from '../../desk/setting-the-scene.ts';
import { borrowingGroup } from './defaults.ts';
import type { SceneItem } from './format.ts';
import { faultAt, refusedByDesk } from './scene-errors.ts';
import type { SceneFault } from './scene-errors.ts';
import { SCENE_BUILDER } from './stage.ts';

/** The patron to whom an item is lent, who has lost it, or for whom it is held, where a scene only says that it is. */
const SOMEBODY = 'NN';

/** The seat of the scene's operator at the first desk of a library; undefined: it has none. */
function deskAt(operator: Seat, library: Library | undefined): Seat | undefined {
  const desk = library?.desks[0];
  return library && desk && { ...operator, place: { kind: 'desk', library: library.code, code: desk.code } };
}

/** What brings an item of a library into a process, played at the desks; what the last step answered. */
type Play = (barcode: string, owner: Library | undefined) => Promise<{ readonly kind: string } | undefined>;

function plays(perform: Perform, network: Network, operator: Seat): Readonly<Record<string, Play>> {
  const elsewhere = (owner: Library | undefined) =>
    network.libraries.find((one) => one !== owner && one.desks.length > 0);
  const onLoan: Play = async (barcode, owner) => {
    const seat = deskAt(operator, owner) ?? deskAt(operator, elsewhere(owner));
    return seat && perform(seat, lend, { patron: SOMEBODY, barcode, override: { codes: 'all' }, acknowledged: true });
  };
  return {
    LOAN: onLoan,
    LOST_LOAN: async (barcode, owner) =>
      (await onLoan(barcode, owner)) ? perform(SCENE_BUILDER, declareLost, { barcode }) : undefined,
    TRANSIT: async (barcode, owner) => {
      const seat = deskAt(operator, elsewhere(owner));
      return seat && perform(seat, returnItem, { barcode, acknowledged: true });
    },
    HOLDSHELF: async (barcode, owner) => {
      const seat = deskAt(operator, owner);
      if (!seat || !owner) return undefined;
      await perform(SCENE_BUILDER, queueRequest, { patron: SOMEBODY, barcode, pickup: owner.code });
      return perform(seat, returnItem, { barcode, acknowledged: true });
    },
  };
}

const PLAYED: ReadonlySet<string> = new Set(['lent', 'lost', 'not-on-loan']);

/**
 * Brings items into the processes that need a loan, a request or a journey, by playing what leads there: a loan to
 * nobody in particular, a return at another library's desk. `libraries`: the owning library of each item.
 */
export async function setProcesses(
  perform: Perform,
  items: readonly SceneItem[],
  { network, operator, libraries }: { network: Network; operator: Seat; libraries: readonly string[] },
): Promise<SceneFault[]> {
  const play = plays(perform, network, operator);
  const waiting = [...items.entries()].filter(([, { process }]) => process !== undefined && process in play);
  if (waiting.some(([, { process }]) => process !== 'TRANSIT')) {
    const somebody = {
      lastName: SOMEBODY,
      firstName: '',
      group: borrowingGroup(network),
      identifiers: [{ type: 'PRIMARY', value: SOMEBODY }],
    };
    const added = await perform(SCENE_BUILDER, addPatron, somebody);
    if (added.kind !== 'added') return [refusedByDesk(['patrons'], added)];
  }
  for (const [at, { barcode, process = '' }] of waiting) {
    const owner = network.libraries.find(({ code }) => code === libraries[at]);
    const played = await play[process]?.(barcode, owner);
    if (!played) return [faultAt(['items', at, 'process'], { problem: 'process-impossible', found: process })];
    if (!PLAYED.has(played.kind)) return [refusedByDesk(['items', at, 'process'], played)];
  }
  return [];
}
