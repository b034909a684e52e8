/** Whole numbers below a limit, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The seed that is asked for by the environment (to see a failure again), else another one each time. */
export const seedFromEnvironment = (): number =>
  Number(process.env['GUICHET_FAULT_SEED'] ?? Math.floor(Math.random() * 1_000_000));
