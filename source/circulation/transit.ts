import type { Network } from './network.ts';
import { addDays, dayOf, daysBetween, instantOf } from './time.ts';
import type { Instant } from './time.ts';

/** Where nobody says otherwise, an item that is five calendar days on its way is looked for. */
const USUAL_ALERT_DAYS = 5;

/** How long an item has been on its way, in calendar days of the network, and whether somebody should look for it. */
export type UnderWay = { readonly days: number; readonly alertDays: number; readonly tooLong: boolean };

const usualDays = (network: Network): number => network.transitAlertDays ?? USUAL_ALERT_DAYS;

/** How long a journey has lasted now (TRA-02): the slower one of its two ends says from which day on it is too long. */
export function underWay(
  network: Network,
  { from, to, since }: { readonly from: string; readonly to: string; readonly since: Instant },
  now: Instant,
): UnderWay {
  const alertOf = (code: string): number =>
    network.libraries.find((one) => one.code === code)?.transitAlertDays ?? usualDays(network);
  const alertDays = Math.max(alertOf(from), alertOf(to));
  const days = daysBetween(dayOf(since, network.timeZone), dayOf(now, network.timeZone));
  return { days, alertDays, tooLong: days >= alertDays };
}

/** Since before which instant journeys are too long: usually, and those from or to libraries that say otherwise. */
export type TooLongBefore = {
  readonly usual: Instant;
  readonly libraries: readonly { readonly library: string; readonly before: Instant }[];
};

/** What `underWay` says of every journey, for a database to compare with (TRA-02): it is too long by both of its ends. */
export function tooLongBefore(network: Network, now: Instant): TooLongBefore {
  const today = dayOf(now, network.timeZone);
  const before = (days: number): Instant => instantOf(addDays(today, 1 - days), 0, network.timeZone);
  return {
    usual: before(usualDays(network)),
    libraries: network.libraries.flatMap(({ code, transitAlertDays }) =>
      transitAlertDays === undefined ? [] : [{ library: code, before: before(transitAlertDays) }],
    ),
  };
}
