import { wordsIn } from '../../../language/index.ts';
import { linesOf, textRows } from './layout.ts';
import type { Action, KioskState, Page } from '../state.ts';

/** How keys are told: all of them; without the arrows, which are found without being told; and in fewer words. */
export const TELLINGS = ['all', 'untold-arrows', 'brief'] as const;

/** The keys that mean something here, in words; what ends by itself is said in time. */
export function keysOf(state: KioskState, page: Page, telling: (typeof TELLINGS)[number] = 'all'): string[] {
  const words = wordsIn(state.language).kiosk.keys;
  const { body } = page;
  const back = page.back === null ? [] : [words.escape(page.back)];
  const arrows = (what: string, mean: boolean): string[] => (mean && telling === 'all' ? [what] : []);
  const named = ({ key, label, brief = label }: Action): string =>
    `${key === 'tab' ? words.tab : key.toUpperCase()} ${telling === 'brief' ? brief : label}`;
  switch (body.kind) {
    case 'menu':
      return [words.choose(body.choices.length), words.enter(words.open), ...back];
    case 'form':
      return [words.nextField, ...back];
    case 'text':
      return [
        ...body.actions.map(named),
        ...back,
        ...arrows(words.scroll, linesOf(state, body.lines).length > textRows(state, page)),
      ];
    case 'list': {
      // Where there is nothing to choose from, only the field has keys.
      const actions = body.actions.filter((one) => one.key !== '' && (body.total > 0 || one.key === 'tab'));
      const isThere = body.total > 0;
      return [
        ...(body.enter !== null && isThere ? [words.enter(body.enter)] : []),
        ...actions.map(named),
        ...back,
        ...arrows(words.move, body.total > 1),
      ];
    }
  }
}
