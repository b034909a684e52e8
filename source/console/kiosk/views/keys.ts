import { wordsIn } from '../../../language/index.ts';
import { linesOf, textRows } from './layout.ts';
import type { Action, KioskState, Page } from '../state.ts';

/** The keys that mean something here, in words; what ends by itself is said in time. */
export function keysOf(state: KioskState, page: Page): string[] {
  const words = wordsIn(state.language).kiosk.keys;
  const { body } = page;
  const back = page.back === null ? [] : [words.escape(page.back)];
  const named = ({ key, label }: Action): string => `${key === 'tab' ? words.tab : key.toUpperCase()} ${label}`;
  switch (body.kind) {
    case 'menu':
      return [words.choose(body.choices.length), words.enter(words.open), ...back];
    case 'form':
      return [words.nextField, ...back];
    case 'text':
      return [
        ...body.actions.map(named),
        ...back,
        ...(linesOf(state, body.lines).length > textRows(state, page) ? [words.scroll] : []),
      ];
    case 'list': {
      // Where there is nothing to choose from, only the field has keys.
      const actions = body.actions.filter((one) => one.key !== '' && (body.total > 0 || one.key === 'tab'));
      const isThere = body.total > 0;
      return [
        ...(body.enter !== null && isThere ? [words.enter(body.enter)] : []),
        ...actions.map(named),
        ...back,
        // Where there is no room for all, arrows are found without being told.
        ...(body.total > 1 ? [words.move] : []),
      ];
    }
  }
}
