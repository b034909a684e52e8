// Uploads offline files in a process of its own: one order a line on standard input; on standard output a line after each batch
// (how many lines it has done) and one with the answer.
import { createInterface } from 'node:readline';
import { openHouse } from '../../source/desk/house.ts';
import { offlineFile, uploadFile } from './offline.ts';
import type { UploadOrder } from './other-uploader.ts';

const house = openHouse(process.argv[2] ?? '');

process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { now, seat, lines, batch } = JSON.parse(line) as UploadOrder;
  const answer = await uploadFile(
    house.at(() => now),
    seat,
    {
      ...offlineFile(lines),
      batch,
      onProgress: ({ done }) => {
        process.stdout.write(`${done}\n`);
      },
    },
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await house.close();
