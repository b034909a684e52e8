import { z } from 'zod';
import { RENEWAL_REFUSALS } from '../../circulation/blocks.ts';
import { day, strictMap } from '../../exchange/network-file/schema-parts.ts';
import { oneOf, overrides, text } from './format-parts.ts';
import { scenarioIssue } from './problems.ts';

/** Where it is done: at the desk, unless its patron does it at a kiosk, signed in (KIO-03, KIO-04). */
const at = z.enum(['desk', 'kiosk']).exactOptional();

type Checked = { readonly value: Readonly<Record<string, unknown>>; readonly issues: unknown[] };

/** At a kiosk somebody has signed in; `patron` says who. */
function checkSignedIn({ value, issues }: Checked): void {
  if (value['at'] === 'kiosk' && value['patron'] === undefined)
    issues.push(scenarioIssue('missing-key', { allowed: ['text'] }, value, ['patron']));
}

const oneThing = oneOf(1, 'item', 'items', 'patron');
const whichOfTheirs = oneOf(0, 'item', 'items');

/** Fields of `renew`: one thing at the desk; at a kiosk all loans of who has signed in, or those items. */
export const renewShape = strictMap({
  item: text.exactOptional(),
  items: z.array(text).min(1).exactOptional(),
  patron: text.exactOptional(),
  override: overrides(RENEWAL_REFUSALS).exactOptional(),
  at,
})
  .check(checkSignedIn)
  .check((context) => (context.value.at === 'kiosk' ? whichOfTheirs(context) : oneThing(context)));

/** Fields of `request`. */
export const requestShape = strictMap({
  patron: text,
  title: text.exactOptional(),
  item: text.exactOptional(),
  /** Absent: the library of the desk, as the form proposes it. */
  pickup: text.exactOptional(),
  until: day.exactOptional(),
  note: text.exactOptional(),
  'as-name': text.exactOptional(),
  at,
}).check(oneOf(1, 'title', 'item'));

/** Fields of `cancel-request`; `patron` at a kiosk alone. */
export const cancelRequestShape = strictMap({
  request: text,
  reason: text.exactOptional(),
  notify: z.boolean().exactOptional(),
  patron: text.exactOptional(),
  at,
})
  .check(checkSignedIn)
  .check(({ value, issues }) => {
    if (value.patron !== undefined && value.at !== 'kiosk')
      issues.push(scenarioIssue('missing-key', { allowed: ['text'] }, value, ['at']));
  });

/** Fields of `account`: what its patron sees at a kiosk (KIO-03 to KIO-05). */
export const accountShape = strictMap({
  patron: text,
  sort: z.enum(['title', 'due', 'due-desc']).default('due'),
});
