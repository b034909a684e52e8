/** What a title is: the types of resource among which quick add chooses (TAB-06), and what imports make of a record. */
export const RESOURCE_TYPES = [
  'BOOK',
  'ISSUE',
  'JOURNAL',
  'ARTICLE',
  'THESIS',
  'MAP',
  'SCORE',
  'AUDIO',
  'VIDEO',
  'IMAGE',
  'SOFTWARE',
  'OBJECT',
  'MIXED',
  'OTHER',
] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];
