import { activateNext, reshelve, send } from '../../desk/requests-clear-shelf.ts';
import { cancelRequest } from '../../desk/requests-cancel.ts';
import { markMissing, skipLibrary } from '../../desk/requests-missing.ts';
import { pickList } from '../../desk/requests-pick.ts';
import { placeRequest, requestForm } from '../../desk/requests-place.ts';
import { shelf } from '../../desk/requests-shelf.ts';
import {
  cancelResult,
  clearedResult,
  missingResult,
  pickListResult,
  placeResult,
  shelfResult,
  skipResult,
} from '../request-results.ts';
import { asSeen, given } from './seen.ts';
import type { Done, On } from './seen.ts';

/** What stands against a request is said before its form is filled in: then nothing is placed. */
function refusedAtOnce({ stage, seen }: On): Done[] {
  const one = asSeen(seen, requestForm);
  if (one?.outcome.kind !== 'form') return [];
  const { refusals, title, titleId } = one.outcome;
  if (refusals.length === 0) return [];
  const { patron, item } = one.request;
  const fields = given({ patron, ...(item === undefined ? { title, titleId } : { item }) });
  const result = placeResult(
    { kind: 'refused', reasons: refusals, titleId, title },
    stage.network,
    stage.nameOfRequest,
  );
  return [{ name: 'request', fields, result, early: true }];
}

function placed({ stage, seen }: On): Done[] {
  const one = asSeen(seen, placeRequest);
  if (!one) return [];
  const { patron, title: titleId, item, pickup, until, note } = one.request;
  const title = one.outcome.kind === 'placed' ? one.outcome.request.title : undefined;
  const number = one.outcome.kind === 'placed' ? one.outcome.request.id : undefined;
  const about = item === undefined ? { title, titleId } : { item };
  const fields = given({ patron, ...about, pickup, until, note, number });
  return [{ name: 'request', fields, result: placeResult(one.outcome, stage.network, stage.nameOfRequest) }];
}

function cancelled({ seen }: On): Done[] {
  const one = asSeen(seen, cancelRequest);
  if (!one) return [];
  const { request, reason, notify } = one.request;
  const said = notify === false ? { notify } : {};
  return [{ name: 'cancel-request', fields: given({ request, reason, ...said }), result: cancelResult(one.outcome) }];
}

function markedMissing({ stage, seen }: On): Done[] {
  const one = asSeen(seen, markMissing);
  if (!one) return [];
  const { outcome, request } = one;
  const asked = 'request' in request ? { request: request.request } : { item: request.item };
  const known =
    outcome.kind === 'missing' ? { request: outcome.request.id, all: outcome.items.map((item) => item.barcode) } : {};
  const result = missingResult(outcome, stage.nameOfRequest);
  return [{ name: 'mark-missing', fields: given({ ...asked, ...known, items: request.items }), result }];
}

function skipped({ stage, seen }: On): Done[] {
  const one = asSeen(seen, skipLibrary);
  if (!one) return [];
  const { outcome, request } = one;
  const known = 'request' in outcome ? { request: outcome.request.id } : {};
  const result = skipResult(outcome, stage.network, stage.nameOfRequest);
  return [{ name: 'skip-library', fields: given({ ...request, ...known }), result }];
}

const CLEARING = [
  { action: reshelve, name: 'reshelve', done: 'reshelved' },
  { action: send, name: 'send', done: 'sent' },
  { action: activateNext, name: 'activate-next', done: 'activated' },
] as const;

function cleared({ seen }: On): Done[] {
  for (const { action, name, done } of CLEARING) {
    const one = asSeen(seen, action);
    if (!one) continue;
    const { requests = [], items = [] } = one.request;
    const result = clearedResult(one.outcome, done);
    const [request] = requests;
    const [item] = items;
    const about = items.length > 1 ? { items } : given({ request, item });
    if (one.outcome.kind !== 'shelved') return [{ name, fields: about, result }];
    const lines = one.outcome.lines.map((line): Done => {
      const known = line.kind === 'done' ? { request: line.request, item: line.item.barcode } : { item: line.key };
      return { name, fields: known, result: clearedResult({ kind: 'shelved', lines: [line] }, done) };
    });
    return lines.length === 1 ? lines : [{ name, fields: about, result }, ...lines];
  }
  return [];
}

function picked({ stage, seen }: On): Done[] {
  const one = asSeen(seen, pickList);
  if (!one) return [];
  const { window: _window, counts: _counts, descending: _descending, ...fields } = one.request;
  const result = pickListResult(one.outcome, stage.network, stage.nameOfRequest);
  return [{ name: 'pick-list', fields: given(fields), result }];
}

function shelved({ stage, seen }: On): Done[] {
  const one = asSeen(seen, shelf);
  if (!one) return [];
  const { window: _window, descending: _descending, ...fields } = one.request;
  return [
    { name: 'shelf', fields: given(fields), result: shelfResult(one.outcome, stage.network, stage.nameOfRequest) },
  ];
}

/** Requests, picks and the hold shelf, as steps. */
export const doneWithRequests = (on: On): Done[] =>
  [refusedAtOnce, placed, cancelled, markedMissing, skipped, cleared, picked, shelved].flatMap((one) => one(on));
