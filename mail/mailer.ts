import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { type Admit, type Envelope, type HandOver, handOver } from './hand-over.ts';
import type { Sign } from './signer.ts';
import { Slots } from './slots.ts';
import { closeOn, openLine, type SmtpTarget, smtpTarget } from './smtp-line.ts';

export type MailerOptions = {
  /** `smtp://user:password@host:port`, `smtps://…`; nodemailer's options as query parameters. */
  readonly smtpUrl: string;
  /** Most connections at the same time. @default 4 */
  readonly connections?: number;
  /** Longest time one delivery may take, waiting for a connection included. @default 10 minutes */
  readonly timeoutMs?: number;
  /** Signs all that leaves; absent: a relay does. */
  readonly sign?: Sign | undefined;
};

/** Carries ready messages to the mail server. */
export type Mailer = {
  /**
   * Delivers one message, made by a `Renderer`, unless `admit` refuses it at the server's `354`. A server out of reach is `delayed`, and so is
   * a message that cannot be signed.
   *
   * @throws what `admit` throws; then nothing was sent
   */
  deliver(envelope: Envelope, raw: string, admit: Admit): Promise<HandOver>;
  /** Ends the connections, each once its message is through. Nothing is delivered afterwards. */
  close(): Promise<void>;
};

type Mail = { readonly envelope: Envelope; readonly raw: Buffer; readonly admit: Admit };

/** After so many messages a connection is renewed: many servers end it at a hundred by themselves. */
const MESSAGES_PER_CONNECTION = 90;

/** Of its time a delivery waits one part in so many for a connection: what begins late would be cut off half-way. */
const WAITING = 2;

/** Makes a mailer with a small pool of connections, one attempt a connection at a time. */
export function createMailer({ smtpUrl, connections = 4, sign, ...options }: MailerOptions): Mailer {
  const timeoutMs = Math.floor(options.timeoutMs ?? 600_000); // timers refuse fractions
  const slots = new Slots(connections);
  const pool = new Pool(smtpTarget(smtpUrl, timeoutMs));

  return {
    async deliver(envelope, raw, admit) {
      const deadline = AbortSignal.timeout(timeoutMs);
      const patience = AbortSignal.timeout(Math.floor(timeoutMs / WAITING));
      const bytes = Buffer.from(raw);
      const signed = sign ? await sign(bytes) : { kind: 'signed' as const, raw: bytes };
      if (signed.kind === 'unsigned') return { kind: 'delayed', reply: `not signed: ${signed.because}` };
      if (!(await slots.take(patience))) return { kind: 'delayed', reply: 'no connection came free' };
      try {
        return await pool.carry({ envelope, raw: signed.raw, admit }, deadline);
      } finally {
        slots.give();
      }
    },
    async close() {
      await slots.drain();
      pool.close();
    },
  };
}

/** The connections that wait for a message. */
class Pool {
  readonly #idle: SMTPConnection[] = [];
  readonly #carried = new WeakMap<SMTPConnection, number>();
  readonly #target: SmtpTarget;

  constructor(target: SmtpTarget) {
    this.#target = target;
  }

  async carry(mail: Mail, deadline: AbortSignal): Promise<HandOver> {
    const waiting = this.#idle.pop();
    const first = waiting && (await this.#tryWaiting(waiting, mail, deadline));
    if (first) return first;
    const fresh = await openLine(this.#target, deadline);
    return 'kind' in fresh ? fresh : this.#over(fresh, mail, deadline);
  }

  close(): void {
    for (const connection of this.#idle.splice(0)) leave(connection);
  }

  /** Nothing, if the server had ended the connection meanwhile and the message was never asked for. */
  async #tryWaiting(waiting: SMTPConnection, mail: Mail, deadline: AbortSignal) {
    let asked = false;
    const admit = () => {
      asked = true;
      return mail.admit();
    };
    const outcome = await this.#over(waiting, { ...mail, admit }, deadline);
    const ended = outcome.kind === 'delayed' && (!('code' in outcome) || outcome.code === 421);
    return ended && !asked && !deadline.aborted ? undefined : outcome;
  }

  async #over(connection: SMTPConnection, mail: Mail, deadline: AbortSignal): Promise<HandOver> {
    const leaveOpen = closeOn(deadline, connection);
    try {
      const outcome = await handOver(connection, mail.envelope, mail.raw, mail.admit);
      if (outcome.kind === 'accepted') this.#keep(connection);
      else connection.close();
      return outcome;
    } finally {
      leaveOpen();
    }
  }

  #keep(connection: SMTPConnection): void {
    const carried = (this.#carried.get(connection) ?? 0) + 1;
    this.#carried.set(connection, carried);
    if (connection.destroyed) return;
    if (carried >= MESSAGES_PER_CONNECTION) leave(connection);
    else this.#idle.push(connection);
  }
}

/** Takes leave without waiting for the answer. */
function leave(connection: SMTPConnection): void {
  connection.quit();
  connection.close();
}
