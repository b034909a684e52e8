import type { Reach } from '../../circulation/outage.ts';

/** Sites send on from `http` to `https` and to their first page; more is a circle or a maze. */
const MOST_REDIRECTS = 3;
/** A page that says how services are is short; what is longer is not read on. */
const MOST_BYTES = 64 * 1024;
const REDIRECTS = [301, 302, 303, 307, 308];

export type Page = { readonly reach: Reach; readonly type: string; readonly body: string };

const nothing = (reach: Reach): Page => ({ reach, type: '', body: '' });

/** An address that may be asked: of the web, and without an account in it. */
export function webAddress(text: string, base?: string): URL | undefined {
  if (!URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url : undefined;
}

/**
 * Reads a page of the web, within so many milliseconds from the first request to the last byte. Follows three redirects at
 * most, to the web only, and never from `https` to `http`; reads 64 kB at most. Sends nothing but the address. Never rejects.
 */
export async function readPage(address: string, timeoutMs: number): Promise<Page> {
  const signal = AbortSignal.timeout(timeoutMs);
  let url = webAddress(address);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    if (!url) return nothing({ kind: 'astray' });
    try {
      const response = await fetch(url, { signal, redirect: 'manual', credentials: 'omit', cache: 'no-store' });
      const reach: Reach = { kind: 'answered', status: response.status };
      const target = response.headers.get('location');
      if (!REDIRECTS.includes(response.status) || target === null)
        return { reach, type: response.headers.get('content-type') ?? '', body: await beginningOf(response) };
      await response.body?.cancel();
      const next = webAddress(target, url.href);
      url = url.protocol === 'https:' && next?.protocol === 'http:' ? undefined : next;
    } catch (error) {
      return nothing(signal.aborted ? { kind: 'silent' } : { kind: 'unreachable', because: codeOf(error) });
    }
  }
  return nothing({ kind: 'astray' });
}

/** The first bytes of what was answered, as text; that it breaks off is no failure: the server has answered. */
async function beginningOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of response.body ?? []) {
      parts.push(part);
      length += part.length;
      if (length >= MOST_BYTES) break;
    }
  } catch {
    return '';
  }
  return Buffer.concat(parts).subarray(0, MOST_BYTES).toString('utf8');
}

/** The system's code of why a request failed, such as ECONNREFUSED; no text of others. */
function codeOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  const inner = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  const code = (inner as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'failed';
}
