import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { createSecureContext, createServer as createTlsServer, TLSSocket } from 'node:tls';
import { BerReader, BerWriter } from 'ldapts';
import { certificate } from './certificate.ts';

/** Somebody in the directory of a test. */
export type LdapEntry = {
  readonly dn: string;
  readonly password: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
};

/** What the server does instead of an answer, or in it, to an operation. */
export type Mischief =
  /** Nothing at all. */
  | 'silence'
  | 'cut'
  | 'garbage'
  /** Half of an answer, and then nothing. */
  | 'half'
  /** Well-formed bytes that are no LDAP. */
  | 'nonsense'
  /** A message whose parts claim to be longer than it is. */
  | 'lying'
  /** A length that never comes. */
  | 'endless'
  /** Ten thousand tiny messages in one piece. */
  | 'flood'
  /** Megabytes. */
  | 'deluge'
  /** The answer to another question. */
  | 'another'
  | { readonly code: number };

type Operation = 'connect' | 'bind' | 'search' | 'extended';

export type LdapOptions = {
  readonly entries?: readonly LdapEntry[];
  readonly tls?: 'none' | 'ldaps' | 'starttls';
  readonly mischief?: Partial<Record<Operation, Mischief>>;
  /** Referrals beside the entries of a search. */
  readonly referrals?: readonly string[];
  /** Put after the answer to StartTLS, in clear. */
  readonly injected?: Buffer;
  /** Answers a bind without a password with success, as servers do (RFC 4513, 5.1.2). */
  readonly anonymous?: boolean;
};

export type LdapServer = {
  readonly port: number;
  /** What it was asked, in order: `bind DN`, `search BASE FILTER`, `starttls`, `unbind`; with `clear ` before what came in clear. */
  readonly asked: string[];
  /** Passwords that came in clear. */
  readonly inClear: string[];
  readonly connections: () => number;
  close(): Promise<void>;
};

const BIND = 0x60;
const UNBIND = 0x42;
const SEARCH = 0x63;
const EXTENDED = 0x77;
const ENTRY = 0x64;
const REFERENCE = 0x73;
const RESULT: Readonly<Record<Operation, number>> = { connect: 0x61, bind: 0x61, search: 0x65, extended: 0x78 };

const message = (id: number, write: (writer: BerWriter) => void): Buffer => {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  write(writer);
  writer.endSequence();
  return writer.buffer;
};

const result = (id: number, tag: number, code: number): Buffer =>
  message(id, (writer) => {
    writer.startSequence(tag);
    writer.writeEnumeration(code);
    writer.writeString('');
    writer.writeString('');
    writer.endSequence();
  });

const entryMessage = (id: number, { dn, attributes }: LdapEntry, wanted: readonly string[]): Buffer =>
  message(id, (writer) => {
    writer.startSequence(ENTRY);
    writer.writeString(dn);
    writer.startSequence();
    for (const [type, values] of Object.entries(attributes)) {
      if (!wanted.some((one) => one.toLowerCase() === type.toLowerCase())) continue;
      writer.startSequence();
      writer.writeString(type);
      writer.startSequence(0x31);
      for (const value of values) writer.writeString(value);
      writer.endSequence();
      writer.endSequence();
    }
    writer.endSequence();
    writer.endSequence();
  });

/** A filter as text, with every value quoted, so that what was smuggled in is seen. Throws for what the tests do not need. */
function filterText(reader: BerReader): string {
  const tag = reader.readSequence();
  const end = reader.offset + reader.length;
  if (tag === 0xa0 || tag === 0xa1) {
    const parts: string[] = [];
    while (reader.offset < end) parts.push(filterText(reader));
    return `(${tag === 0xa0 ? '&' : '|'}${parts.join('')})`;
  }
  if (tag === 0xa3) return `(${reader.readString() ?? ''}=${JSON.stringify(reader.readString() ?? '')})`;
  if (tag === 0x87) {
    const text = reader.buffer.subarray(reader.offset, end).toString();
    reader.offset = end;
    return `(${text}=*)`;
  }
  throw new Error(`filter ${String(tag)}`);
}

/** Whether an entry is what a filter of equalities and presences wants. */
function matches(entry: LdapEntry, filter: string): boolean {
  return [...filter.matchAll(/\((\w+)=("(?:[^"\\]|\\.)*"|\*)\)/gu)].every(([, type = '', wanted = '']) => {
    const key = Object.keys(entry.attributes).find((one) => one.toLowerCase() === type.toLowerCase());
    const values = key === undefined ? [] : (entry.attributes[key] ?? []);
    if (wanted === '*') return values.length > 0 || type.toLowerCase() === 'objectclass';
    return values.some((value) => value.toLowerCase() === String(JSON.parse(wanted)).toLowerCase());
  });
}

/** `\2c` of a DN back to what it stands for, in lower case. */
const plainDn = (dn: string): string =>
  dn
    .replaceAll(/(?:\\[\da-f]{2})+/giu, (escaped) => Buffer.from(escaped.replaceAll('\\', ''), 'hex').toString())
    .toLowerCase();

const FLOOD = 10_000;

