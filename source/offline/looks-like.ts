/** What a code may be of. */
export type CodeKind = 'card' | 'item';

/** What codes have looked like so far. */
export type Shapes = {
  /** A code has been used as one or the other; whether its shape was new. */
  learn(kind: CodeKind, code: string): boolean;
  /** What a code looks like; `both`: cards and items have looked so, `unknown`: neither has. */
  guess(code: string): CodeKind | 'both' | 'unknown';
  /** Whether any code of a kind has been seen. */
  knows(kind: CodeKind): boolean;
  /** All that has been learnt, for the next time (`createShapes`); no whole code is in it. */
  known(): readonly string[];
};

/** So many characters at the beginning are a library's own. */
const LEADING = 2;

/** Shapes that are remembered of each kind: more are no shapes any more. */
const MOST = 200;

/** How codes of one series are alike: so long, beginning so. */
const shapeOf = (code: string): string => {
  const text = code.trim().toUpperCase();
  return `${text.length} ${text.slice(0, LEADING)}`;
};

/**
 * Learns to tell cards from items, as without a database nobody can (one field for both: rero-ils #2597). A code is taken
 * for one only if such a code has been one and none has been the other. `remembered`: what `known` said before.
 */
export function createShapes(remembered: readonly string[] = []): Shapes {
  const begun = (kind: CodeKind) =>
    new Set(remembered.filter((one) => one.startsWith(`${kind} `)).map((one) => one.slice(kind.length + 1)));
  const seen: Readonly<Record<CodeKind, Set<string>>> = { card: begun('card'), item: begun('item') };
  return {
    learn(kind, code) {
      const shape = shapeOf(code);
      if (seen[kind].has(shape) || seen[kind].size >= MOST) return false;
      seen[kind].add(shape);
      return true;
    },
    guess(code) {
      const shape = shapeOf(code);
      if (seen.card.has(shape)) return seen.item.has(shape) ? 'both' : 'card';
      return seen.item.has(shape) ? 'item' : 'unknown';
    },
    knows: (kind) => seen[kind].size > 0,
    known: () => (['card', 'item'] as const).flatMap((kind) => [...seen[kind]].map((shape) => `${kind} ${shape}`)),
  };
}
