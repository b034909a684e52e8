/** Why a database cannot be used (`AwayReason` of the records). */
export type DatabaseTrouble =
  | 'unreachable'
  | 'silent'
  | 'refused'
  | 'missing-database'
  | 'not-a-database'
  | 'no-permission'
  | 'read-only'
  | 'full'
  | 'locked'
  | 'no-folder'
  | 'newer-schema'
  | 'older-schema'
  | 'bad-url';
