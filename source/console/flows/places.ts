import { placeName } from '../../desk/perform.ts';
import type { PlaceChoice } from '../../desk/sign-in.ts';
import type { Runtime } from '../runtime.ts';
import type { State } from '../state.ts';
import { sitDown, submitFirstAdministrator, submitSignIn } from './arrive.ts';
import { moveInList } from './commands.ts';
import type { Handlers } from './handlers.ts';
import { moveInMatches, scanCard, searchNames, submitIdentification } from './identify.ts';
import { scanLoan } from './loans.ts';
import { scanReturn } from './returns.ts';
import { submitRules } from './rules.ts';

/** The desks that match what was typed in the choice of desks. */
export function shownPlaces(state: Pick<State, 'places' | 'field'>): PlaceChoice[] {
  const wanted = state.field.value.trim().toLowerCase();
  return state.places.filter((one) =>
    `${placeName(one)} ${one.libraryName} ${one.name}`.toLowerCase().includes(wanted),
  );
}

/** What each screen does with scans, Enter and the list keys. */
export function handlersFor(runtime: Runtime): Handlers {
  const { store } = runtime;
  const { screen, record } = store.get();
  const nothing = async () => undefined;
  const clear = () => {
    store.set({ field: { ...store.get().field, value: '' } });
  };
  /** What is typed and ended with Enter is read like a scan. */
  const scanning = (scan: (code: string) => Promise<void>): Handlers => ({
    scan,
    submit: async (text) => {
      clear();
      if (text.trim() !== '') await scan(text.trim());
    },
    move: async (by) => moveInList(runtime, by),
  });
  switch (screen) {
    case 'sign-in':
      return { scan: nothing, submit: async (text) => submitSignIn(runtime, text), scansAreTyping: true };
    case 'first-administrator':
      return { scan: nothing, submit: async (text) => submitFirstAdministrator(runtime, text), scansAreTyping: true };
    case 'choose-desk':
      return { scan: async () => runtime.tell('refusal', runtime.words().desk.needed), submit: nothing };
    case 'identify':
      return {
        scan: async (code) => scanCard(runtime, code),
        submit: async (text) => submitIdentification(runtime, text),
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
  }
}

/** A desk was chosen in the menu. */
export async function choseDesk(runtime: Runtime, name: string): Promise<void> {
  const place = runtime.store.get().places.find((one) => placeName(one) === name);
  if (place) await sitDown(runtime, place);
}
