export { importPatronFile } from './import.ts';
export type { PatronImporter, PatronImportOptions } from './import.ts';
export { latestFile } from './card-file.ts';
export { cardFileFor, lookUpIn } from './look-up.ts';
export { readPatronMapping } from './mapping.ts';
export type { PatronMapping } from './mapping.ts';
export { PATRON_ENCODINGS, PATRON_FORMATS } from './read.ts';
export type { PatronEncoding, PatronFormat } from './read.ts';
export type { PatronImportReport, PatronProblem } from './report.ts';
