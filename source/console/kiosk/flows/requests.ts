import { ownRequests } from '../../../desk/own-requests.ts';
import type { OwnRequest } from '../../../desk/own-requests.ts';
import { cancelRequest } from '../../../desk/requests-cancel.ts';
import type { Entry } from '../state.ts';
import { BACK } from '../ui.ts';
import type { Reader, Visit } from '../visit.ts';

/** What has become of a request, in the reader's words (KIO-04). */
function stateText(visit: Visit, { status }: OwnRequest): string {
  const { requests: words } = visit.words();
  const dates = visit.dates();
  switch (status.kind) {
    case 'waiting':
      return words.waiting(status.position, status.due === null ? null : dates.moment(status.due));
    case 'being-fetched':
      return words.fetched(visit.library(status.library));
    case 'acquisition':
      return words.acquisition(visit.library(status.library));
    case 'on-its-way':
      return words.onItsWay;
    case 'ready': {
      const until = status.until === null ? null : dates.day(status.until);
      return status.isOver && until !== null ? words.over(until) : words.ready(until);
    }
  }
}

function requestEntry(visit: Visit, one: OwnRequest): Entry {
  const { requests: words } = visit.words();
  const until = one.until === null ? '' : `${words.until(visit.dates().numeric(one.until))} · `;
  const where = words.pickup(visit.library(one.pickup));
  return {
    id: String(one.request),
    lines: [[one.title, one.description].filter(Boolean).join(' · '), stateText(visit, one), `${until}${where}`],
    ...(one.status.kind === 'ready' ? { tone: 'done' } : {}),
  };
}

async function cancelOne(visit: Visit, reader: Reader, request: number, title: string): Promise<void> {
  const { requests: words } = visit.words();
  const sure = await visit.ui.menu({
    title: words.cancelTitle,
    said: [words.cancelSure(title)],
    back: visit.words().back,
    choices: [
      { id: BACK, label: words.no },
      { id: 'yes', label: words.yes },
    ],
  });
  if (sure === BACK) return;
  const outcome = await visit.act(cancelRequest, { patron: reader.id, request });
  if (outcome.kind === 'cancelled') visit.tell('done', words.cancelled(title));
  else visit.tell('warning', words.gone);
}

/** The reader's requests, to be followed and cancelled at any stage (KIO-04, manual III.2.2, V.4.2). */
export async function showRequests(visit: Visit, reader: Reader): Promise<void> {
  let at = 0;
  /** What was shown, by its number: more may come while one looks. */
  const titles = new Map<string, string>();
  for (;;) {
    const { requests: words, back } = visit.words();
    const all = await visit.act(ownRequests, { patron: reader.id });
    if (all.kind !== 'requests') return;
    const ready = all.lines.filter((one) => one.status.kind === 'ready').length;
    const chosen = await visit.ui.list({
      title: words.title,
      said: [all.total === 0 ? '' : words.count(all.total, ready)],
      back,
      empty: words.none,
      lines: 3,
      at,
      actions: [{ id: 'cancel', key: words.cancelKey, label: words.cancel }],
      read: async ({ offset, limit }) => {
        const found = await visit.act(ownRequests, { patron: reader.id, window: { offset, limit } });
        if (found.kind !== 'requests') return { entries: [], total: 0 };
        for (const one of found.lines) titles.set(String(one.request), one.title);
        return { total: found.total, entries: found.lines.map((one) => requestEntry(visit, one)) };
      },
    });
    if (chosen === BACK) return;
    at = chosen.at;
    await cancelOne(visit, reader, Number(chosen.id), titles.get(chosen.id) ?? '');
  }
}
