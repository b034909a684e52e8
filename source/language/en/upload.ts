import type { UploadWords } from '../upload-words.ts';

const number = new Intl.NumberFormat('en-GB');
const counted = (count: number, one: string, more: string): string =>
  `${number.format(count)} ${count === 1 ? one : more}`;

export const uploads: UploadWords = {
  check: ({ file, loans, returns, bad, blank, from, to }) => {
    const parts = [
      counted(loans, 'loan', 'loans'),
      counted(returns, 'return', 'returns'),
      ...(bad > 0 ? [counted(bad, 'line that cannot be read', 'lines that cannot be read')] : []),
      ...(blank > 0 ? [counted(blank, 'empty line', 'empty lines')] : []),
    ];
    return `${file}: ${parts.join(', ')}${from === null || to === null ? '' : `; from ${from} to ${to}`}.`;
  },
  nothingRecorded: 'Only read: nothing has been recorded.',
  progress: (done, total) => `${number.format(done)} of ${number.format(total)} lines`,
  counts: ({ completed, failed, duplicates }) =>
    `${number.format(completed)} completed, ${number.format(failed)} failed, ${number.format(duplicates)} uploaded before.`,
  failed: 'Not recorded:',
  attention: 'Recorded, to be looked at:',
  line: (at, reason, text) => `  line ${at}: ${reason}: ${text}`,
  due: (moment) => `due ${moment}`,
  more: (count) => `  and ${number.format(count)} more: --report FILE writes all of them.`,
  badLine: {
    unreadable: 'does not begin with date and time',
    letter: 'neither L nor R after the time',
    date: 'no such date or time',
    'no-item': 'no barcode',
    'no-patron': 'no patron',
    ambiguous: 'barcode and patron cannot be told apart',
    'too-long': 'barcode or identifier too long',
    characters: 'characters that no code has',
  },
  unfinished: (at) => `line ${at} has no end: it was read as it is; check that nothing of it is missing.`,
  archived: (file) => `The file is now ${file}.`,
  notArchived: (file, because) =>
    `${file} has not been archived (${because}): put it away yourself; its lines never count twice all the same.`,
  problem: {
    locked: 'another program has it open',
    full: 'no room left',
    'read-only': 'its folder can only be read',
    gone: 'it is gone',
    failed: 'unexpected error',
  },
  someFailed: (count) => `${counted(count, 'line was', 'lines were')} not recorded: look after what is said above.`,
  stopped: (done, total) =>
    `stopped after ${number.format(done)} of ${number.format(total)} lines; those stay recorded. Run it again to go on: no line counts twice.`,
  runAgain: 'Nothing is lost: run the same command again when the database answers; no line counts twice.',
  empty: (file) => `${file} has no lines: nothing to upload.`,
  notOffline: (file, lines) =>
    `${file} is no file of offline transactions: none of its ${counted(lines, 'line', 'lines')} is one. Nothing has been done; --dry-run says why of each.`,
  inUse: (file) => `${file} is open in another program that records offline: leave that first, then upload.`,
  gone: (file, copies) =>
    `${file} is not there; it has been uploaded already and archived as ${copies.join(', ')}. Nothing is left to do, unless another file was meant.`,
  report: {
    title: 'Offline upload',
    column: {
      number: 'Line',
      at: 'Date and time',
      transaction: 'Transaction',
      item: 'Item',
      patron: 'Patron',
      reason: 'Reason',
      text: 'Line of the file',
      title: 'Title',
      name: 'Patron name',
      due: 'Due',
    },
    noReport: (why) => `the upload is done, its report is not written: ${why}.`,
  },
};
