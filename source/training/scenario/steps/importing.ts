import { createReadStream, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Network } from '../../../circulation/network.ts';
import { importRecords, readImportMapping } from '../../../exchange/catalogue/index.ts';
import type { CatalogueProblem, ImportMapping } from '../../../exchange/catalogue/index.ts';
import { isWarning } from '../../../exchange/catalogue/index.ts';
import { isCardWarning } from '../../../circulation/card-system.ts';
import { cardFileFor, importPatronFile, lookUpIn, readPatronMapping } from '../../../exchange/patrons/index.ts';
import type { PatronMapping, PatronProblem } from '../../../exchange/patrons/index.ts';
import { importResult, patronImportResult } from '../../import-result.ts';
import { failureResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import { SCENE_BUILDER } from '../stage.ts';
import type { Stage } from '../stage.ts';

/** Errors that a result lists. */
const MOST_LISTED = 1000;

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

/** The mapping of a file beside the scenario, where there is one. */
function mappingIn<Mapping>(
  { directory, network }: Stage,
  name: string | undefined,
  read: (text: string, network: Network) => { readonly mapping: Mapping } | { readonly errors: readonly unknown[] },
): { readonly mapping: Mapping | undefined } | (PlainResult & { readonly fails: 'INVALID' }) {
  if (name === undefined) return { mapping: undefined };
  const file = path.resolve(directory, name);
  if (!isFile(file)) return { fails: 'INVALID', path: 'mapping', value: name };
  const answer = read(readFileSync(file, 'utf8'), network);
  return 'errors' in answer ? { fails: 'INVALID', path: 'mapping', errors: answer.errors } : answer;
}

/** `import-catalogue`: a file beside the scenario, imported as by `guichet import catalogue` (by nobody's account). */
export async function importCatalogueStep(stage: Stage, fields: StepFields<'import-catalogue'>): Promise<PlainResult> {
  const { file, mapping: mappingFile, ...reading } = fields;
  const { network, perform } = stage;
  const inFolder = (name: string): string => path.resolve(stage.directory, name);
  if (!isFile(inFolder(file))) return { fails: 'INVALID', path: 'file', value: file };
  const read = mappingIn<ImportMapping>(stage, mappingFile, readImportMapping);
  if ('fails' in read) return read;
  const { mapping } = read;
  const errors: CatalogueProblem[] = [];
  const report = await importRecords(
    createReadStream(inFolder(file)),
    { perform, seat: SCENE_BUILDER, network },
    {
      ...reading,
      ...(mapping === undefined ? {} : { mapping }),
      name: path.basename(file),
      onProblem: (problem) => {
        if (!isWarning(problem.problem) && errors.length < MOST_LISTED) errors.push(problem);
      },
    },
  );
  return 'kind' in report ? failureResult(report) : importResult(report, errors);
}

/**
 * `import-patrons`: a file beside the scenario, imported as by `guichet import patrons` (by nobody's account). From then on it is the
 * card system's latest file, in which records that are to be overwritten are looked up at once (IMP-04).
 */
export async function importPatronsStep(stage: Stage, fields: StepFields<'import-patrons'>): Promise<PlainResult> {
  const { file, mapping: mappingFile, ...reading } = fields;
  const { network, perform } = stage;
  const whole = path.resolve(stage.directory, file);
  if (!isFile(whole)) return { fails: 'INVALID', path: 'file', value: file };
  const read = mappingIn<PatronMapping>(stage, mappingFile, readPatronMapping);
  if ('fails' in read) return read;
  const how = { ...reading, ...(read.mapping === undefined ? {} : { mapping: read.mapping }) };
  const errors: PatronProblem[] = [];
  const report = await importPatronFile(
    createReadStream(whole),
    { perform, seat: SCENE_BUILDER, network },
    {
      ...how,
      name: path.basename(file),
      onProblem: (problem) => {
        if (!isCardWarning(problem.problem) && errors.length < MOST_LISTED) errors.push(problem);
      },
    },
  );
  if ('kind' in report) return failureResult(report);
  stage.useCardSystem(lookUpIn(cardFileFor({ ...how, file: whole }, network, () => stage.now)));
  return patronImportResult(report, errors);
}
