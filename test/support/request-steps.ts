import fc from 'fast-check';

const [patron, pickup, chosen] = [fc.nat(4), fc.nat(3), fc.nat(30)];
/** Mostly the first title: queues are to grow. */
const target = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.integer({ min: 2, max: 3 }) },
);
/** A desk of one of the libraries; 4: the one where the copy belongs or is expected. */
const desk = fc.oneof({ weight: 2, arbitrary: fc.nat(3) }, { weight: 3, arbitrary: fc.constant(4) });
const step = <Kind extends string, Rest>(does: Kind, weight: number, rest: fc.Arbitrary<Rest>) => ({
  weight,
  arbitrary: rest.map((more) => ({ does, ...more })),
});

/** One thing that happens. Numbers choose among what there is at that moment. */
export const anyStep = fc.oneof(
  step('ask', 18, fc.record({ patron, target, pickup, until: fc.option(fc.nat(4)) })),
  step('scan', 14, fc.record({ chosen, desk, which: fc.nat(3) })),
  step('treat', 7, fc.record({ chosen, desk, treated: fc.boolean() })),
  step('give-back', 6, fc.record({ chosen, desk })),
  step('lend', 10, fc.record({ chosen, desk, patron: fc.nat(5), force: fc.boolean() })),
  step('delete-loan', 1, fc.record({ chosen, desk })),
  step('lose-loan', 1, fc.record({ chosen })),
  step('pick', 6, fc.record({ chosen, which: fc.nat(3) })),
  step('cancel', 2, fc.record({ chosen })),
  step('skip', 2, fc.record({ chosen })),
  step('missing', 2, fc.record({ chosen, all: fc.boolean() })),
  step('lose', 1, fc.record({ chosen })),
  step('find', 2, fc.record({ chosen })),
  step('order', 3, fc.record({ chosen, desk })),
  step('withdraw', 1, fc.record({ chosen })),
  step('exclude', 1, fc.record({ chosen })),
  step('clear', 6, fc.record({ chosen, list: fc.constantFrom('reshelve', 'send', 'next') })),
  step('change-expiry', 2, fc.record({ chosen, days: fc.nat(2) })),
  step('move', 2, fc.record({ chosen, to: fc.integer({ min: 1, max: 5 }) })),
  step('renew', 2, fc.record({ chosen })),
  step('days-pass', 4, fc.record({ days: fc.integer({ min: 1, max: 3 }) })),
  step('night', 2, fc.record({})),
);
export type Step = typeof anyStep extends fc.Arbitrary<infer One> ? One : never;
/** A step of a kind. */
export type StepOf<Kind extends Step['does']> = Extract<Step, { readonly does: Kind }>;
