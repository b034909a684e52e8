/** So many answers are kept; then all are forgotten, and memory stays bounded. */
const MOST = 50_000;

/** A pure function that remembers its answers: time zones and dates cost a hundred times more to work out than to look up. */
export function remembering<Key, Answer>(work: (key: Key) => Answer): (key: Key) => Answer {
  const known = new Map<Key, Answer>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const answer = work(key);
    if (known.size >= MOST) known.clear();
    known.set(key, answer);
    return answer;
  };
}
