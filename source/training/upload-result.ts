import type { UploadResult } from '../offline/upload.ts';
import { failureResult, local, present } from './results.ts';
import type { PlainResult, Zone } from './results.ts';

/**
 * An upload of an offline file, with the fields of spec 8: `completed, failed, duplicates, errors`; each error with its line,
 * its reason and the whole text of the line. `attention`: what was applied and is to be looked at, with its due date.
 */
export function uploadResult(result: UploadResult, network: Zone): PlainResult {
  if (result.kind !== 'uploaded') return failureResult(result);
  const { upload, completed, failed, duplicates, errors, attention, stopped } = result;
  return {
    upload,
    completed,
    failed,
    duplicates,
    errors: errors.map(({ number, reason, raw }) => ({ line: number, reason, text: raw })),
    attention: attention.map(({ number, attention: why, raw, due, title }) => ({
      line: number,
      attention: why,
      text: raw,
      ...present({ title, due: local(due, network) }),
    })),
    ...(stopped ? { stopped } : {}),
  };
}
