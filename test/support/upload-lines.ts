import { hash } from 'node:crypto';
import { linesForLetter } from '../../source/desk/upload-letter-lines.ts';
import { listUploads, uploadReport } from '../../source/desk/offline-report.ts';
import { applyLines, beginUpload, endUpload } from '../../source/desk/offline-upload.ts';
import { offlineFile } from './offline.ts';
import { DESK, lineOf, NETWORK, NO_DESK, window } from './permission-lines.ts';
import type { Line } from './permission-lines.ts';
import type { World } from './world.ts';

const UPLOADERS = ['operator', 'manager'] as const;

/** An upload of one line, begun at `sci/PRET`; answers with its number. */
async function begun({ scene, fresh }: World): Promise<number> {
  const answer = await scene.act(beginUpload, { file: 'day.dat', digest: hash('sha256', fresh('F')), lines: 1 });
  if (answer.kind !== 'begun') throw new Error(`no upload: ${answer.kind}`);
  return answer.upload;
}

/** Uploads of offline files, for the table of permissions. */
export const UPLOAD_LINES: readonly Line[] = [
  lineOf(
    beginUpload,
    UPLOADERS,
    async ({ fresh }) => ({ file: 'day.dat', digest: fresh('F'), lines: 1 }),
    DESK,
    'begun',
  ),
  lineOf(
    applyLines,
    UPLOADERS,
    async (w) => {
      const { lines } = offlineFile([`202606011000L${await w.item()} P1`]);
      return { upload: await begun(w), lines };
    },
    DESK,
    'applied',
  ),
  lineOf(
    endUpload,
    UPLOADERS,
    async (w) => ({ upload: await begun(w), completed: 1, failed: 0, duplicates: 0 }),
    DESK,
    'ended',
  ),
  lineOf(
    uploadReport,
    UPLOADERS,
    async (w) => ({ upload: await begun(w), show: 'failed' as const, window }),
    DESK,
    'report',
  ),
  lineOf(
    linesForLetter,
    NETWORK,
    async (w) => ({ upload: await begun(w), show: 'failed' as const, window }),
    NO_DESK,
    'lines',
  ),
  lineOf(listUploads, UPLOADERS, { window }, DESK, 'uploads'),
];

/** An upload is in the audit once it has ended, or done something. */
export const UPLOAD_LINES_WITHOUT_EVENT = [beginUpload.name];
