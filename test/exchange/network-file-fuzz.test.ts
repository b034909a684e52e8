import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { networkJsonSchema, readNetworkDocument, readNetworkText } from '../../source/exchange/network-file/index.ts';
import { SMALL } from './small-network.ts';

/** Every place of a document, as a list of steps. */
function placesIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((one, at) => [at, one])
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, one]) => placesIn(one, [...path, key]))];
}

/** A copy of a document with another value at one place. */
function replaced(document: unknown, [step, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (step === undefined) return by;
  const inner = (document as Record<string | number, unknown>)[step];
  if (Array.isArray(document)) return document.with(Number(step), replaced(inner, rest, by));
  return { ...(document as object), [step]: replaced(inner, rest, by) };
}

const document: unknown = parse(SMALL);
const oddities = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('', 'sci', 'sci/63S', '2026-02-30', '99 days', 'mon-sun', '08:00-07:00', -1, 1e300, null, [], {}, [
    [],
  ]),
);

describe('CONF-01 no input whatever makes the reader throw', () => {
  it('CONF-01 documents with a few values replaced by others: a network, or errors that name a place', () => {
    const change = fc.tuple(fc.constantFrom(...placesIn(document)), oddities);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const mutated = changes.reduce<unknown>((before, [path, by]) => {
          const exists = path.every((_, at) =>
            placesIn(before).some((one) => one.join('/') === path.slice(0, at + 1).join('/')),
          );
          return exists ? replaced(before, path, by) : before;
        }, document);
        const reading = readNetworkDocument(mutated, 'fuzz', { today: '2026-06-01' });
        if ('errors' in reading) {
          expect(reading.errors.length).toBeGreaterThan(0);
          for (const error of reading.errors) expect(error.path).toBeTypeOf('string');
        } else expect(reading.network.libraries.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('CONF-01 texts with passages cut, doubled or swapped for signs of YAML', () => {
    const sign = fc.constantFrom(
      '',
      '\n',
      ': ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '"',
      '&a ',
      '*a',
      '#',
      '|',
      '>',
      '!!x ',
      '%',
      '\t',
      '\0',
      '\u2028',
      '<<: ',
    );
    const cut = fc.tuple(fc.nat(SMALL.length), fc.nat(30), sign);
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
        const text = cuts.reduce(
          (before, [at, length, by]) => before.slice(0, at) + by + before.slice(at + length),
          SMALL,
        );
        const reading = readNetworkText(text, 'fuzz', { today: '2026-06-01' });
        expect('errors' in reading ? reading.errors.length : reading.network.libraries.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('CONF-01 any text, any value', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => 'errors' in readNetworkText(text, 'fuzz')));
    fc.assert(fc.property(fc.anything(), (value) => 'errors' in readNetworkDocument(value, 'fuzz')));
  });

  it('CONF-01 what the JSON Schema requires, the reader does too', () => {
    const { required } = networkJsonSchema();
    const missing = readNetworkDocument({}, 'empty');
    expect('errors' in missing && missing.errors.map(({ path }) => path)).toEqual(required);
  });
});
