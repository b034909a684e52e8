import { lend } from '../../desk/lend.ts';
import type { LendOutcome, LendRequest } from '../../desk/lend.ts';
import { meaningOfScan } from '../../desk/patrons.ts';
import { wrap } from '../../language/fit.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';
import { isNetworkCard, looksLike } from './barcodes.ts';
import { askAboutBlocks, notLent, sentence, wasLent } from './lending.ts';
import { quickAddAndLend } from './quick-add.ts';
import { clear } from './patron-record/clearance.ts';
import { learnCode } from './offline/codes.ts';
import { openRecord } from './record.ts';

/** A fulfilment note waits until it is read (BLK-10). */
async function askAboutNote(
  runtime: Runtime,
  outcome: Extract<LendOutcome, { kind: 'note' }>,
  request: LendRequest,
): Promise<LendRequest | undefined> {
  const { record, columns } = runtime.store.get();
  record?.session.remember(outcome.overridden, request.barcode);
  const title = printable(outcome.item.title);
  const answer = await runtime.ask({
    title: runtime.words().prompt.note(title),
    lines: wrap(printable(outcome.note), columns - 6),
    why: [],
    choices: ['answer-read', 'answer-cancel'],
  });
  if (answer === 'answer-read') {
    const standing = record?.session.standing(request.barcode) ?? [];
    return { ...request, standing, acknowledged: true };
  }
  await notLent(runtime, request.barcode, title, sentence(runtime, runtime.words().loan.cancelled, title));
  return undefined;
}

/** A barcode that nobody knows: worth a second scan, or a quick add (TAB-06, TUI-11). */
async function unknownItem(runtime: Runtime, barcode: string): Promise<void> {
  const shown = printable(barcode);
  const words = runtime.words();
  const looks = looksLike(runtime.store.get(), barcode);
  const isCard = looks === 'patron' || (looks === undefined && isNetworkCard(runtime.store.get(), barcode));
  runtime.store.set({ unknownCard: isCard ? barcode : null });
  if (isCard) return notLent(runtime, barcode, shown, words.unknownBarcode.newCard(shown, runtime.keyFor('register')));
  if (looks === 'half-read') return notLent(runtime, barcode, shown, words.unknownBarcode.halfRead(shown));
  const again = runtime.store.get().unknownItem === barcode;
  runtime.store.set({ unknownItem: barcode });
  if (again) {
    const answer = await runtime.ask({
      title: words.quickAdd.ask(shown),
      lines: [words.quickAdd.askWhy],
      why: [],
      choices: ['answer-create', 'answer-cancel'],
    });
    if (answer === 'answer-create') return createUnknown(runtime);
  }
  await notLent(runtime, barcode, shown, words.loan.unknown(shown, runtime.keyFor('add')));
}

/** *Create an item* for the barcode that was unknown (TAB-06). */
export async function createUnknown(runtime: Runtime): Promise<void> {
  const { unknownItem: barcode } = runtime.store.get();
  if (barcode === null) return;
  const made = await quickAddAndLend(runtime, barcode);
  if (made) return runtime.store.set({ unknownItem: null });
  await notLent(
    runtime,
    barcode,
    printable(barcode),
    runtime.words().loan.unknown(printable(barcode), runtime.keyFor('add')),
  );
}

/** Lends one item to the open record, asking as often as something new stands in the way. */
export async function lendItem(runtime: Runtime, barcode: string): Promise<void> {
  const { record } = runtime.store.get();
  if (!record) return runtime.tell('warning', runtime.words().patron.needsPatron);
  let request: LendRequest | undefined = {
    patron: record.pane.patron.id,
    barcode,
    standing: record.session.standing(barcode),
  };
  while (request) {
    const outcome: LendOutcome = await runtime.perform(lend, request);
    switch (outcome.kind) {
      case 'lent':
      case 'renewed':
        return wasLent(runtime, outcome);
      case 'blocked':
        if (outcome.blocks.some((one) => one.code === 'ITEM_UNKNOWN')) {
          return unknownItem(runtime, barcode);
        }
        request = await askAboutBlocks(runtime, outcome, request);
        break;
      case 'note':
        request = await askAboutNote(runtime, outcome, request);
        break;
      case 'not-renewed': {
        const title = printable(outcome.item.title);
        const [first] = outcome.refusals;
        const reason = first ? runtime.deskWords().renewal[first] : '';
        return notLent(
          runtime,
          barcode,
          title,
          sentence(runtime, (shown) => runtime.words().loan.notRenewed(shown, reason), title),
        );
      }
      case 'clearance-asked':
        return clear(runtime, outcome.patronId);
      case 'not-permitted':
      case 'unknown':
      case 'invalid':
        return runtime.refuse(outcome);
    }
  }
}

/** What a scanned code is: a card opens its record; where it could be both, the operator says (never guessed). */
export async function askWhatItIs(
  runtime: Runtime,
  code: string,
): Promise<{ patronId: number } | 'item' | 'neither' | 'cancelled'> {
  const meaning = await runtime.perform(meaningOfScan, { code });
  if (meaning.kind !== 'meaning') {
    runtime.refuse(meaning);
    return 'cancelled';
  }
  const { patronId, itemId } = meaning;
  if (patronId === null && itemId !== null) learnCode(runtime, 'item', code);
  if (patronId !== null && itemId === null) learnCode(runtime, 'card', code);
  if (patronId === null) return itemId === null ? 'neither' : 'item';
  if (itemId === null) return { patronId };
  const answer = await runtime.ask({
    title: runtime.words().prompt.clash(printable(code)),
    lines: [],
    why: [],
    choices: ['answer-patron', 'answer-item', 'answer-cancel'],
  });
  if (answer === 'answer-patron') return { patronId };
  return answer === 'answer-item' ? 'item' : 'cancelled';
}

/** A scan in the loans tab: an item is lent, a card opens the next record (console.md, 1). */
export async function scanLoan(runtime: Runtime, code: string): Promise<void> {
  const what = await askWhatItIs(runtime, code);
  if (typeof what === 'object') await openRecord(runtime, what.patronId);
  else if (what !== 'cancelled') await lendItem(runtime, code);
}
