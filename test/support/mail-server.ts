import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerAddress, SMTPServerOptions } from 'smtp-server';
import type { MailServer } from '../../source/letters/index.ts';

/** A mail that a server has taken, as it came and as it is read. */
export type Received = {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly mail: Email;
};

/** What a server does with a mail: takes it, answers with a code, or breaks the connection after having read it all. */
export type Behaviour = (mail: { readonly to: string; readonly messageId: string }) => 'take' | 'break' | number;

/** A real SMTP server for a test. */
export type TestMailServer = {
  readonly port: number;
  /** Every mail whose content has arrived, also those that were then refused or whose connection was broken. */
  readonly seen: Received[];
  /** Those that it has answered for. */
  readonly taken: Received[];
  /** How it treats what comes from now on. */
  behave(how: { onData?: Behaviour; onRecipient?: (to: string) => number | null }): void;
  close(): Promise<void>;
};

class Answer extends Error {
  readonly responseCode: number;
  constructor(responseCode: number) {
    super(`code ${responseCode}`);
    this.responseCode = responseCode;
  }
}

const addressOf = (one: SMTPServerAddress | false): string => (one === false ? '' : one.address);

/** Starts a server on this machine; without options it wants neither TLS nor an account. `port` 0: any free one. */
export async function startMailServer(options: SMTPServerOptions = {}, port = 0): Promise<TestMailServer> {
  const sockets = new Map<number, Socket>();
  const seen: Received[] = [];
  const taken: Received[] = [];
  let onData: Behaviour = () => 'take';
  let onRecipient: (to: string) => number | null = () => null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    // oxlint-disable-next-line promise/prefer-await-to-callbacks -- the server's own form
    onRcptTo({ address }, _session, callback) {
      const code = onRecipient(address);
      callback(code === null ? null : new Answer(code));
    },
    onData(stream, session, callback) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        void (async () => {
          const raw = Buffer.concat(pieces).toString('utf8');
          const mail = await PostalMime.parse(raw);
          const to = session.envelope.rcptTo.map(addressOf);
          const received = { from: addressOf(session.envelope.mailFrom), to, raw, mail };
          seen.push(received);
          const does = onData({ to: to.join(), messageId: mail.messageId ?? '' });
          if (does === 'break') {
            // It has the mail; whoever sent it will never hear so.
            sockets.get(session.remotePort)?.destroy();
            return;
          }
          if (does === 'take') taken.push(received);
          callback(does === 'take' ? null : new Answer(does));
        })();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.set(socket.remotePort ?? 0, socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    seen,
    taken,
    behave(how) {
      onData = how.onData ?? onData;
      onRecipient = how.onRecipient ?? onRecipient;
    },
    close: async () =>
      new Promise((resolve) => {
        for (const one of sockets.values()) one.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** How a test reaches a server: in clear on this machine, and never waiting long. */
export const reach = (port: number, more: Partial<MailServer> = {}): MailServer => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  from: 'guichet@example.org',
  perMinute: 60_000,
  timeouts: { connect: 4000, answer: 4000 },
  ...more,
});
