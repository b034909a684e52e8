import type { ListPage } from './state.ts';
import type { Part, Window } from './ui.ts';

type Shown = Pick<ListPage, 'entries' | 'offset' | 'total' | 'more' | 'chosen'>;

export type Windowed = {
  /** The window in which an entry is. */
  readonly part: (at: number) => Promise<Shown>;
  readonly moved: (shown: ListPage, name: string) => Promise<ListPage>;
  readonly isMove: (name: string | undefined) => name is string;
};

/** A list read window by window: only what is shown is there. */
export function windowed(fits: () => number, read: (window: Window) => Promise<Part>): Windowed {
  const limit = () => Math.max(1, fits());
  const part = async (at: number): Promise<Pick<ListPage, 'entries' | 'offset' | 'total' | 'more' | 'chosen'>> => {
    const offset = Math.floor(Math.max(0, at) / limit()) * limit();
    const found = await read({ offset, limit: limit() });
    // What was shown may have become fewer: then the last ones are shown.
    if (found.entries.length === 0 && found.total > 0 && offset > 0) return part(found.total - 1);
    const last = offset + found.entries.length - 1;
    const chosen = Math.min(Math.max(0, at), Math.max(0, last));
    return { entries: found.entries, offset, total: found.total, more: found.more === true, chosen };
  };
  const moves: Readonly<Record<string, (shown: ListPage) => number>> = {
    up: (shown) => shown.chosen - 1,
    down: (shown) => shown.chosen + 1,
    'page-up': (shown) => shown.offset - limit(),
    'page-down': (shown) => shown.offset + limit(),
  };
  /** Another entry is chosen; what is not shown yet is read. */
  const moved = async (shown: ListPage, name: string): Promise<ListPage> => {
    const to = Math.max(0, Math.min(shown.total - 1, moves[name]?.(shown) ?? shown.chosen));
    const isShown = to >= shown.offset && to < shown.offset + shown.entries.length;
    return isShown ? { ...shown, chosen: to } : { ...shown, ...(await part(to)) };
  };
  return { part, moved, isMove: (name: string | undefined): name is string => name !== undefined && name in moves };
}
