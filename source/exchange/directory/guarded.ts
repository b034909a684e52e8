import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createFrames } from './frames.ts';

/** A connection as ldapts uses it, which hands on nothing but whole, well-formed messages, one at a time. */
class Guarded extends Duplex {
  /** What ldapts asks of a socket: it is connected already. */
  readonly connecting = false;
  readonly readyState = 'open';
  readonly #socket: Socket;

  constructor(socket: Socket) {
    super({ readableObjectMode: true, autoDestroy: true });
    this.#socket = socket;
    const frames = createFrames();
    socket.on('data', (bytes: Buffer) => {
      try {
        for (const message of frames.take(bytes)) this.push(message);
      } catch (error) {
        this.destroy(error as Error);
      }
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  override _read(): void {
    // What comes is handed on as it comes: a few messages, and no more than a megabyte.
  }

  override _write(bytes: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(bytes, done);
  }

  override _final(done: () => void): void {
    this.#socket.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}

/** A connection that is open and, where it must be, secure, so guarded that ldapts can read it. */
export function guarded(socket: Socket): Socket {
  const guard = new Guarded(socket);
  // ldapts listens while it waits for something; what comes later is nobody's.
  guard.on('error', () => undefined);
  return guard as unknown as Socket;
}
