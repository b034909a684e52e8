import { consultRules, showItem, showLoan, showPatron, showTitle } from '../../../desk/show.ts';
import { showResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import { rulesResult } from '../../rules-result.ts';
import type { StepFields } from '../format.ts';
import type { Stage } from '../stage.ts';
import { showRequestStep } from './requests.ts';

/** `rules`: the terms of use for (patron or group) × (item or location), with the row that matched (CONF-03). */
export async function rulesStep(stage: Stage, fields: StepFields<'rules'>): Promise<PlainResult> {
  const { group, ...others } = fields;
  const request = { ...others, ...(typeof group === 'string' ? { group } : {}) };
  return rulesResult(await stage.act(consultRules, request), stage.network);
}

/** `show`: the state of one thing. */
export async function showStep(stage: Stage, fields: StepFields<'show'>): Promise<PlainResult> {
  const { patron, item, title, loan, request } = fields;
  const { network } = stage;
  if (patron !== undefined) return showResult(await stage.act(showPatron, { identifier: patron }), network);
  if (item !== undefined) return showResult(await stage.act(showItem, { barcode: item }), network);
  if (loan !== undefined) return showResult(await stage.act(showLoan, { barcode: loan }), network);
  if (title !== undefined) return showResult(await stage.act(showTitle, { text: title }), network);
  return showRequestStep(stage, request ?? '');
}
