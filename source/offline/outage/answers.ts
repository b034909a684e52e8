import type { OutageAnswer, OutageFindings, OutageProbe, OutageQuestion } from '../../circulation/outage.ts';

/** A gateway on the way answers with these too: they prove nothing. */
const SERVER_ERROR = 500;

type Known = OutageAnswer | undefined;

/** What each probe knows of *is it so?*; undefined: it has not found out. */
const KNOWN: Readonly<Record<OutageProbe, (findings: OutageFindings) => Known>> = {
  database: ({ database }) => database && (database.kind === 'reachable' ? 'yes' : 'no'),
  'other-desks': ({ otherDesks }) => (otherDesks?.kind === 'active' ? 'yes' : undefined),
  'outside-site': ({ outsideSite }) => {
    const reach = outsideSite?.reach;
    if (reach?.kind === 'silent' || reach?.kind === 'unreachable') return 'no';
    return reach?.kind === 'answered' && reach.status < SERVER_ERROR ? 'yes' : undefined;
  },
  'status-pages': ({ statusPages = [] }) => {
    if (statusPages.some(({ says }) => says && says.indicator !== 'none')) return 'yes';
    return statusPages.length > 0 && statusPages.every(({ says }) => says?.indicator === 'none') ? 'no' : undefined;
  },
};

/** What a machine answers to a question by itself (OUT-02); undefined: somebody has to be asked. */
export function knownAnswer({ probe, proves }: OutageQuestion, findings: OutageFindings): OutageAnswer | undefined {
  const known = probe && KNOWN[probe](findings);
  return proves === undefined || known === proves ? known : undefined;
}
