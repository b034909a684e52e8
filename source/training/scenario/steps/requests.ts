import { activateNext, reshelve, send } from '../../../desk/requests-clear-shelf.ts';
import type { ShelfLines } from '../../../desk/requests-clear-shelf.ts';
import { cancelRequest } from '../../../desk/requests-cancel.ts';
import { markMissing, skipLibrary } from '../../../desk/requests-missing.ts';
import { pickList } from '../../../desk/requests-pick.ts';
import { placeRequest } from '../../../desk/requests-place.ts';
import { showRequest } from '../../../desk/requests-queue.ts';
import { shelf } from '../../../desk/requests-shelf.ts';
import { showTitle } from '../../../desk/show.ts';
import {
  cancelResult,
  clearedResult,
  missingResult,
  pickListResult,
  placeResult,
  requestResult,
  shelfResult,
  skipResult,
} from '../../request-results.ts';
import { failureResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import type { Stage } from '../stage.ts';
import { asSignedIn } from './account.ts';

const WINDOW = { offset: 0, limit: 500 };
const unknownRequest = (key: string): PlainResult => ({ fails: 'UNKNOWN_REQUEST', key });

/** The title that a text means: the one of that very text, else the first that begins with it. */
async function titleCalled(stage: Stage, text: string): Promise<number | PlainResult> {
  const found = await stage.act(showTitle, { text });
  if (found.kind !== 'titles') return failureResult(found);
  const exact = found.titles.find((one) => one.title === text) ?? found.titles[0];
  return exact?.id ?? { fails: 'UNKNOWN_TITLE', key: text };
}

/** `request`: on a title, or an item (its title, where it is no volume), at the desk's library unless another is named. `as-name`: what later steps call it. */
export async function requestStep(stage: Stage, fields: StepFields<'request'>): Promise<PlainResult> {
  const { patron, title, item, until, note, 'as-name': name } = fields;
  const pickup = fields.pickup ?? stage.seat.place?.library ?? '';
  const titleId = title === undefined ? undefined : await titleCalled(stage, title);
  if (typeof titleId === 'object') return titleId;
  const about = {
    pickup,
    ...(titleId === undefined ? {} : { title: titleId }),
    ...(item === undefined ? {} : { item }),
    ...(until === undefined ? {} : { until }),
    ...(note === undefined ? {} : { note }),
  };
  const outcome =
    fields.at === 'kiosk'
      ? await asSignedIn(stage, patron, placeRequest, about)
      : await stage.act(placeRequest, { patron, ...about });
  if (outcome.kind === 'placed' && name !== undefined) stage.nameRequest(name, outcome.request.id);
  return placeResult(outcome, stage.network, stage.nameOfRequest);
}

/** `show: {request}`. */
export async function showRequestStep(stage: Stage, name: string): Promise<PlainResult> {
  const id = stage.requestCalled(name);
  if (id === undefined) return unknownRequest(name);
  return requestResult(await stage.act(showRequest, { request: id }), stage.network, stage.nameOfRequest);
}

/** `cancel-request`: the patron is told, unless `notify: false`; at a kiosk, where they do it themselves, only with `notify: true`. */
export async function cancelRequestStep(stage: Stage, fields: StepFields<'cancel-request'>): Promise<PlainResult> {
  const { request, reason, notify, patron } = fields;
  const id = stage.requestCalled(request);
  if (id === undefined) return unknownRequest(request);
  const more = { ...(reason === undefined ? {} : { reason }), ...(notify === undefined ? {} : { notify }) };
  const what = { request: id, ...more };
  const outcome =
    fields.at === 'kiosk' && patron !== undefined
      ? await asSignedIn(stage, patron, cancelRequest, what)
      : await stage.act(cancelRequest, what);
  return cancelResult(outcome);
}

/** `pick-list`: of the desk's library, unless another is named. */
export async function pickListStep(stage: Stage, fields: StepFields<'pick-list'>): Promise<PlainResult> {
  const outcome = await stage.act(pickList, { ...fields, window: WINDOW });
  return pickListResult(outcome, stage.network, stage.nameOfRequest);
}

/** A request by its name, or the pick that an item stands for. */
type Meant = { readonly request: number } | { readonly item: string } | { readonly unknown: string };
function meant(stage: Stage, { request, item }: { readonly request?: string; readonly item?: string }): Meant {
  if (request === undefined) return { item: item ?? '' };
  const id = stage.requestCalled(request);
  return id === undefined ? { unknown: request } : { request: id };
}

/** `mark-missing`: `items` where some of those that the preview names are left out. */
export async function markMissingStep(stage: Stage, fields: StepFields<'mark-missing'>): Promise<PlainResult> {
  const which = meant(stage, fields);
  if ('unknown' in which) return unknownRequest(which.unknown);
  const { items } = fields;
  const outcome = await stage.act(markMissing, { ...which, ...(items === undefined ? {} : { items }) });
  return missingResult(outcome, stage.nameOfRequest);
}

/** `skip-library`: of the library that is asked now. */
export async function skipLibraryStep(stage: Stage, fields: StepFields<'skip-library'>): Promise<PlainResult> {
  const which = meant(stage, fields);
  if ('unknown' in which) return unknownRequest(which.unknown);
  return skipResult(await stage.act(skipLibrary, which), stage.network, stage.nameOfRequest);
}

const CLEARING = {
  reshelve: { action: reshelve, done: 'reshelved' },
  send: { action: send, done: 'sent' },
  'activate-next': { action: activateNext, done: 'activated' },
} as const;

/** `reshelve`, `send`, `activate-next`: on one line of the expired shelf, or on several `items`. */
export async function clearShelfStep(
  stage: Stage,
  name: keyof typeof CLEARING,
  fields: StepFields<'reshelve'>,
): Promise<PlainResult> {
  const { request, item, items } = fields;
  const { action, done } = CLEARING[name];
  const id = request === undefined ? undefined : stage.requestCalled(request);
  if (request !== undefined && id === undefined) return unknownRequest(request);
  const lines: ShelfLines = id === undefined ? { items: items ?? [item ?? ''] } : { requests: [id] };
  return clearedResult(await stage.act(action, lines), done);
}

/** `shelf`: of the desk's library, unless another is named. */
export async function shelfStep(stage: Stage, fields: StepFields<'shelf'>): Promise<PlainResult> {
  const outcome = await stage.act(shelf, { ...fields, window: WINDOW });
  return shelfResult(outcome, stage.network, stage.nameOfRequest);
}
