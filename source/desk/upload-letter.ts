import type { UploadReportLetter } from '../circulation/letters.ts';
import type { Network } from '../circulation/network.ts';
import type { WrittenEvent } from '../records/events.ts';
import type { UploadView } from '../records/offline-uploads.ts';
import { usableAddress } from './letter-address.ts';
import type { Desk } from './perform.ts';

/** Lines of each part that a letter has; all of them are in the table that goes with it. */
const MOST_LINES = { offset: 0, limit: 200 };

/** The printer of a desk (`LIBRARY/DESK`) that has an address; null: it has none. */
function deskAddress({ libraries }: Network, desk: string): string | null {
  const [code, place] = desk.split('/');
  const found = libraries.find((one) => one.code === code)?.desks.find((one) => one.code === place);
  return found?.printer?.email ?? null;
}

/** The account that uploads; null: none. */
const uploaderOf = ({ staff }: Desk): number | null => (staff.id === 0 ? null : staff.id);

/** Who is told of an upload: who did it, else their desk; null: nobody has an address. */
async function addressFor(desk: Desk, upload: UploadView): Promise<string | null> {
  const { records, network } = desk;
  const staff = uploaderOf(desk);
  const own = staff === null ? null : usableAddress(network, await records.staff.emailOf(staff));
  return own ?? usableAddress(network, deskAddress(network, upload.desk));
}

async function factsOf({ records, now }: Desk, upload: UploadView): Promise<UploadReportLetter> {
  const { id, file, desk, startedAt, lines, completed, failed, duplicates, attention: toSee } = upload;
  const bad = await records.offline.report(id, 'failed', MOST_LINES);
  const seen = await records.offline.report(id, 'attention', MOST_LINES);
  return {
    upload: id,
    file,
    desk,
    startedAt,
    endedAt: upload.endedAt ?? now,
    lines,
    completed,
    failed,
    duplicates,
    toSee,
    errors: bad.lines.map(({ number, failure, raw }) => ({ number, reason: failure ?? 'BAD_LINE', raw })),
    attention: seen.lines.map(({ number, attention, raw, title, due }) => ({ number, attention, raw, title, due })),
  };
}

/** Queues the report of each upload that has ended, in the transaction that ends it (OFF-04): a letter for each, whatever is tried again. */
export async function writeUploadReports(desk: Desk, events: readonly WrittenEvent[]): Promise<void> {
  const { records, network, now } = desk;
  for (const event of events) {
    if (event.kind !== 'offline-uploaded') continue;
    const upload = await records.offline.upload(event.data.upload);
    const address = upload ? await addressFor(desk, upload) : null;
    if (!upload || address === null) continue;
    await records.letters.queue({
      kind: 'upload-report',
      cause: `upload:${upload.id}`,
      patronId: null,
      library: upload.desk.split('/')[0] ?? null,
      language: network.jobs?.language ?? 'fr',
      address,
      facts: await factsOf(desk, upload),
      at: now,
      staffId: uploaderOf(desk),
    });
  }
}
