import { createReadStream, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { importRecords, readImportMapping } from '../../../exchange/catalogue/index.ts';
import type { CatalogueProblem, ImportMapping } from '../../../exchange/catalogue/index.ts';
import { isWarning } from '../../../exchange/catalogue/index.ts';
import { importResult } from '../../import-result.ts';
import { failureResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import { SCENE_BUILDER } from '../stage.ts';
import type { Stage } from '../stage.ts';

/** Errors that a result lists. */
const MOST_LISTED = 1000;

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

/** `import-catalogue`: a file beside the scenario, imported as by `guichet import catalogue` (by nobody's account). */
export async function importCatalogueStep(stage: Stage, fields: StepFields<'import-catalogue'>): Promise<PlainResult> {
  const { file, mapping: mappingFile, ...reading } = fields;
  const { network, perform } = stage;
  const inFolder = (name: string): string => path.resolve(stage.directory, name);
  if (!isFile(inFolder(file))) return { fails: 'INVALID', path: 'file', value: file };
  let mapping: ImportMapping | undefined;
  if (mappingFile !== undefined) {
    if (!isFile(inFolder(mappingFile))) return { fails: 'INVALID', path: 'mapping', value: mappingFile };
    const read = readImportMapping(readFileSync(inFolder(mappingFile), 'utf8'), network);
    if ('errors' in read) return { fails: 'INVALID', path: 'mapping', errors: read.errors };
    ({ mapping } = read);
  }
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
