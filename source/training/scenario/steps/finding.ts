import { searchPatrons } from '../../../desk/patron-search.ts';
import { findResult } from '../../find-result.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import type { Stage } from '../stage.ts';

/** No scenario has more people. */
const ALL = { offset: 0, limit: 10_000 };

/** `find`: patrons by what one field takes (PAT-01), or by the fields of the advanced search (PAT-02). */
export async function findStep(stage: Stage, fields: StepFields<'find'>): Promise<PlainResult> {
  const { birthDate, ...others } = fields;
  const birthDay = birthDate === undefined ? {} : { birthDay: birthDate };
  return findResult(await stage.act(searchPatrons, { ...others, ...birthDay, window: ALL }));
}
