// Sends letters in a process of its own: `mail-worker.ts DATABASE NOW PORT`. Says `done` when nothing is left to send.
import { currentNetwork } from '../../source/desk/networks.ts';
import { openHouse } from '../../source/desk/house.ts';
import { COMMAND_LINE } from '../../source/desk/perform.ts';
import { sendLetters } from '../../source/jobs/send-letters.ts';
import { createMailer, loadTemplates } from '../../source/letters/index.ts';
import { reach } from './mail-server.ts';

const [url = '', now = '', port = ''] = process.argv.slice(2);
const commandLine = { staff: COMMAND_LINE, place: null };
const house = openHouse(url);
const perform = house.at(() => Number(now));
const found = await perform(commandLine, currentNetwork, {});
if (found.kind !== 'network' || found.network === null) throw new Error('no network');
const mailer = await createMailer(reach(Number(port)));
const on = {
  perform,
  seat: commandLine,
  signal: new AbortController().signal,
  network: found.network,
  count: async () => undefined,
};
await sendLetters(on, { mailer, templates: await loadTemplates() });
mailer.close();
await house.close();
process.stdout.write('done\n');
