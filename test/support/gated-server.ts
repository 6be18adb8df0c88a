import { SMTPServer } from 'smtp-server';

/** A real SMTP server on loopback that can keep its clients waiting at the recipient, refuse, or fall silent. */
export class GatedServer {
  /** What it took in, answered or not. */
  readonly messages: string[] = [];
  silentAfterMessage = false;
  #refusals: { readonly responseCode: number; readonly message: string }[] = [];
  #isOpen = true;
  #waiting: (() => void)[] = [];
  #arrived: (() => void)[] = [];
  readonly #server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_address, _session, callback) => {
      const refusal = this.#refusals.shift();
      if (refusal) return callback(Object.assign(new Error(refusal.message), refusal));
      if (this.#isOpen) return callback();
      this.#waiting.push(() => callback());
      for (const arrived of this.#arrived.splice(0)) arrived();
    },
    onData: (stream, _session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        this.messages.push(Buffer.concat(chunks).toString());
        if (!this.silentAfterMessage) callback();
      });
    },
  });

  async listen(): Promise<this> {
    this.#server.on('error', () => {}); // a client that gave up
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return this;
  }

  get url(): string {
    const address = this.#server.server.address();
    return `smtp://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`;
  }

  /** Keeps whoever names a recipient waiting, until it is opened. */
  shut(): void {
    this.#isOpen = false;
  }

  open(): void {
    this.#isOpen = true;
    for (const go of this.#waiting.splice(0)) go();
  }

  someoneWaits(): Promise<void> {
    if (this.#waiting.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#arrived.push(resolve);
    });
  }

  refuseNext(responseCode: number, message: string): void {
    this.#refusals.push({ responseCode, message });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}
