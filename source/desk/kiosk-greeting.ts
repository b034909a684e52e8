import { kioskOf } from '../circulation/kiosk.ts';
import type { ScannerSettings } from '../circulation/network.ts';
import { action } from './perform.ts';
import type { Desk } from './perform.ts';

/** What the first page of a kiosk says, and the names of codes that its other pages are answered with. */
export type KioskGreeting = {
  readonly kind: 'greeting';
  readonly network: string;
  readonly timeZone: string;
  readonly idleMinutes: number;
  /** Whether one can pre-register here (USR-13). */
  readonly preRegistration: boolean;
  /** How scanners send cards at the terminal's library (TUI-03); null: as they usually do. */
  readonly scanner: ScannerSettings | null;
  readonly libraries: readonly { readonly code: string; readonly name: string }[];
  readonly groups: readonly { readonly code: string; readonly name: { readonly fr: string; readonly en: string } }[];
};

/** Greets whoever comes to a kiosk: nothing but names that anybody may read (KIO-01). */
export const greetAtKiosk = action(
  'greet-at-kiosk',
  { permission: null, readOnly: true, kiosk: 'anybody' },
  async ({ network, kiosk }: Desk): Promise<KioskGreeting> => ({
    kind: 'greeting',
    network: network.name,
    timeZone: network.timeZone,
    idleMinutes: kioskOf(network).idleMinutes,
    preRegistration: network.preRegistration !== undefined,
    scanner: network.libraries.find((one) => one.code === kiosk?.library)?.scanner ?? null,
    libraries: network.libraries.map(({ code, name }) => ({ code, name })),
    groups: network.groups.map(({ code, name }) => ({ code, name })),
  }),
);
