import path from 'node:path';
import { uploadReport } from '../../../desk/offline-report.ts';
import type { UploadLine } from '../../../desk/offline-report.ts';
import { printable } from '../../../language/printable.ts';
import type { UploadResult } from '../../../offline/index.ts';
import type { Runtime } from '../../runtime.ts';
import { openBrowse } from '../browse.ts';

type Uploaded = Extract<UploadResult, { kind: 'uploaded' }>;

/** Why somebody should look at a line. */
function reasonOf(runtime: Runtime, { failure, attention }: UploadLine): string {
  const words = runtime.words().offline.upload;
  if (failure !== null) return words.failure[failure];
  return attention.map((one) => words.look[one]).join(' · ');
}

/** What came of an upload: the lines that failed, then those to look at, with the whole line (OFF-04, OFF-05). */
export async function showResult(
  runtime: Runtime,
  file: string,
  done: Uploaded,
  archived: string | null,
): Promise<void> {
  const words = () => runtime.words().offline.upload;
  const { upload } = done;
  await openBrowse<UploadLine>(runtime, {
    table: 'upload-lines',
    title: () => words().resultTitle(printable(file)),
    hint: () => words().resultHint(runtime.keyFor('export')),
    next: () =>
      archived === null ? words().notArchived(printable(file)) : words().archived(printable(path.basename(archived))),
    columns: () => [
      { name: 'line', head: words().resultColumn.line, width: 6, cell: ({ number }) => String(number) },
      { name: 'reason', head: words().resultColumn.reason, width: 29, cell: (line) => reasonOf(runtime, line) },
      {
        name: 'text',
        head: words().resultColumn.text,
        width: 0,
        cell: ({ raw }) => printable((raw ?? '').replaceAll(/ +/g, ' ')),
      },
      {
        name: 'title',
        head: words().resultColumn.what,
        width: 20,
        byDefault: false,
        cell: ({ title }) => printable(title ?? ''),
      },
    ],
    keyOf: ({ number }) => String(number),
    itemOf: ({ barcode, title }) => (title === null ? undefined : (barcode ?? undefined)),
    patronOf: ({ patronId }) => patronId ?? undefined,
    tone: ({ failure }) => (failure === null ? 'plain' : 'late'),
    empty: () => words().allWell,
    read: async ({ offset, limit }) => {
      const failed = await runtime.perform(uploadReport, { upload, show: 'failed', window: { offset, limit } });
      if (failed.kind !== 'report') {
        runtime.refuse(failed);
        return undefined;
      }
      const room = limit - failed.lines.length;
      const from = Math.max(0, offset - failed.total);
      const look = await runtime.perform(uploadReport, {
        upload,
        show: 'attention',
        window: { offset: from, limit: Math.max(1, room) },
      });
      if (look.kind !== 'report') {
        runtime.refuse(look);
        return undefined;
      }
      return { total: failed.total + look.total, lines: [...failed.lines, ...(room > 0 ? look.lines : [])] };
    },
  });
  const { completed, failed, duplicates, attentionCount } = done;
  const more = attentionCount > 0 ? ` · ${words().attention(attentionCount)}` : '';
  runtime.tell(
    failed > 0 || attentionCount > 0 ? 'warning' : 'done',
    words().done({ completed, failed, duplicates }) + more,
  );
}
