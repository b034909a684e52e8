import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scan } from '../../source/console/keyboard/keys.ts';
import { createScanQueue } from '../../source/console/keyboard/scan-queue.ts';

function scan(text: string): Scan {
  return { kind: 'scan', text, source: 'keys', at: 0 };
}

/** A queue where the given scans have arrived and their turn has come. */
function queueOf(...texts: readonly string[]) {
  const queue = createScanQueue({ atPrompt: () => 'wait' });
  for (const text of texts) {
    queue.arrive(scan(text), false);
    queue.due();
  }
  return queue;
}

describe('TUI-02 scans wait in order', () => {
  test('while a prompt is open, and are shown', () => {
    const queue = queueOf('A');
    expect(queue.take()).toEqual(scan('A'));
    expect(['B', 'C'].map((text) => queue.arrive(scan(text), true))).toEqual([true, true]);
    expect(queue.waiting()).toEqual([scan('B'), scan('C')]);
    queue.answered();
    queue.due();
    expect(queue.take()).toEqual(scan('B'));
    expect(queue.waiting()).toEqual([scan('C')]);
  });

  test('a scan is not taken before its turn: keys typed before it come first', () => {
    const queue = createScanQueue({ atPrompt: () => 'wait' });
    queue.arrive(scan('A'), false);
    expect(queue.take()).toBeUndefined();
    queue.due();
    expect(queue.take()).toEqual(scan('A'));
  });

  test('equal barcodes stay two scans', () => {
    const queue = queueOf('A', 'A');
    queue.take();
    queue.answered();
    expect(queue.take()).toEqual(scan('A'));
  });

  test('none is dropped, merged or moved', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('arrive', 'due', 'take', 'answered')), (steps) => {
        const queue = createScanQueue({ atPrompt: () => 'wait' });
        const taken: string[] = [];
        let arrived = 0;
        let turns = 0;
        let inHand = false;
        for (const step of steps) {
          if (step === 'arrive') queue.arrive(scan(String(arrived++)), arrived % 2 === 0);
          if (step === 'due' && turns < arrived) {
            queue.due();
            turns += 1;
          }
          if (step === 'take' && !inHand) {
            const next = queue.take();
            expect(next !== undefined).toBe(taken.length < turns);
            if (next) taken.push(next.text);
            inHand = next !== undefined;
          }
          if (step === 'answered' && inHand) {
            queue.answered();
            inHand = false;
          }
        }
        const all = [...taken, ...queue.waiting().map((one) => one.text)];
        expect(all).toEqual(Array.from({ length: arrived }, (_, index) => String(index)));
        expect(queue.counts()).toEqual({ read: arrived, answered: taken.length - (inHand ? 1 : 0) });
      }),
    );
  });
});

describe('TUI-02 scans refused at a prompt', () => {
  test('where the library has it that way, and only while the prompt is open', () => {
    const queue = createScanQueue({ atPrompt: () => 'refuse' });
    expect(queue.arrive(scan('A'), true)).toBe(false);
    expect(queue.arrive(scan('B'), false)).toBe(true);
    expect(queue.waiting()).toEqual([scan('B')]);
  });

  test('TUI-13 are answered by the refusal', () => {
    const queue = createScanQueue({ atPrompt: () => 'refuse' });
    queue.arrive(scan('A'), true);
    expect(queue.counts()).toEqual({ read: 1, answered: 1 });
  });
});

describe('TUI-13 scans read and scans answered', () => {
  test('are counted as they are read and as they are answered', () => {
    const queue = queueOf('A', 'B');
    expect(queue.counts()).toEqual({ read: 2, answered: 0 });
    queue.take();
    expect(queue.counts()).toEqual({ read: 2, answered: 0 });
    queue.answered();
    expect(queue.counts()).toEqual({ read: 2, answered: 1 });
  });

  test('start again with Done; what is not answered yet belongs to the new session', () => {
    const queue = queueOf('A', 'B', 'C');
    queue.take();
    queue.answered();
    queue.take();
    queue.restart();
    expect(queue.counts()).toEqual({ read: 2, answered: 0 });
    queue.answered();
    queue.take();
    queue.answered();
    expect(queue.counts()).toEqual({ read: 2, answered: 2 });
    queue.restart();
    expect(queue.counts()).toEqual({ read: 0, answered: 0 });
  });

  test('every change is told to the screen', () => {
    const seen: string[] = [];
    const queue = createScanQueue({
      atPrompt: () => 'wait',
      changed: () => seen.push(`${queue.counts().read}=${queue.counts().answered}, ${queue.waiting().length} waiting`),
    });
    queue.arrive(scan('A'), false);
    queue.due();
    queue.take();
    queue.answered();
    queue.restart();
    expect(seen).toEqual(['1=0, 1 waiting', '1=0, 0 waiting', '1=1, 0 waiting', '0=0, 0 waiting']);
  });

  test('a scan in hand must be answered before the next, and only once; a turn needs a scan', () => {
    const queue = queueOf('A', 'B');
    expect(() => queue.due()).toThrow('no scan has arrived');
    expect(() => queue.answered()).toThrow('no scan is in hand');
    queue.take();
    expect(() => queue.take()).toThrow('has not been answered');
  });
});
