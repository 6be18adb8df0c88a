import { SMTPServer } from 'smtp-server';

const GREYLISTED = { responseCode: 450, message: '4.7.1 Greylisted' };

/** A real SMTP server on loopback that can keep its clients waiting at the recipient, refuse, or fall silent. */
export class GatedServer {
  /** What it took in, answered or not. */
  readonly messages: string[] = [];
  silentAfterMessage = false;
  /** How long it thinks at each recipient, milliseconds. */
  slowMs = 0;
  /** Puts everybody off, again and again. */
  greylisting = false;
  #refusals: { readonly responseCode: number; readonly message: string }[] = [];
  #isOpen = true;
  #waiting: (() => void)[] = [];
  #unanswered: (() => void)[] = [];
  #arrived: (() => void)[] = [];
  readonly #server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_address, _session, callback) => {
      const refusal = this.greylisting ? GREYLISTED : this.#refusals.shift();
      if (refusal) return callback(Object.assign(new Error(refusal.message), refusal));
      if (this.#isOpen) return void setTimeout(callback, this.slowMs);
      this.#waiting.push(() => callback());
      for (const arrived of this.#arrived.splice(0)) arrived();
    },
    onData: (stream, _session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        this.messages.push(Buffer.concat(chunks).toString());
        if (this.silentAfterMessage) this.#unanswered.push(() => callback());
        else callback();
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

  /** Says at last that it took in what it has been silent about. */
  answer(): void {
    this.silentAfterMessage = false;
    for (const answer of this.#unanswered.splice(0)) answer();
  }

  /** How many wait at the door. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** What it took in for an address. */
  messagesTo(email: string): readonly string[] {
    return this.messages.filter((message) => message.includes(email));
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
