import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { monotonicNow, setTimerAfterInput } from '../../source/console/keyboard/timers.ts';
import { hasSettled, setUpKeyboard } from './keyboard-rig.ts';

/** Holds the event loop up, as a long computation does. */
function keepBusy(milliseconds: number): void {
  const until = monotonicNow() + milliseconds;
  while (monotonicNow() < until) continue;
}

describe('TUI-02 time', () => {
  test('Escape comes after 30 ms, after what was typed before it', async () => {
    const { clock, input, keyboard, told } = setUpKeyboard();
    input.write('ab\x1b');
    const idle = keyboard.idle();
    expect([await hasSettled(idle), keyboard.pendingText()]).toEqual([false, 'ab']);
    clock.advance(29);
    expect([await hasSettled(idle), told]).toEqual([false, []]);
    clock.advance(1);
    expect([await hasSettled(idle), told]).toEqual([true, ['text:ab', 'Escape']]);
  });

  test('an ESC that the rest follows in time is no Escape', async () => {
    const { clock, input, keyboard, told } = setUpKeyboard();
    for (const byte of '\x1b[15;5~') {
      input.write(byte);
      await hasSettled(keyboard.idle());
      clock.advance(29);
    }
    await keyboard.idle();
    expect(told).toEqual(['Ctrl+F5']);
  });

  test('typed text comes when the gap has passed, and idle waits for it', async () => {
    const { clock, input, keyboard, told } = setUpKeyboard();
    input.write('martin');
    const idle = keyboard.idle();
    expect(await hasSettled(idle)).toBe(false);
    clock.advance(50);
    await idle;
    expect([told, clock.timersRunning()]).toEqual([['text:martin'], 0]);
  });

  test.each([
    ['a broken sequence', '\x1b[1;', 1000, []],
    ['half a character', '\xc3', 1000, ['text:\uFFFD']],
    ['a paste without an end', '\x1b[200~B1\nB2', 5000, ['scan:B1', 'scan:B2']],
  ])('REL-05 %s is not waited for for ever', async (_name, bytes, patience, expected) => {
    const { clock, input, keyboard, told } = setUpKeyboard();
    input.write(bytes, 'latin1');
    const idle = keyboard.idle();
    await hasSettled(idle);
    clock.advance(patience - 1);
    expect(await hasSettled(idle)).toBe(false);
    clock.advance(51);
    await idle;
    expect(told).toEqual(expected);
  });

  test('the waits can be set', async () => {
    const { clock, input, keyboard, told } = setUpKeyboard({
      settings: { patience: { escape: 5 }, bursts: { gapMs: 10 } },
    });
    input.write('\x1b');
    await hasSettled(keyboard.idle());
    clock.advance(5);
    input.write('x');
    await hasSettled(keyboard.idle());
    clock.advance(10);
    await keyboard.idle();
    expect(told).toEqual(['Escape', 'text:x']);
  });

  test('a stream that decodes its text itself will do', async () => {
    const { input, keyboard, told } = setUpKeyboard();
    input.setEncoding('utf8');
    input.write('&é"\'\r');
    await keyboard.idle();
    expect(told).toEqual(['scan:&é"\'']);
  });
});

describe('TUI-02 the clock of the process', () => {
  test('a scan is not torn when the process was too busy to read it in time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guichet-keyboard-'));
    const server = createServer().listen(join(folder, 'terminal'));
    await once(server, 'listening');
    const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
    const terminal = connect(join(folder, 'terminal'));
    const input = await accepted;
    const { keyboard, told } = setUpKeyboard({ input, now: monotonicNow, setTimer: setTimerAfterInput });
    await new Promise<void>((resolve) => {
      // After this comes the loop's timer phase: what is due there would go before input that waits.
      setImmediate(() => {
        input.emit('data', Buffer.from('37000'));
        terminal.write('034179\r');
        keepBusy(60);
        resolve();
      });
    });
    await once(input, 'data');
    await keyboard.idle();
    expect(told).toEqual(['scan:37000034179']);
    await keyboard.stop();
    terminal.destroy();
    input.destroy();
    server.close();
    await rm(folder, { recursive: true });
  });

  test('a timer that is called off does not ring, not even when it has run out', async () => {
    const rung: string[] = [];
    await new Promise<void>((resolve) => {
      setImmediate(() => {
        const cancel = setTimerAfterInput(1, () => rung.push('called off'));
        setTimeout(() => {
          cancel();
          setTimerAfterInput(1, resolve);
        }, 1);
        keepBusy(5);
      });
    });
    expect(rung).toEqual([]);
  });
});
