import { dayOf, localText, parseLocal } from '../../circulation/time.ts';
import { readPastDay } from '../day-input.ts';
import type { FormValues } from '../form.ts';
import type { Runtime } from '../runtime.ts';

/** Where an operator's in-house preference is kept (SCAN-02), and a desk's bell (TUI-11). */
const inHouseKey = (staff: string): string => `in-house ${staff}`;
const bellKey = (desk: string): string => `silent ${desk}`;

/** What was remembered of this person and this desk takes effect when they sit down. */
export function recallModes(runtime: Runtime, staff: string, desk: string): void {
  const { modes } = runtime.store.get();
  runtime.store.set({
    modes: { ...modes, inHouse: runtime.recall(inHouseKey(staff)) === true, bookDrop: null },
    silent: runtime.recall(bellKey(desk)) === true,
  });
}

/** *Register in-house use*: off by default, remembered per operator, in capitals in the header while on (SCAN-02). */
export function toggleInHouse(runtime: Runtime): void {
  const { modes, staff } = runtime.store.get();
  const inHouse = !modes.inHouse;
  runtime.store.set({ modes: { ...modes, inHouse } });
  runtime.remember(inHouseKey(staff?.name ?? ''), inHouse);
  runtime.otherPlace();
  const words = runtime.words().modes;
  runtime.tell(inHouse ? 'warning' : 'information', inHouse ? words.inHouseNowOn : words.inHouseNowOff);
}

/** Slips print with every item scanned in, or on request only (SCAN-03). */
export function toggleSlips(runtime: Runtime): void {
  const { modes } = runtime.store.get();
  const slips = !modes.slips;
  runtime.store.set({ modes: { ...modes, slips } });
  const words = runtime.words().modes;
  runtime.tell('information', slips ? words.slipsOn : words.slipsOff);
}

/** The bell of this desk, off or on (TUI-11); what it would say stands on the screen all the same. */
export function toggleBell(runtime: Runtime, desk: string): void {
  const silent = !runtime.store.get().silent;
  runtime.store.set({ silent });
  runtime.remember(bellKey(desk), silent);
  const words = runtime.words().modes;
  runtime.tell('information', silent ? words.bellOff : words.bellOn);
}

/** The instant of a day and an hour as typed; undefined: no such time. */
function instantOf(values: FormValues, today: string, timeZone: string): number | undefined {
  const day = readPastDay(String(values['day']), today);
  const hour = /^(\d{1,2})[:hH.]?(\d{2})?$/.exec(String(values['hour']));
  if (day === undefined || !hour) return undefined;
  return parseLocal(`${day}T${(hour[1] ?? '').padStart(2, '0')}:${hour[2] ?? '00'}`, timeZone);
}

/** Book-drop mode (RET-04): asks for a day and an hour in the past that count for all returns; again: switches it off. */
export async function bookDrop(runtime: Runtime): Promise<void> {
  const { modes, timeZone } = runtime.store.get();
  const now = runtime.now();
  const words = runtime.words().modes;
  if (modes.bookDrop !== null) {
    runtime.store.set({ modes: { ...modes, bookDrop: null } });
    return runtime.tell('information', words.bookDropOff);
  }
  const today = dayOf(now, timeZone);
  const yesterday = localText(now - 24 * 3_600_000, timeZone);
  const values = await runtime.askForm({
    key: 'book-drop',
    title: words.bookDropTitle,
    fields: [
      {
        kind: 'text',
        name: 'day',
        label: words.day,
        value: runtime.dates().numeric(yesterday.slice(0, 10)),
        hint: words.dayHint,
      },
      { kind: 'text', name: 'hour', label: words.hour, value: '19:00', hint: words.hourHint },
    ],
    check: (filled) => {
      const instant = instantOf(filled, today, timeZone);
      if (instant === undefined)
        return { field: readPastDay(String(filled['day']), today) ? 'hour' : 'day', text: words.noSuchTime };
      return instant > runtime.now() ? { field: 'day', text: words.notPast } : undefined;
    },
  });
  const instant = values && instantOf(values, today, timeZone);
  if (instant === undefined) return;
  runtime.store.set({ modes: { ...runtime.store.get().modes, bookDrop: instant } });
  runtime.otherPlace();
  runtime.tell('warning', words.bookDropOn(runtime.dates().moment(instant)));
}
