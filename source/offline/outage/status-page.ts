import { STATUS_INDICATORS } from '../../circulation/outage.ts';
import type { StatusPage, StatusPageFound } from '../../circulation/outage.ts';
import { readPage, webAddress } from './pages.ts';
import type { Page } from './pages.ts';

/** Where pages made with Statuspage, and those like them, say the same to machines. */
const FOR_MACHINES = '/api/v2/status.json';
const MOST_CHARACTERS = 120;

/** How a status page answers, and what it says where it says so to machines: itself, or in its `/api/v2/status.json`. */
export async function readStatusPage(page: StatusPage, timeoutMs: number): Promise<StatusPageFound> {
  const machines = webAddress(FOR_MACHINES, page.url)?.href ?? page.url;
  const isForMachines = page.url.endsWith('.json') || machines === page.url;
  const [itself, other] = await Promise.all([
    readPage(page.url, timeoutMs),
    isForMachines ? undefined : readPage(machines, timeoutMs),
  ]);
  return { ...page, reach: itself.reach, says: saysOf(itself) ?? (other ? saysOf(other) : null) };
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** What a page says to machines, if it does; it is data of others: one of the known words, and a short text. */
function saysOf({ reach, type, body }: Page): StatusPageFound['says'] {
  if (reach.kind !== 'answered' || reach.status !== 200 || !/\bjson\b/i.test(type)) return null;
  const read = parsed(body);
  const status = isMap(read) ? read['status'] : undefined;
  if (!isMap(status)) return null;
  const indicator = STATUS_INDICATORS.find((one) => one === status['indicator']);
  const description = status['description'];
  if (!indicator) return null;
  const text = typeof description === 'string' ? Array.from(description.slice(0, 4 * MOST_CHARACTERS)) : [];
  return { indicator, description: text.slice(0, MOST_CHARACTERS).join('') };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