function mischievous(kind: Exclude<Mischief, { readonly code: number }>, id: number, operation: Operation): Buffer {
  const right = result(id, RESULT[operation], 0);
  switch (kind) {
    case 'garbage':
      return Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n');
    case 'half':
      return right.subarray(0, right.length - 3);
    case 'nonsense':
      return message(id, (writer) => {
        writer.startSequence(0x64);
        writer.writeInt(7);
        writer.endSequence();
      });
    case 'lying':
      // An entry whose attributes are said to go on for 100 bytes more than there are.
      return Buffer.from([0x30, 0x0d, 0x02, 0x01, id, 0x64, 0x08, 0x04, 0x02, 0x63, 0x6e, 0x30, 0x64, 0x30, 0x00]);
    case 'endless':
      return Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x02, 0x01, id]);
    case 'flood':
      return Buffer.concat(Array.from({ length: FLOOD }, () => result(0x7f, 0x61, 0)));
    case 'deluge':
      return Buffer.concat(
        Array.from({ length: 300 }, () => message(0x7f, (writer) => writer.writeString('x'.repeat(10_000)))),
      );
    case 'another':
      return result(id + 1, RESULT[operation], 0);
    default:
      return Buffer.alloc(0);
  }
}

/** A directory for tests, at the level of its protocol (RFC 4511): answers, or misbehaves as it is told. */
export async function startLdapServer({
  entries = [],
  tls = 'none',
  mischief = {},
  referrals = [],
  injected,
  anonymous = true,
}: LdapOptions = {}): Promise<LdapServer> {
  const asked: string[] = [];
  const inClear: string[] = [];
  const sockets = new Set<Socket>();
  let count = 0;

  const serve = (socket: Socket, isSecure: boolean): void => {
    let held: Buffer = Buffer.alloc(0);
    const say = (text: string): number => asked.push(isSecure ? text : `clear ${text}`);

    const misbehave = (operation: Operation, id: number): boolean => {
      const what = mischief[operation];
      if (what === undefined) return false;
      if (typeof what === 'object') socket.write(result(id, RESULT[operation], what.code));
      else if (what === 'cut') socket.destroy();
      else if (what !== 'silence') socket.write(mischievous(what, id, operation));
      return true;
    };

    const bind = (id: number, reader: BerReader): void => {
      reader.readInt();
      const dn = reader.readString() ?? '';
      const password = reader.readString(0x80) ?? '';
      say(`bind ${dn}`);
      if (!isSecure) inClear.push(password);
      if (misbehave('bind', id)) return;
      const known = entries.find((one) => one.dn.toLowerCase() === plainDn(dn));
      const isRight = password === '' ? anonymous : known?.password === password;
      socket.write(result(id, 0x61, isRight ? 0 : 49));
    };

    const search = (id: number, reader: BerReader): void => {
      const base = reader.readString() ?? '';
      const scope = reader.readEnumeration();
      reader.readEnumeration();
      const most = reader.readInt() ?? 0;
      reader.readInt();
      reader.readBoolean();
      const filter = filterText(reader);
      reader.readSequence();
      const end = reader.offset + reader.length;
      const wanted: string[] = [];
      while (reader.offset < end) wanted.push(reader.readString() ?? '');
      say(`search ${base} ${filter}`);
      if (misbehave('search', id)) return;
      const under = plainDn(base);
      const found = entries.filter(({ dn, attributes }) => {
        const name = dn.toLowerCase();
        return (
          (scope === 0 ? name === under : name.endsWith(under)) && matches({ dn, password: '', attributes }, filter)
        );
      });
      const isKnown = base === '' || entries.some(({ dn }) => dn.toLowerCase().endsWith(under));
      if (!isKnown) {
        socket.write(result(id, 0x65, 32));
        return;
      }
      const shown = most > 0 ? found.slice(0, most) : found;
      for (const one of shown) socket.write(entryMessage(id, one, wanted));
      for (const uri of referrals) {
        socket.write(
          message(id, (writer) => {
            writer.startSequence(REFERENCE);
            writer.writeString(uri);
            writer.endSequence();
          }),
        );
      }
      socket.write(result(id, 0x65, shown.length < found.length ? 4 : 0));
    };

    const startTls = (id: number): void => {
      say('starttls');
      if (misbehave('extended', id)) return;
      if (tls !== 'starttls') {
        socket.write(result(id, 0x78, 2));
        return;
      }
      socket.removeAllListeners('data');
      socket.write(Buffer.concat([result(id, 0x78, 0), injected ?? Buffer.alloc(0)]), () => {
        const secureContext = createSecureContext(certificate);
        const secure = new TLSSocket(socket, { isServer: true, secureContext });
        secure.on('error', () => socket.destroy());
        serve(secure, true);
      });
    };

    const take = (bytes: Buffer): void => {
      const reader = new BerReader(bytes);
      reader.readSequence();
      const id = reader.readInt() ?? 0;
      const tag = reader.readSequence() ?? 0;
      if (tag === BIND) bind(id, reader);
      else if (tag === SEARCH) search(id, reader);
      else if (tag === EXTENDED) startTls(id);
      else if (tag === UNBIND) {
        say('unbind');
        socket.end();
      }
    };

    socket.on('data', (bytes: Buffer) => {
      held = Buffer.concat([held, bytes]);
      for (;;) {
        const reader = new BerReader(held);
        if (reader.readSequence() === null || reader.remain < reader.length) return;
        const end = reader.offset + reader.length;
        const whole = held.subarray(0, end);
        held = held.subarray(end);
        take(whole);
      }
    });
    socket.on('error', () => undefined);
  };

  const welcome = (socket: Socket): void => {
    count += 1;
    const begin = mischief.connect;
    socket.on('error', () => undefined);
    if (begin === 'cut') socket.destroy();
    else if (begin === 'garbage') socket.write(mischievous(begin, 1, 'connect'));
    else if (begin === undefined) serve(socket, tls === 'ldaps');
  };
  const server = tls === 'ldaps' ? createTlsServer(certificate, welcome) : createServer(welcome);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    asked,
    inClear,
    connections: () => count,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
