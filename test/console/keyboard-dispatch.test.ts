import { describe, expect, test } from 'vitest';
import type { ConsoleEvent } from '../../source/console/keyboard/keys.ts';
import { createScanQueue } from '../../source/console/keyboard/scan-queue.ts';
import { hasSettled, setUpKeyboard, tell } from './keyboard-rig.ts';

/** A handler that holds every event until the test lets it go. */
function heldHandler() {
  const started: string[] = [];
  const gates: (() => void)[] = [];
  async function onEvent(event: ConsoleEvent): Promise<void> {
    started.push(tell(event));
    await new Promise<void>((resolve) => {
      gates.push(resolve);
    });
  }
  return { onEvent, started, release: () => gates.shift()?.() };
}

describe('TUI-02 one event at a time', () => {
  test('the next comes when the one before has settled', async () => {
    const { onEvent, started, release } = heldHandler();
    const { input, keyboard } = setUpKeyboard({ onEvent });
    input.write('1111\r2222\r\x1bOP');
    const idle = keyboard.idle();
    expect(await hasSettled(idle)).toBe(false);
    expect(started).toEqual(['scan:1111']);
    release();
    expect(await hasSettled(idle)).toBe(false);
    expect(started).toEqual(['scan:1111', 'scan:2222']);
    release();
    expect(await hasSettled(idle)).toBe(false);
    expect(started).toEqual(['scan:1111', 'scan:2222', 'F1']);
    release();
    expect(await hasSettled(idle)).toBe(true);
  });

  test('1,000 scans in one chunk, in order, none while another is handled', async () => {
    const barcodes = Array.from({ length: 1000 }, (_, index) => `scan:${37_000_034_179 + index}`);
    const told: string[] = [];
    let handling = 0;
    let together = 0;
    const { input, keyboard } = setUpKeyboard({
      onEvent: async (event) => {
        handling += 1;
        together = Math.max(together, handling);
        if (told.length % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
        told.push(tell(event));
        handling -= 1;
      },
    });
    input.write(barcodes.map((barcode) => `${barcode.slice(5)}\r`).join(''));
    await keyboard.idle();
    expect(told).toEqual(barcodes);
    expect(together).toBe(1);
  });

  test('what arrives while one is handled comes after it', async () => {
    const { onEvent, started, release } = heldHandler();
    const { input, keyboard } = setUpKeyboard({ onEvent });
    input.write('1111\r');
    await hasSettled(keyboard.idle());
    input.write('2222\r');
    await hasSettled(keyboard.idle());
    expect(started).toEqual(['scan:1111']);
    release();
    await hasSettled(keyboard.idle());
    release();
    await keyboard.idle();
    expect(started).toEqual(['scan:1111', 'scan:2222']);
  });

  test('REL-05 a handler that fails is reported and stops nothing', async () => {
    const bug = new Error('a bug');
    const told: string[] = [];
    const { input, keyboard, failures } = setUpKeyboard({
      onEvent: (event) => {
        told.push(tell(event));
        return event.kind === 'scan' ? Promise.reject(bug) : Promise.resolve();
      },
    });
    input.write('1111\r\x1bOP');
    await keyboard.idle();
    expect([told, failures]).toEqual([['scan:1111', 'F1'], [bug]]);
  });
});

describe('TUI-13 what is asked on arrival', () => {
  test('every event, before its turn', async () => {
    const { onEvent, started, release } = heldHandler();
    const arrived: string[] = [];
    const { input, keyboard } = setUpKeyboard({ onEvent, accept: (event) => arrived.push(tell(event)) > 0 });
    input.write('1111\r2222\r\x1bOP');
    await hasSettled(keyboard.idle());
    expect([arrived, started]).toEqual([['scan:1111', 'scan:2222', 'F1'], ['scan:1111']]);
    release();
  });

  test('TUI-02 what is not accepted goes no further', async () => {
    const { clock, input, keyboard, told } = setUpKeyboard({ accept: (event) => event.kind === 'key' });
    input.write('1111\r\x1bOPab');
    const idle = keyboard.idle();
    await hasSettled(idle);
    clock.advance(50);
    await idle;
    expect(told).toEqual(['F1']);
  });

  test('TUI-02 with a queue: a key between two scans keeps its place, whatever has arrived', async () => {
    const told: string[] = [];
    const queue = createScanQueue({ atPrompt: () => 'wait' });
    const { input, keyboard } = setUpKeyboard({
      accept: (event) => event.kind !== 'scan' || queue.arrive(event, false),
      onEvent: async (event) => {
        if (event.kind !== 'scan') {
          told.push(tell(event));
          return;
        }
        queue.due();
        for (let scan = queue.take(); scan; scan = queue.take()) {
          await new Promise((resolve) => setImmediate(resolve));
          told.push(`${scan.text} (${queue.counts().read} read)`);
          queue.answered();
        }
      },
    });
    input.write('1111\r\x1b\x042222\r');
    await keyboard.idle();
    expect(told).toEqual(['1111 (2 read)', 'Alt+Ctrl+D', '2222 (2 read)']);
    expect(queue.counts()).toEqual({ read: 2, answered: 2 });
  });
});

describe('REL-05 stopping', () => {
  test('no more events, no timers; it waits for the one being handled', async () => {
    const { onEvent, started, release } = heldHandler();
    const { clock, input, keyboard } = setUpKeyboard({ onEvent });
    input.write('1111\r2222\rab\x1b');
    const idle = keyboard.idle();
    await hasSettled(idle);
    const stopped = keyboard.stop();
    expect([await hasSettled(stopped), clock.timersRunning(), input.listenerCount('data')]).toEqual([false, 0, 0]);
    release();
    expect([await hasSettled(stopped), await hasSettled(idle), started]).toEqual([true, true, ['scan:1111']]);
  });

  test('when nothing is handled it is done at once', async () => {
    const { clock, input, keyboard, told } = setUpKeyboard();
    input.write('ab');
    await hasSettled(keyboard.idle());
    await keyboard.stop();
    expect([told, clock.timersRunning(), keyboard.pendingText()]).toEqual([[], 0, '']);
  });
});
