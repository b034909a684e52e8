import { isDay } from '../circulation/time.ts';
import type { Window } from '../records/loans.ts';
import type { PatronQuestion } from '../records/patron-search.ts';
import { stored } from '../records/text.ts';
import type { PatronMatches } from './patrons.ts';
import { action } from './perform.ts';
import type { Desk } from './perform.ts';

const FIELDS = [
  'text',
  'name',
  'firstName',
  'identifier',
  'email',
  'birthDay',
  'group',
  'campus',
  'status',
] as const satisfies readonly (keyof PatronQuestion)[];

/**
 * The advanced search (PAT-02): a window of the patrons for whom every field that is given holds, by name, and how many there
 * are. Refused: nothing is given (path `name`), a group or campus that the network does not have, a birth day that is none.
 */
export const searchPatrons = action(
  'search-patrons',
  { permission: 'view-patrons', readOnly: true },
  async ({ records, network }: Desk, request: PatronQuestion & { window: Window }): Promise<PatronMatches> => {
    const given = FIELDS.flatMap((field) => {
      const value = stored(request[field]);
      return value === null ? [] : [[field, value] as const];
    });
    if (given.length === 0) return { kind: 'invalid', path: 'name', problem: 'empty' };
    const asked: PatronQuestion = Object.fromEntries(given);
    const { birthDay, group, campus } = asked;
    if (birthDay !== undefined && !isDay(birthDay)) {
      return { kind: 'invalid', path: 'birthDay', problem: 'not-a-day', value: birthDay };
    }
    if (group !== undefined && !network.groups.some((one) => one.code === group)) {
      return { kind: 'invalid', path: 'group', problem: 'unknown-code', value: group };
    }
    if (campus !== undefined && !network.campuses.some((one) => one.code === campus)) {
      return { kind: 'invalid', path: 'campus', problem: 'unknown-code', value: campus };
    }
    return { kind: 'matches', ...(await records.patronSearch.find(asked, request.window)) };
  },
);
