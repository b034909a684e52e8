import type { RequestCard } from '../../desk/request-card.ts';
import { printable } from '../../language/printable.ts';
import type { ConsoleWords } from '../../language/console-words.ts';
import type { Dates } from '../../language/dates.ts';

/** What is being done about a request, in a few words: asked in the shelves of a library, recalled, on its way, held. */
export function taskText(card: RequestCard, words: ConsoleWords, dates: Dates): string {
  const { task } = words.requests;
  switch (card.task) {
    case 'pick':
      return task.pick(card.library ?? '');
    case 'recall':
      return task.recall(card.library ?? '', card.due === null ? '' : dates.dayAndMonth(card.due));
    case 'reception':
      return task.reception(card.library ?? '');
    case 'wait':
      return task.wait;
    case 'transit':
      return task.transit(card.pickup);
    case 'hold-shelf': {
      const until = card.heldUntil === null ? '' : dates.numeric(card.heldUntil);
      return card.expired ? task.expired(until) : task.onShelf(card.pickup, until);
    }
    case null:
      return words.requests.closed[card.closing ?? 'cancelled'];
  }
}

/** `2/5`: where a request stands in the queue of its title; nothing for one that is closed. */
export const positionText = ({ position, of }: RequestCard): string =>
  position === null ? '' : `${position}/${of ?? position}`;

/** What was asked for: the title, and the volume where one was chosen. */
export const requestedText = ({ title, description }: RequestCard): string =>
  printable([title, description].filter(Boolean).join(' · '));
