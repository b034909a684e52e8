import type { Window } from '../records/loans.ts';
import type { ReportPart, UploadLine } from '../records/offline-uploads.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** A window of what an upload has left to do, for the table that goes with its letter. Failed lines come in the order of the file. */
export const linesForLetter = action(
  'lines-for-letter',
  { permission: 'run-jobs', readOnly: true },
  async (
    { records }: Desk,
    { upload, show, window }: { readonly upload: number; readonly show: ReportPart; readonly window: Window },
  ): Promise<{ readonly kind: 'lines'; readonly total: number; readonly lines: readonly UploadLine[] } | Refusal> => ({
    kind: 'lines',
    ...(await records.offline.report(upload, show, window)),
  }),
);
