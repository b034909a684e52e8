import type { DeskSeen, OutageFindings, OutageSettings } from '../../circulation/outage.ts';
import { DatabaseAway } from '../../desk/away.ts';
import { readPage } from './pages.ts';
import { readStatusPage } from './status-page.ts';

const TIMEOUT_MS = 3000;

export type OutageProbing = {
  readonly settings: Pick<OutageSettings, 'statusPages' | 'outsideSite'>;
  /**
   * Asks the database which other desks have been active lately; absent: there is none to ask. Rejects with DatabaseAway;
   * any other error counts as *has not answered*.
   */
  readonly database?: () => Promise<readonly DeskSeen[]>;
  /** Milliseconds that each probe has; absent: 3 s. */
  readonly timeoutMs?: number;
  /** Is told each finding as it is made. */
  readonly found?: (soFar: OutageFindings) => void;
};

/**
 * Finds out what a machine can (OUT-02): all probes at once, each with its time. What is not configured is not looked for.
 * Never rejects. Nothing but plain requests for the configured pages leaves the machine: no cookie, no account.
 */
export async function runProbes(probing: OutageProbing): Promise<OutageFindings> {
  const { settings, database, timeoutMs = TIMEOUT_MS, found } = probing;
  let findings: OutageFindings = {};
  const tell = (finding: OutageFindings): void => {
    findings = { ...findings, ...finding };
    found?.(findings);
  };
  const { statusPages, outsideSite: url } = settings;
  await Promise.all([
    ...(database ? [askDatabase(database, timeoutMs).then(tell)] : []),
    ...(url === undefined ? [] : [readPage(url, timeoutMs).then(({ reach }) => tell({ outsideSite: { url, reach } }))]),
    ...(statusPages.length === 0
      ? []
      : [
          Promise.all(statusPages.map(async (page) => readStatusPage(page, timeoutMs))).then((pages) =>
            tell({ statusPages: pages }),
          ),
        ]),
  ]);
  return findings;
}

/** Both findings of the one question to the database: that it answers, and who else works with it. */
async function askDatabase(
  ask: () => Promise<readonly DeskSeen[]>,
  timeoutMs: number,
): Promise<Pick<OutageFindings, 'database' | 'otherDesks'>> {
  let stop: (() => void) | undefined;
  const late = new Promise<'silent'>((resolve) => {
    const timer = setTimeout(() => {
      resolve('silent');
    }, timeoutMs);
    stop = () => {
      clearTimeout(timer);
    };
  });
  const answer = ask().catch((error: unknown) => (error instanceof DatabaseAway ? error.reason : 'silent'));
  const desks = await Promise.race([answer, late]);
  stop?.();
  if (typeof desks === 'string') return { database: { kind: 'away', because: desks }, otherDesks: { kind: 'unknown' } };
  return {
    database: { kind: 'reachable' },
    otherDesks: desks.length > 0 ? { kind: 'active', desks } : { kind: 'quiet' },
  };
}
