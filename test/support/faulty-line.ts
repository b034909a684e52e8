import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Splitter } from './postgres-messages.ts';

/** What happens to the next COMMIT on its way to the server. */
export type AtCommit =
  /** The line is cut before any of it gets through. */
  | 'cut-before'
  /** It gets through, and the line is cut as soon as the server has answered. */
  | 'cut-after'
  /** It gets through; its answer never comes. */
  | 'swallow'
  /** It is delivered only when the line is told to, whoever waits for it or does not. */
  | 'hold';

/** A line to a server that can be made to fail. All connections go through it. */
export type FaultyLine = {
  /** The URL of a database, by way of this line. */
  through(url: string): string;
  /** Plans what happens at the next COMMIT; resolves when it has happened. */
  atCommit(what: AtCommit): Promise<void>;
  /** Delivers what was held. */
  release(): void;
  /** Cuts the line that carries the byte so many bytes from now, either way, or from the next COMMIT on; resolves then. */
  cutAfter(bytes: number, from?: 'now' | 'commit'): Promise<void>;
  /** Forgets what was planned and did not happen. */
  forget(): void;
  /** Nothing arrives any more, nobody is told; `speak`: all of it does, in order, even of who has hung up meanwhile. */
  silence(): void;
  speak(): void;
  /** Each piece takes so many milliseconds longer. */
  slow(milliseconds: number): void;
  /** Cuts all connections and takes no new ones; `accept`: takes them again. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  /** Bytes carried so far, both ways. */
  readonly carried: () => number;
  /** Connections that are open. */
  readonly open: () => number;
  close(): Promise<void>;
};

type Plan = { readonly what: AtCommit | 'count'; readonly bytes: number; readonly done: () => void };

/** One connection: what comes from one side is handed to the other piece by piece. */
type Pair = { readonly client: Socket; readonly server: Socket; readonly waiting: (() => void)[]; isHeld: boolean };

/** Opens a line to the server of an URL. */
export async function faultyLine(target: string): Promise<FaultyLine> {
  const { hostname, port: targetPort } = new URL(target);
  const pairs = new Set<Pair>();
  let plan: Plan | undefined;
  let budget: { left: number; readonly done: () => void } | undefined;
  let [isSilent, delay, carried, port] = [false, 0, 0, 0];

  const cut = (pair: Pair): void => {
    pairs.delete(pair);
    pair.isHeld = false;
    pair.waiting.length = 0;
    pair.client.destroy();
    pair.server.destroy();
  };

  /** Hands over, as far as the budget of bytes goes: behind it, the line is cut. */
  const write = (pair: Pair, to: Socket, piece: Buffer): void => {
    if (!budget || budget.left >= piece.length) {
      if (budget) budget.left -= piece.length;
      carried += piece.length;
      to.write(piece);
      return;
    }
    const { left, done } = budget;
    budget = undefined;
    carried += left;
    to.write(piece.subarray(0, left), () => {
      cut(pair);
      done();
    });
  };

  /** Now, or later where the line is slow or silent; always in order. */
  const queue = (pair: Pair, next: () => void): void => {
    if (!isSilent && delay === 0 && !pair.isHeld && pair.waiting.length === 0) return next();
    pair.waiting.push(next);
    if (!isSilent && !pair.isHeld && delay > 0) setTimeout(() => step(pair), delay);
  };
  const step = (pair: Pair): boolean => {
    const next = isSilent || pair.isHeld ? undefined : pair.waiting.shift();
    next?.();
    return next !== undefined;
  };
  const drain = (pair: Pair): void => {
    while (step(pair));
  };

  const commit = (pair: Pair, message: Buffer): void => {
    const deliver = (): void => {
      write(pair, pair.server, message);
    };
    const planned = plan;
    plan = undefined;
    if (!planned) return deliver();
    const { what, bytes, done } = planned;
    switch (what) {
      case 'count':
        budget = { left: bytes, done };
        return deliver();
      case 'cut-before':
        cut(pair);
        return done();
      case 'cut-after':
        pair.server.removeAllListeners('data').once('data', () => {
          cut(pair);
          done();
        });
        return deliver();
      case 'swallow':
        pair.server.removeAllListeners('data').once('data', done).resume();
        return deliver();
      case 'hold':
        pair.isHeld = true;
        pair.waiting.unshift(deliver);
        return done();
    }
  };

  const join = (client: Socket): void => {
    const server = connect(Number(targetPort), hostname);
    const pair: Pair = { client, server, waiting: [], isHeld: false };
    pairs.add(pair);
    const splitter = new Splitter();
    client.on('data', (chunk) => {
      for (const message of splitter.push(chunk)) {
        queue(pair, () => {
          if (message.isCommit) commit(pair, message.bytes);
          else write(pair, server, message.bytes);
        });
      }
    });
    server.on('data', (chunk) => {
      queue(pair, () => {
        write(pair, client, chunk);
      });
    });
    // Who hangs up is heard by the other side after all that was said before.
    client.on('close', () => {
      queue(pair, () => server.end());
    });
    server.on('close', () => {
      queue(pair, () => {
        pairs.delete(pair);
        client.destroy();
      });
    });
    for (const socket of [client, server]) {
      // Pieces go on as they come: a line is not slow unless it is told to be.
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
    }
  };

  let listener: Server;
  const listen = async (): Promise<void> => {
    listener = createServer(join);
    listener.listen(port, '127.0.0.1');
    await once(listener, 'listening');
    port = (listener.address() as AddressInfo).port;
  };
  const stop = async (): Promise<void> => {
    const closed = once(listener, 'close');
    listener.close();
    for (const pair of pairs) cut(pair);
    await closed;
  };
  await listen();

  const planned = async (what: Plan['what'], bytes: number): Promise<void> =>
    new Promise((done) => {
      plan = { what, bytes, done };
    });

  return {
    through(url) {
      const own = new URL(url);
      own.hostname = '127.0.0.1';
      own.port = String(port);
      return own.href;
    },
    atCommit: async (what) => planned(what, 0),
    release() {
      for (const pair of pairs) {
        pair.isHeld = false;
        drain(pair);
      }
    },
    cutAfter: async (bytes, from = 'now') =>
      from === 'commit'
        ? planned('count', bytes)
        : new Promise((done) => {
            budget = { left: bytes, done };
          }),
    forget() {
      plan = undefined;
      budget = undefined;
    },
    silence() {
      isSilent = true;
    },
    speak() {
      isSilent = false;
      for (const pair of pairs) drain(pair);
    },
    slow(milliseconds) {
      delay = milliseconds;
      if (delay === 0) for (const pair of pairs) drain(pair);
    },
    refuse: stop,
    accept: listen,
    carried: () => carried,
    open: () => pairs.size,
    close: async () => {
      if (listener.listening) await stop();
    },
  };
}
