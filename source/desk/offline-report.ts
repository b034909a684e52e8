import type { Window } from '../records/loans.ts';
import type { ReportPart, UploadLine, UploadView } from '../records/offline-uploads.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

export type { ReportPart, UploadLine, UploadView } from '../records/offline-uploads.ts';

export type UploadReport =
  | {
      readonly kind: 'report';
      readonly upload: UploadView;
      /** Of that part, beyond the window too. */
      readonly total: number;
      readonly lines: readonly UploadLine[];
    }
  | Refusal;

/**
 * A window of the lines of an upload, in the order of the file, that were not applied (`failed`), or that somebody should
 * look at (`attention`): whole, with the title and the patron where they are known (OFF-04, OFF-05).
 */
export const uploadReport = action(
  'upload-report',
  { permission: 'upload-offline', needsDesk: true, readOnly: true },
  async (
    { records }: Desk,
    request: { readonly upload: number; readonly show: ReportPart; readonly window: Window },
  ): Promise<UploadReport> => {
    const { upload: id, show, window } = request;
    const upload = await records.offline.upload(id);
    if (!upload) return { kind: 'invalid', path: 'upload', problem: 'unknown-code', value: String(id) };
    return { kind: 'report', upload, ...(await records.offline.report(id, show, window)) };
  },
);

export type Uploads =
  | { readonly kind: 'uploads'; readonly total: number; readonly uploads: readonly UploadView[] }
  | Refusal;

/** A window of the uploads of all desks, the latest first. */
export const listUploads = action(
  'list-uploads',
  { permission: 'upload-offline', needsDesk: true, readOnly: true },
  async ({ records }: Desk, { window }: { readonly window: Window }): Promise<Uploads> => ({
    kind: 'uploads',
    ...(await records.offline.uploads(window)),
  }),
);
