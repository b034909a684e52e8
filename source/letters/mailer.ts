import type { Transporter } from 'nodemailer';
import type SmtpPool from 'nodemailer/lib/smtp-pool';
import { isEmail } from '../circulation/contacts.ts';
import { clean } from './layout.ts';
import { troubleIn, verdictOf } from './mail-errors.ts';
import type { MailTrouble } from './mail-errors.ts';
import type { Sender } from './mail.ts';

export type { MailTrouble } from './mail-errors.ts';

/** How the mail server is reached. */
export type MailServer = {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte (465); `starttls`: nothing is said before it; `none`: in clear, for a server on this machine. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user?: string;
  /** Never shown, never logged (REL-07). */
  readonly password?: string;
  /** Certificates (PEM) of an authority that this machine does not know. */
  readonly ca?: string;
  /** Where letters come from that no library sends. */
  readonly from: string;
  /** Letters a minute, at the most. */
  readonly perMinute?: number;
  /** Connections at the same time. */
  readonly connections?: number;
  /** Milliseconds; absent: as long as the standard asks clients to wait. */
  readonly timeouts?: { readonly connect: number; readonly answer: number };
};

/** A letter on its way. */
export type OutgoingMail = {
  /** Names the letter for ever: whoever gets it twice can tell (RFC 5322, 3.6.4). Without brackets and domain. */
  readonly id: string;
  readonly sender: Sender;
  readonly replyTo: string | null;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly language: string;
  readonly attachments?: readonly { readonly name: string; readonly type: string; readonly content: Uint8Array }[];
};

export type SendResult =
  /** The server has taken it, and answers for it from now on. */
  | { readonly kind: 'sent' }
  /** It will never take it. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Not now. `server`: it would take no other letter either. */
  | { readonly kind: 'later'; readonly reason: string; readonly server: boolean };

/** A mail server that letters are handed to. */
export type Mailer = {
  /** Hands a letter over. Never throws. */
  send(mail: OutgoingMail): Promise<SendResult>;
  /** Connects, secures the connection, signs in; null: it works. */
  verify(): Promise<MailTrouble | null>;
  close(): void;
  /** Milliseconds that `send` takes at the most. */
  readonly patience: number;
};

/** RFC 5321, 4.5.3.2: a client that waits less sends things twice that a slow server has taken. */
const TIMEOUTS = { connect: 30_000, answer: 10 * 60_000 };
const PER_MINUTE = 600;
const CONNECTIONS = 2;
const MINUTE = 60_000;

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

function poolOptions(
  server: MailServer,
): SmtpPool.Options & { readonly maxRequeues: number; readonly idleTimeout: number } {
  const { host, port, security, user, password, ca, perMinute = PER_MINUTE, connections = CONNECTIONS } = server;
  const { connect, answer } = server.timeouts ?? TIMEOUTS;
  const rateLimit = Math.max(1, Math.round(perMinute / 60));
  return {
    pool: true,
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    maxConnections: connections,
    maxMessages: 1000,
    // Whatever was not answered for is ours to try again: only we know what has been sent already.
    maxRequeues: 0,
    idleTimeout: 30_000,
    rateLimit,
    rateDelta: Math.round((rateLimit * MINUTE) / perMinute),
    connectionTimeout: connect,
    greetingTimeout: connect,
    dnsTimeout: connect,
    socketTimeout: answer,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  };
}

/** Texts for headers: one line, nothing that could begin another one (REL-06). */
const header = (text: string): string => clean(text).slice(0, 500);

/** A mail as nodemailer takes it; addresses are given apart from names, so that nothing in a name becomes an address. */
function message(mail: OutgoingMail, from: string): Record<string, unknown> {
  const { id, sender, replyTo, to, subject, text, html, language, attachments = [] } = mail;
  const address = sender.address ?? from;
  return {
    messageId: `<${id}@${domainOf(address)}>`,
    from: { name: header(sender.name), address },
    to: { name: '', address: to },
    ...(replyTo === null ? {} : { replyTo: { name: header(sender.name), address: replyTo } }),
    envelope: { from: address, to: [to] },
    subject: header(subject),
    text,
    ...(html === null ? {} : { html }),
    attachments: attachments.map(({ name, type, content }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(content),
    })),
    // RFC 3834: no absence notice answers this.
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
  };
}

/**
 * Opens the way to a mail server (LET-05); connections are made when something is sent, kept for what follows, and limited in
 * number and speed. nodemailer is loaded only here.
 */
export async function createMailer(server: MailServer): Promise<Mailer> {
  const { createTransport } = await import('nodemailer');
  const { connect, answer } = server.timeouts ?? TIMEOUTS;
  const transport: Transporter<SmtpPool.SentMessageInfo> = createTransport(poolOptions(server));
  // Without a listener an error of an idle connection would end the process.
  transport.on('error', () => undefined);
  return {
    patience: connect + answer,
    async send(mail) {
      // A list of addresses would be read as one: a letter goes to one only (REL-06).
      if (!isEmail(mail.to)) return { kind: 'refused', reason: 'no-address' };
      try {
        await transport.sendMail(message(mail, server.from));
        return { kind: 'sent' };
      } catch (error) {
        return verdictOf(error);
      }
    },
    async verify() {
      try {
        await transport.verify();
        return null;
      } catch (error) {
        return troubleIn(error);
      }
    },
    close: () => {
      transport.close();
    },
  };
}
