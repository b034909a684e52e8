import type { Network, Words } from './network.ts';

/** How the patrons' own terminals behave (KIO-06, KIO-07). */
export type KioskSettings = {
  /** After so many minutes without a key a terminal forgets who was there. */
  readonly idleMinutes: number;
  /** Terms of use; paragraphs have an empty line between them. Absent: none are shown. */
  readonly terms?: Words;
};

/** As shipped: nobody reads a page for longer without turning it. */
const IDLE_MINUTES = 2;

/** The settings of a network's terminals, those that ship where it says nothing. */
export function kioskOf({ kiosk }: Pick<Network, 'kiosk'>): {
  readonly idleMinutes: number;
  readonly terms: Words | null;
} {
  return { idleMinutes: kiosk?.idleMinutes ?? IDLE_MINUTES, terms: kiosk?.terms ?? null };
}
