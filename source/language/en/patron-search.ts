import type { PatronSearchWords } from '../patron-search-words.ts';

/** The advanced search of a patron. */
export const patronSearch: PatronSearchWords['patronSearch'] = {
  form: 'ADVANCED SEARCH',
  name: 'Name',
  firstName: 'First name',
  nameHint: 'its beginning is enough; accents and capitals do not matter',
  identifier: 'Identifier',
  identifierHint: 'the beginning of any of them, or scan the card',
  email: 'E-mail',
  emailHint: 'the beginning of the address is enough',
  birthDay: 'Born',
  birthDayHint: '30/10/2001',
  badDay: 'A date is needed: 30/10/2001',
  group: 'Group',
  campus: 'Campus',
  status: 'Status',
  any: '(all)',
  active: 'active',
  inactive: 'inactive',
  nothingAsked: 'Fill in one field at least.',
  head: (total) => `ADVANCED SEARCH · ${total} ${total === 1 ? 'patron' : 'patrons'}`,
  hint: (edit) => `Enter opens the record · ${edit} change the search`,
  none: (edit) => `No patron matches: ${edit} to change the search.`,
};
