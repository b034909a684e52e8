import type { DeskPrinter } from '../circulation/network.ts';
import { aroundPath } from '../language/fit.ts';
import { wordsIn } from '../language/index.ts';
import type { MailPrinter } from '../letters/index.ts';
import type { Runtime } from './runtime.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

const WIDE = 80;

/** The printer of the desk where one sits, as the network file names it. */
function printerOf({ network, place }: State): DeskPrinter | undefined {
  const library = network?.libraries.find((one) => one.code === place?.library);
  return library?.desks.find((one) => one.code === place?.code)?.printer;
}

/**
 * Prints behind the desk's back (TUI-08, REL-04): one job after the other, in order. What came of it is told in its turn;
 * `quietly` says so only where it failed.
 */
export function createPrinting(options: {
  readonly store: Store<State>;
  /** Writes to the terminal in one piece: its printer hangs on it. */
  readonly terminal: (text: string) => void;
  /** What mails to printers that have an address, if this machine has a mail server. */
  readonly mail: () => Promise<MailPrinter | undefined>;
  /** Lets something run beside the desk; the console is not idle until it has ended. */
  readonly beside: (work: Promise<void>) => void;
  /** Tells something in its turn. */
  readonly tell: (tone: 'done' | 'warning', text: string) => void;
  /** A slip has not been printed, or one has again. */
  readonly trouble: (is: boolean) => void;
}): Pick<Runtime, 'print' | 'paperColumns' | 'hasPrinter'> {
  const { store, terminal, mail, beside, tell, trouble } = options;
  let last: Promise<void> = Promise.resolve();
  return {
    paperColumns: () => printerOf(store.get())?.columns ?? WIDE,
    hasPrinter() {
      const state = store.get();
      if (printerOf(state)) return true;
      tell('warning', wordsIn(state.language).letters.printed({ kind: 'no-printer' }));
      return false;
    },
    print(job, how) {
      const printer = printerOf(store.get());
      const work = async (): Promise<void> => {
        const { createPrinter } = await import('../letters/index.ts');
        const report = await createPrinter({ printer, terminal, mail: await mail() }).print(job);
        const good = report.kind === 'printed';
        if (how?.quietly === true) {
          // The answer line says where the item goes; the printer's trouble stands in the header until it prints again.
          if (store.get().printerTrouble === good) trouble(!good);
          return;
        }
        if (good) store.set({ printerTrouble: false });
        const { printed } = wordsIn(store.get().language).letters;
        const room = store.get().columns - 2;
        const text =
          'where' in report
            ? aroundPath((where) => printed({ ...report, where }), report.where, room)
            : printed(report);
        tell(good ? 'done' : 'warning', text);
      };
      last = last.then(work);
      beside(last);
    },
  };
}
