import { lookup } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect as connectTcp, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { InstitutionDirectory } from '../../circulation/institutions.ts';
import { createFrames } from './frames.ts';

/** What keeps us from asking a directory. */
export type DirectoryTroubleKind =
  | 'no-host'
  | 'no-connection'
  | 'timed-out'
  | 'certificate'
  | 'no-tls'
  /** The file with the authority's certificate cannot be read. */
  | 'no-ca'
  /** The account that searches has no password here, … */
  | 'no-password'
  /** … or it is refused. */
  | 'account'
  /** The entry below which people are looked for is not there, or not to be seen. */
  | 'no-base'
  | 'no-directory';

/** Why a directory cannot be asked: `detail` as the network or the directory says it. */
export class DirectoryTrouble extends Error {
  readonly because: DirectoryTroubleKind;
  readonly detail: string;
  constructor(because: DirectoryTroubleKind, detail = '') {
    super(because);
    this.name = 'DirectoryTrouble';
    this.because = because;
    this.detail = detail;
  }
}

const codeOf = (error: unknown): string => {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
};

/** An error of the network, by what is to be done about it. */
export function troubleOf(error: unknown, otherwise: DirectoryTroubleKind): DirectoryTrouble {
  if (error instanceof DirectoryTrouble) return error;
  const code = codeOf(error);
  const detail = code === '' ? (error instanceof Error ? error.message.split('\n')[0]?.slice(0, 100) : '') : code;
  if (/^(?:ENOTFOUND|EAI_)/u.test(code)) return new DirectoryTrouble('no-host', detail);
  if (/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EACCES|EPERM)$/u.test(code))
    return new DirectoryTrouble('no-connection', detail);
  if (code === 'ETIMEDOUT') return new DirectoryTrouble('timed-out', detail);
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|CRL/u.test(code)) return new DirectoryTrouble('certificate', detail);
  if (/^(?:ERR_SSL|ERR_TLS|EPROTO)/u.test(code)) return new DirectoryTrouble('no-tls', detail);
  return new DirectoryTrouble(otherwise, detail);
}

type Found = { readonly error: NodeJS.ErrnoException | null; readonly addresses: LookupAddress[] };

/** Names that are being looked up: that holds one of the few threads that the database needs too, so never two for one name. */
const lookingUp = new Map<string, Promise<Found>>();

async function addressesOf(host: string): Promise<Found> {
  const under = lookingUp.get(host);
  if (under) return under;
  const asked = new Promise<Found>((resolve) => {
    lookup(host, { all: true }, (error, addresses) => {
      lookingUp.delete(host);
      resolve({ error, addresses: error ? [] : addresses });
    });
  });
  lookingUp.set(host, asked);
  return asked;
}

type LookedUp = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

function lookUp(host: string, { all = false }: LookupOptions, done: LookedUp): void {
  void addressesOf(host).then(({ error, addresses }) => {
    const [first] = addresses;
    if (all) done(error, addresses);
    else done(error, first?.address ?? '', first?.family);
  });
}

const START_TLS = '1.3.6.1.4.1.1466.20037';
const EXTENDED_RESPONSE = 0x78;

/** `ExtendedRequest` 1: StartTLS (RFC 4511, 4.14). */
function startTlsRequest(): Buffer {
  const name = Buffer.from(START_TLS);
  const operation = Buffer.concat([Buffer.from([0x77, name.length + 2, 0x80, name.length]), name]);
  return Buffer.concat([Buffer.from([0x30, operation.length + 3, 0x02, 0x01, 0x01]), operation]);
}

/** Whether a message is the answer to it that says yes: `30 … 02 01 01 78 … 0a 01 00 …`. */
function isAccepted(message: Buffer): boolean {
  const body = message.subarray((message[1] ?? 0) < 0x80 ? 2 : 2 + ((message[1] ?? 0) & 0x7f));
  if (!body.subarray(0, 3).equals(Buffer.from([0x02, 0x01, 0x01])) || body[3] !== EXTENDED_RESPONSE) return false;
  const content = body.subarray((body[4] ?? 0) < 0x80 ? 5 : 5 + ((body[4] ?? 0) & 0x7f));
  return content.subarray(0, 3).equals(Buffer.from([0x0a, 0x01, 0x00]));
}

/**
 * Asks a directory to go on in TLS. Not one byte more than its answer may have come by then: what somebody in between has put
 * there in clear would be read as the beginning of what comes in TLS.
 */
async function startTls(socket: Socket): Promise<void> {
  const frames = createFrames();
  socket.write(startTlsRequest());
  for (;;) {
    const [bytes] = (await Promise.race([once(socket, 'data'), closed(socket)])) as [Buffer | undefined];
    if (!bytes) throw new DirectoryTrouble('no-tls');
    const [answer, ...more] = frames.take(bytes);
    if (!answer) continue;
    if (more.length > 0 || frames.rest > 0 || !isAccepted(answer)) throw new DirectoryTrouble('no-tls');
    return;
  }
}

const closed = async (socket: Socket): Promise<[]> => {
  await once(socket, 'close');
  return [];
};

/** The authority's certificate. Throws DirectoryTrouble (`no-ca`). */
async function authority(file: string | undefined): Promise<{ readonly ca?: string }> {
  if (file === undefined) return {};
  try {
    return { ca: await readFile(file, 'utf8') };
  } catch {
    throw new DirectoryTrouble('no-ca', file);
  }
}

/** Waits until a connection is open; it is closed as soon as nobody waits for it any more. Throws DirectoryTrouble. */
async function opened(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  given: AbortSignal,
): Promise<{ readonly release: () => void }> {
  const close = (): void => {
    socket.destroy();
  };
  given.addEventListener('abort', close, { once: true });
  // Whoever waits for something is told below; what comes later is nobody's.
  socket.on('error', () => undefined);
  const otherwise = event === 'connect' ? 'no-connection' : 'no-tls';
  await new Promise<void>((resolve, reject) => {
    socket.once(event, resolve);
    socket.once('error', (error) => {
      reject(troubleOf(error, otherwise));
    });
    socket.once('close', () => {
      reject(new DirectoryTrouble(otherwise));
    });
  });
  return { release: () => given.removeEventListener('abort', close) };
}

/**
 * Opens a connection to a directory: secure, its certificate checked, unless it is on this machine. It is closed when `given` is
 * aborted. Throws DirectoryTrouble.
 */
export async function openLine(directory: InstitutionDirectory, given: AbortSignal): Promise<Socket> {
  const { protocol, hostname, port: written } = new URL(directory.url);
  const host = hostname.replaceAll(/^\[|\]$/gu, '');
  const isSecure = protocol === 'ldaps:';
  const port = written === '' ? (isSecure ? 636 : 389) : Number(written);
  const secured = {
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(await authority(directory.ca)),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
  } as const;
  given.throwIfAborted();
  const where = { host, port, lookup: lookUp as never };
  if (isSecure) {
    const secure = connectTls({ ...where, ...secured });
    await opened(secure, 'secureConnect', given);
    return secure;
  }
  const plain = connectTcp(where);
  const { release } = await opened(plain, 'connect', given);
  if (!directory.startTls) return plain;
  await startTls(plain);
  // From here on it is closed by what goes through it: under TLS, Node must not be robbed of it.
  release();
  given.throwIfAborted();
  const secure = connectTls({ ...secured, socket: plain });
  await opened(secure, 'secureConnect', given);
  return secure;
}
