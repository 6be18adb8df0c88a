import type { Readable } from 'node:stream';
import { SMTPServer } from 'smtp-server';

/** What the sink sees of one mail, in order; at each of them its sender may be killed. */
export type Seen = 'mid-DATA' | 'after the final dot' | 'before settle';

/** A real SMTP server on loopback that tells what it sees at once, and keeps each message it got whole. */
export class CrashSink {
  /** Every whole message, in order. */
  readonly messages: string[] = [];
  readonly #seen: (what: Seen) => boolean;
  readonly #server: SMTPServer;

  /** @param seen is told at once; answers whether the sender was killed there */
  constructor(seen: (what: Seen) => boolean) {
    this.#seen = seen;
    this.#server = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, _session, callback) => this.#receive(stream, callback),
    });
  }

  async listen(): Promise<this> {
    this.#server.on('error', () => {}); // a client that was killed
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return this;
  }

  get url(): string {
    const address = this.#server.server.address();
    return `smtp://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`;
  }

  /** The copies of each message, by its Message-ID. */
  copies(): ReadonlyMap<string, readonly string[]> {
    return Map.groupBy(this.messages, (raw) => /^Message-ID: *(<[^>]+>)/im.exec(raw)?.[1] ?? raw);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #receive(stream: Readable, callback: () => void): void {
    const chunks: Buffer[] = [];
    let isCut = false; // its sender died in the middle: what the network still held is lost
    stream.on('data', (chunk: Buffer) => {
      if (chunks.length === 0) isCut = this.#seen('mid-DATA');
      chunks.push(chunk);
    });
    stream.on('end', () => {
      if (isCut) return;
      this.messages.push(Buffer.concat(chunks).toString());
      if (this.#seen('after the final dot')) return;
      callback();
      setImmediate(() => this.#seen('before settle'));
    });
  }
}
