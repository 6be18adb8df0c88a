import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';

/** What a mail server says of itself, without signing in. */
export type SmtpProbe = {
  /** What it offers, upper case; after TLS, where there is TLS. */
  readonly extensions: readonly string[];
  /** How it is spoken to; absent: in the clear, as it offers nothing better. */
  readonly tls?: {
    /** `TLSv1.3`. */
    readonly protocol: string;
    /** Why its certificate is not trusted. */
    readonly problem?: string;
    readonly validUntil: string;
  };
};

export type SmtpHost = { readonly host: string; readonly port: number; readonly secure: boolean };

const PATIENCE_MS = 10_000;

/**
 * Greets a mail server as a worker does, over TLS where it offers it, and takes leave. Nothing is sent.
 *
 * @throws when nobody answers, or not as a mail server does
 */
export async function probeSmtp({ host, port, secure }: SmtpHost): Promise<SmtpProbe> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const plain = connect({ host, port });
  try {
    await once(plain, 'connect', { signal });
    const first = secure ? await secured(plain, host, signal) : plain;
    await hear(first, signal); // its greeting
    const extensions = await greet(first, signal);
    if (secure || !extensions.some((line) => line.startsWith('STARTTLS')))
      return told(first, extensions, signal);
    await say(first, 'STARTTLS', signal);
    const upgraded = await secured(plain, host, signal);
    return await told(upgraded, await greet(upgraded, signal), signal);
  } finally {
    plain.destroy();
  }
}

/** A certificate that is not trusted is told, not refused: the worker's own way in shows whether it minds. */
async function secured(socket: Socket, host: string, signal: AbortSignal): Promise<TLSSocket> {
  const servername = isIP(host) ? {} : { servername: host };
  const tls = connectTls({ socket, host, rejectUnauthorized: false, ...servername });
  await once(tls, 'secureConnect', { signal });
  return tls;
}

async function greet(socket: Socket, signal: AbortSignal): Promise<readonly string[]> {
  const lines = await say(socket, 'EHLO rapport.invalid', signal);
  return lines.slice(1).map((line) => line.toUpperCase());
}

async function told(socket: Socket, extensions: readonly string[], signal: AbortSignal): Promise<SmtpProbe> {
  const tls = isTls(socket) ? { tls: tlsOf(socket) } : {};
  await say(socket, 'QUIT', signal).catch(() => []); // it may just hang up
  return { extensions, ...tls };
}

function isTls(socket: Socket): socket is TLSSocket {
  return 'getPeerCertificate' in socket;
}

function tlsOf(socket: TLSSocket): NonNullable<SmtpProbe['tls']> {
  const problem = socket.authorized ? {} : { problem: String(socket.authorizationError) };
  const { valid_to: validUntil } = socket.getPeerCertificate();
  return { protocol: socket.getProtocol() ?? '', validUntil, ...problem };
}

async function say(socket: Socket, line: string, signal: AbortSignal): Promise<readonly string[]> {
  socket.write(`${line}\r\n`);
  return hear(socket, signal);
}

/** The text of a reply, line by line. @throws when it is a refusal, or none (RFC 5321 §4.2) */
async function hear(socket: Socket, signal: AbortSignal): Promise<readonly string[]> {
  let text = '';
  while (!/^\d{3}(?: [^\n]*)?\r?\n$/m.test(text.split(/(?<=\n)/).at(-1) ?? '')) {
    const piece: Buffer | null = socket.read();
    if (piece) text += piece;
    else if (socket.readableEnded) throw new Error('it hung up');
    else await once(socket, 'readable', { signal });
  }
  const lines = text.trimEnd().split(/\r?\n/);
  if (!/^[23]/.test(lines[0] ?? '')) throw new Error(`it says "${lines[0]}"`);
  return lines.map((line) => line.slice(4));
}
