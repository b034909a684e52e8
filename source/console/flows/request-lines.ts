import { addDays } from '../../circulation/time.ts';
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
      if (card.heldUntil === null) return task.onShelf(card.pickup, '');
      // The last day of a hold is one of its days (HOLD-01).
      if (card.expired) return task.expired(dates.numeric(addDays(card.heldUntil, 1)));
      return task.onShelf(card.pickup, dates.numeric(card.heldUntil));
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
