import type { Instant } from '../../../circulation/time.ts';
import type { Visit } from '../visit.ts';

const MINUTE = 60_000;

/** How long this terminal has to wait, in minutes: it says nothing about any account (KIO-02). */
export function waitText(visit: Visit, until: Instant): string {
  return visit.words().wait(Math.max(1, Math.ceil((until - visit.moment()) / MINUTE)));
}
