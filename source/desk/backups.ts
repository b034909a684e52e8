/** What stands in a backup, without a house being opened on it: nothing may change it (REL-10). */
export { lookInto } from '../records/backup.ts';
export type { Backup } from '../records/backup.ts';
