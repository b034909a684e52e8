import { cut } from '../language/fit.ts';
import type { MailTroubleKind } from '../language/delivery-words.ts';
import { clean } from './layout.ts';

export type MailTrouble = { readonly because: MailTroubleKind; readonly detail: string };

/** Nodemailer's errors, as far as they tell. */
type MailError = {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly message?: string;
};

const LONGEST_REASON = 300;

/** What was said, on one line. Passwords are never part of what a server answers, nor of nodemailer's errors. */
const saidIn = ({ response, message }: MailError): string => cut(clean(response ?? message ?? ''), LONGEST_REASON);

const CERTIFICATE = /certificate|self[- ]signed|altname|CERT_|UNABLE_TO_|DEPTH_ZERO/iu;

function kindOf({ code = '', command = '', message = '' }: MailError): MailTroubleKind {
  if (CERTIFICATE.test(message) || CERTIFICATE.test(code)) return 'certificate';
  if (code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/u.test(message)) return 'no-host';
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2') return 'sign-in';
  if (code === 'ETLS' || command === 'STARTTLS' || /SSL|TLS|EPROTO/u.test(message)) return 'no-tls';
  if (code === 'ETIMEDOUT') return 'timed-out';
  if (code === 'EPROTOCOL') return 'no-mail-server';
  return /ECONN|ESOCKET|EHOST|ENET/u.test(code) ? 'no-connection' : 'unexpected';
}

/** What is wrong with the server, from what went wrong while it was tried. */
export function troubleIn(error: unknown): MailTrouble {
  const found = error as MailError;
  return { because: kindOf(found), detail: saidIn(found) };
}

/** Answers that are final are about one message only where they speak of its recipient or its content. */
const OF_THE_MESSAGE = new Set(['RCPT TO', 'DATA']);
const BAD_SEQUENCE = 503;
/** It goes away, or wants to know who we are: no letter would leave. */
const OF_THE_SERVER = new Set([421, 454, 530, 534, 535, 538]);

/**
 * What an error means for the letter (LET-05): 5xx for its recipient or its content is final, anything else passes: also a
 * sender that the server does not let send, which is mended in the network file. `server`: no other letter would leave.
 * A connection that broke before the answer tells nothing: the letter is sent again under the same Message-ID.
 */
export function verdictOf(
  error: unknown,
): { readonly kind: 'refused'; readonly reason: string } | { kind: 'later'; reason: string; server: boolean } {
  const found = error as MailError;
  const { code, command = '', responseCode = 0 } = found;
  const reason = saidIn(found);
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (!isAboutMail || OF_THE_SERVER.has(responseCode)) return { kind: 'later', reason, server: true };
  // Without an answer nothing was sent: no server takes such an address, or so large a letter.
  const isFinal = responseCode === 0 || (responseCode >= 500 && responseCode !== BAD_SEQUENCE);
  const isItsOwn = responseCode === 0 || OF_THE_MESSAGE.has(command);
  return isFinal && isItsOwn ? { kind: 'refused', reason } : { kind: 'later', reason, server: false };
}
