import { placeName } from '../../desk/perform.ts';
import type { PlaceChoice } from '../../desk/sign-in.ts';
import type { Runtime } from '../runtime.ts';
import type { State } from '../state.ts';
import { sitDown, submitFirstAdministrator, submitSignIn } from './arrive.ts';
import { leaveBrowse, moveInBrowse, openChosen, topBrowse, typedInBrowse } from './browse.ts';
import { moveInList } from './commands.ts';
import { typedCode } from './barcodes.ts';
import type { Handlers } from './handlers.ts';
import { moveInMatches, scanCard, searchNames, submitIdentification } from './identify.ts';
import { chosenMatch, moveInItemMatches, searchItemsTyped } from './item-search.ts';
import { scanLoan } from './loans.ts';
import { scanReturn } from './returns.ts';
import { submitRules } from './rules.ts';
import { scanAnything } from './cards.ts';
import { offlineHandlers } from './offline/index.ts';
import { scanInItem, showScanIn } from './scan-in.ts';

/** The desks that match what was typed in the choice of desks. */
export function shownPlaces(state: Pick<State, 'places' | 'field'>): PlaceChoice[] {
  const wanted = state.field.value.trim().toLowerCase();
  return state.places.filter((one) =>
    `${placeName(one)} ${one.libraryName} ${one.name}`.toLowerCase().includes(wanted),
  );
}

/** What a list does: it searches as one types; a scan goes to the place beneath, or opens what was scanned. */
function browseHandlers(runtime: Runtime): Handlers {
  const scan = async (code: string): Promise<void> => {
    const { under } = runtime.store.get();
    const source = topBrowse(runtime)?.source;
    if (source?.scan) return source.scan(code);
    if (under && ['patron', 'returns', 'scan-in'].includes(under.screen)) {
      leaveBrowse(runtime);
      return handlersFor(runtime).scan(code);
    }
    if (source?.scansIn !== true) return scanAnything(runtime, code);
    showScanIn(runtime);
    return scanInItem(runtime, code);
  };
  return {
    scan,
    submit: async (text) => {
      const { field } = runtime.store.get();
      const isSearch = topBrowse(runtime)?.source.typed !== undefined;
      // Where typing does not search, what was typed is a code.
      if (isSearch || text.trim() === '') {
        if (await openChosen(runtime)) return;
      } else runtime.store.set({ field: { ...field, value: '' } });
      if (text.trim() !== '') await scan(typedCode(runtime.store.get(), text));
    },
    typed: async (text) => typedInBrowse(runtime, text),
    move: async (by) => moveInBrowse(runtime, by),
  };
}

/** What each screen does with scans, Enter and the list keys. */
export function handlersFor(runtime: Runtime): Handlers {
  const { store } = runtime;
  const { screen, record } = store.get();
  const nothing = async () => undefined;
  const clear = () => {
    store.set({ itemMatches: null, field: { ...store.get().field, value: '' } });
  };
  /** What is typed and ended with Enter is read like a scan. */
  const scanning = (scan: (code: string) => Promise<void>): Handlers => ({
    scan,
    submit: async (text) => {
      const chosen = chosenMatch(runtime);
      clear();
      if (chosen !== undefined) await scan(chosen);
      else if (text.trim() !== '') await scan(typedCode(store.get(), text));
    },
    typed: async (text) => searchItemsTyped(runtime, text),
    move: async (by) => (store.get().itemMatches ? moveInItemMatches(runtime, by) : moveInList(runtime, by)),
  });
  switch (screen) {
    case 'sign-in':
      return { scan: nothing, submit: async (text) => submitSignIn(runtime, text), scansAreTyping: true };
    case 'first-administrator':
      return { scan: nothing, submit: async (text) => submitFirstAdministrator(runtime, text), scansAreTyping: true };
    case 'choose-desk':
      return { scan: async (code) => namedDesk(runtime, code), submit: nothing };
    case 'identify':
      return {
        scan: async (code) => scanCard(runtime, code),
        submit: async (text) => submitIdentification(runtime, typedCode(store.get(), text)),
        typed: async (text) => searchNames(runtime, text),
        move: async (by) => moveInMatches(runtime, by),
      };
    case 'patron':
      return scanning(async (code) =>
        record?.tab === 'returns' ? scanReturn(runtime, code) : scanLoan(runtime, code),
      );
    case 'rules':
      return {
        scan: async (code) => submitRules(runtime, code),
        submit: async (text) => {
          clear();
          await submitRules(runtime, text);
        },
      };
    case 'returns':
      return scanning(async (code) => scanReturn(runtime, code));
    case 'scan-in':
      return scanning(async (code) => scanInItem(runtime, code));
    case 'browse':
      return browseHandlers(runtime);
    case 'offline':
      return offlineHandlers(runtime);
  }
}

/** A burst of keys where a desk is to be chosen: a desk's own name chooses it, a barcode is refused (DESK-01). */
async function namedDesk(runtime: Runtime, code: string): Promise<void> {
  const wanted = code.trim().toLowerCase();
  const found = runtime.store.get().places.find((one) => placeName(one).toLowerCase() === wanted);
  if (found) await sitDown(runtime, found);
  else runtime.tell('refusal', runtime.words().desk.needed);
}

/** A desk was chosen in the menu. */
export async function choseDesk(runtime: Runtime, name: string): Promise<void> {
  const place = runtime.store.get().places.find((one) => placeName(one) === name);
  if (place) await sitDown(runtime, place);
}
