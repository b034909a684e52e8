import type { CommandName } from '../../keymap.ts';
import type { Runtime } from '../../runtime.ts';
import { typedCode } from '../barcodes.ts';
import type { Handlers } from '../handlers.ts';
import { changeDesk, scanOffline } from './record.ts';
import { askBack } from './switch.ts';

/** What the screen without a database does with scans, Enter and the list keys. */
export function offlineHandlers(runtime: Runtime): Handlers {
  const { store } = runtime;
  return {
    scan: async (code) => scanOffline(runtime, code),
    submit: async (text) => {
      store.set({ field: { ...store.get().field, value: '' } });
      await scanOffline(runtime, typedCode(store.get(), text));
    },
    move: async (by) => {
      const { offline } = store.get();
      if (!offline) return;
      const last = Math.max(0, offline.rows.length - 1);
      changeDesk(runtime, { selected: Math.max(0, Math.min(last, offline.selected + by)) });
    },
  };
}

/** Ends the loans of a borrower: the next card is waited for (*Clear*, OFF-01). */
export function nextBorrower(runtime: Runtime): void {
  runtime.newPatron();
  runtime.otherPlace();
  changeDesk(runtime, { mode: 'loan', borrower: null });
  runtime.tell('information', runtime.words().offline.nextBorrower);
}

/** Does a command of the screen without a database; false: it is done as anywhere. */
export async function offlineCommand(runtime: Runtime, command: CommandName): Promise<boolean> {
  const { store } = runtime;
  const { offline, modes } = store.get();
  if (!offline) return false;
  switch (command) {
    case 'patron-services':
      runtime.otherPlace();
      changeDesk(runtime, { mode: 'loan' });
      store.set({ answer: null });
      return true;
    case 'returns':
      runtime.otherPlace();
      // The date of the book drop goes with the first F3; what is scanned from now on is of now.
      if (offline.mode === 'return') store.set({ modes: { ...modes, bookDrop: null } });
      changeDesk(runtime, { mode: 'return' });
      store.set({ answer: null });
      return true;
    case 'done':
      nextBorrower(runtime);
      return true;
    case 'work-offline':
      await tryBack(runtime);
      return true;
    default:
      return false;
  }
}

/** Somebody wants the database back: it is asked at once. */
async function tryBack(runtime: Runtime): Promise<void> {
  const { offline } = runtime.store.get();
  if (!offline || offline.alone) return runtime.tell('information', runtime.words().offline.noDatabase);
  const reason = await runtime.probe();
  const words = runtime.words();
  if (reason !== null) return runtime.tell('refusal', words.offline.back.still(words.refusal.awayBecause[reason]));
  changeDesk(runtime, { back: true });
  await askBack(runtime);
}
