import { openPublic } from '../../../desk/public-catalogue.ts';
import type { PublicHolding, PublicItem, PublicTitle } from '../../../desk/public-catalogue.ts';
import { widthOf } from '../../../language/fit.ts';
import { wordsIn } from '../../../language/index.ts';
import { BACK, HANGING } from '../ui.ts';
import type { Visit } from '../visit.ts';
import { requestTitle } from './request-form.ts';
import { signIn } from './sign-in.ts';

/** A longer title has no room in the head of a small window. */
const HEAD = 56;
/** So many items of a serial are listed; more are asked for at the desk. */
const MOST_ITEMS = 500;

/** What has become of an item, in the reader's words (KIO-01). */
function statusText(visit: Visit, item: PublicItem): string {
  const { status } = visit.words().catalogue;
  if (item.status !== 'on-loan') return status[item.status];
  return item.due === null ? status.onLoanUnknown : status['on-loan'](visit.dates().moment(item.due));
}

function itemLines(visit: Visit, item: PublicItem, callNumber: string | null): string[] {
  const { catalogue: words } = visit.words();
  const language = visit.language();
  const policy = item.policyName === null ? '' : ` (${item.policyName[language]})`;
  const where =
    item.elsewhere === null
      ? ''
      : ` · ${words.elsewhere(`${item.elsewhere.libraryName}, ${item.elsewhere.locationName}`)}`;
  const own = item.callNumber === callNumber ? null : item.callNumber;
  const what = [item.description, own].filter(Boolean).join(' · ');
  const line = `${what === '' ? '' : `${what} : `}${statusText(visit, item)}${policy}${where}`;
  return [`    ${HANGING}${line}`, ...item.publicNotes.map((note) => `      ${HANGING}« ${note} »`)];
}

function holdingLines(visit: Visit, holding: PublicHolding): string[] {
  const { catalogue: words } = visit.words();
  const here = holding.library === visit.house.library ? ` (${words.here})` : '';
  const call = holding.callNumber === null ? '' : ` · ${words.callNumber(holding.callNumber)}`;
  return [
    '',
    `  ${HANGING}${holding.libraryName}${here} · ${holding.locationName}${call}`,
    ...holding.items.flatMap((item) => itemLines(visit, item, holding.callNumber)),
  ];
}

function titleLines(visit: Visit, { title, holdings, requests }: PublicTitle): string[] {
  const { catalogue: words } = visit.words();
  const named = (label: string, value: string | null): string[] =>
    value === null || value === '' ? [] : [`${label} ${value}`];
  const { resourceTypes } = wordsIn(visit.language()).console.quickAdd;
  const kind = [resourceTypes[title.resourceType], [title.publisher, title.year].filter(Boolean).join(', ')].filter(
    Boolean,
  );
  return [
    ...(widthOf(title.title) > HEAD ? [title.title, ''] : []),
    ...named(words.by, title.author),
    kind.join(' · '),
    ...named(words.isbn, title.isbn),
    ...named(words.subjects, title.subjects.join(' ; ')),
    ...(requests > 0 ? [words.requests(requests)] : []),
    ...(holdings.length === 0 ? ['', words.noCopies] : []),
    ...holdings.flatMap((holding) => holdingLines(visit, holding)),
  ];
}

/** A title with its holdings, and the way to a request (KIO-01, KIO-04, manual V.2.1). */
export async function showTitle(visit: Visit, title: number): Promise<void> {
  for (;;) {
    const opened = await visit.act(openPublic, { title, window: { offset: 0, limit: MOST_ITEMS } });
    const { catalogue: words, back } = visit.words();
    if (opened.kind !== 'title') return visit.tell('warning', words.unknownTitle);
    const chosen = await visit.ui.text({
      title: opened.title.title,
      lines: titleLines(visit, opened),
      back,
      actions: opened.total === 0 ? [] : [{ id: 'request', key: words.requestKey, label: words.request }],
    });
    if (chosen === BACK) return;
    // A request is somebody's: whoever has not signed in does so first, and comes back to the same title.
    const reader = visit.reader() ?? ((await signIn(visit)) ? visit.reader() : null);
    if (reader && (await requestTitle(visit, reader, { title }))) return;
  }
}
