// An import of card holders in a process of its own, which a test may kill: `node import-worker.ts URL NOW FILE BATCH`. Says
// `batch` after each glance at the file, and `done` at the end.
import { createReadStream } from 'node:fs';
import process from 'node:process';
import { openHouse } from '../../source/desk/house.ts';
import { COMMAND_LINE } from '../../source/desk/perform.ts';
import { importPatronFile } from '../../source/exchange/patrons/index.ts';
import { cardNetwork } from './card-users.ts';

const [url = '', now = '', file = '', batch = ''] = process.argv.slice(2);
const house = openHouse(url);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const report = await importPatronFile(
  createReadStream(file),
  { perform: house.at(() => Number(now)), seat: { staff: COMMAND_LINE, place: null }, network: cardNetwork },
  { format: 'alma-xml', name: 'users.xml', batch: Number(batch), onProgress: () => say('batch') },
);
say(`done ${JSON.stringify(report)}`);
await house.close();
