import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { SMTPServer } from 'smtp-server';

type Fault = readonly [code: number, reply: string];

/** Senders it does not know. */
const AT_MAIL: Readonly<Record<string, Fault>> = {
  stranger: [550, '5.1.1 User unknown'],
};

/** What goes wrong, with whom: the local part of the recipient names the fault. */
const AT_RCPT: Readonly<Record<string, Fault>> = {
  greylisted: [450, '4.7.1 Greylisted, try again later'],
  nobody: [550, '5.1.1 No such user'],
  busy: [421, '4.3.2 Too busy'],
};
const AT_END: Readonly<Record<string, Fault>> = {
  refused: [550, '5.7.1 We do not want this'],
  full: [452, '4.2.2 Mailbox full'],
  'busy-at-end': [421, '4.3.2 Closing'],
};

type Envelope = { readonly from: string; readonly to: string };

type Answer = (error?: Error | null) => void;

/** A real SMTP server on loopback with a fault for each recipient that is named after one. */
export class FaultyServer {
  /** What it took responsibility for, by recipient. */
  readonly accepted: { readonly from: string; readonly to: string; readonly raw: string }[] = [];
  connections = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onMailFrom: ({ address }, _session, callback) => refuse(AT_MAIL[localPart(address)], callback),
    onRcptTo: ({ address }, _session, callback) => refuse(AT_RCPT[localPart(address)], callback),
    onData: (stream, { envelope, remotePort }, callback) => {
      const socket = [...this.#sockets].find((open) => open.remotePort === remotePort);
      const from = envelope.mailFrom ? envelope.mailFrom.address : '';
      this.#receive(stream, { from, to: envelope.rcptTo[0]?.address ?? '' }, socket, callback);
    },
  });

  async listen(): Promise<this> {
    this.#server.on('error', () => {}); // of connections that we reset ourselves
    this.#server.server.on('connection', (socket: Socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('error', () => {}).once('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return this;
  }

  get url(): string {
    return urlOf(this.#server.server.address());
  }

  /** How many messages it took for this local part. */
  acceptedFor(name: string): number {
    return this.accepted.filter(({ to }) => localPart(to) === name).length;
  }

  /** Ends every connection that is open now. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): Promise<void> {
    this.drop();
    return new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #receive(stream: Readable, envelope: Envelope, socket: Socket | undefined, callback: Answer): void {
    const fault = localPart(envelope.to);
    const chunks: Buffer[] = [];
    if (fault === 'reset-at-354') setTimeout(() => socket?.resetAndDestroy(), 20);
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (fault === 'reset-midway') socket?.resetAndDestroy();
    });
    stream.on('end', () => {
      if (fault === 'silent') return; // it has the whole message, and never answers
      if (fault === 'reset-after-dot') socket?.resetAndDestroy();
      else if (!AT_END[fault]) this.accepted.push({ ...envelope, raw: Buffer.concat(chunks).toString() });
      refuse(AT_END[fault], callback);
    });
  }
}

function refuse(fault: Fault | undefined, callback: Answer): void {
  const [responseCode, message] = fault ?? [];
  callback(fault ? Object.assign(new Error(message), { responseCode }) : null);
}

function urlOf(address: AddressInfo | string | null): string {
  return `smtp://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`;
}

function localPart(address: string): string {
  return address.split('@')[0] ?? '';
}

/** A port that takes connections and says nothing. */
export async function aSilentPort(): Promise<{ readonly url: string; readonly close: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { url: urlOf(server.address()), close };
}
