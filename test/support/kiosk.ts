import type { Action, Refusal, Seat } from '../../source/desk/perform.ts';
import { NOBODY } from '../../source/desk/sign-in.ts';
import type { Scene } from './house.ts';

/** A terminal of the patrons where somebody has signed in (the number of their record), or nobody. */
export const kioskOf = (patron: number | null, library: string | null = null, terminal = 'hall'): Seat => ({
  staff: NOBODY,
  place: null,
  kiosk: { terminal, library, patron },
});

/** Does an action as somebody who has signed in at a kiosk; `request` without them. */
export async function asPatron<Request extends { readonly patron?: number | string }, Outcome>(
  scene: Scene,
  patron: number,
  what: Action<Request, Outcome>,
  request: Omit<Request, 'patron'>,
): Promise<Outcome | Refusal> {
  return scene.perform(kioskOf(patron), what, { ...request, patron } as Request);
}
