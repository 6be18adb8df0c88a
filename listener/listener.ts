import type { Readable } from 'node:stream';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { ReturnPathRead } from '../domain/return-path.ts';
import type { TakeMail } from './take-mail.ts';

export type ListenerOptions = {
  /** Its name in the greeting. */
  readonly name: string;
  /** Which mail an address is about; undefined: it is not one of ours. */
  readonly read: (address: string) => ReturnPathRead | undefined;
  readonly take: TakeMail;
  readonly log: { warn(fields: Readonly<Record<string, unknown>>, message: string): void };
  /** In PEM; absent: nothing is encrypted. */
  readonly tls?: { readonly cert: string; readonly key: string };
};

export type Listener = {
  readonly port: number;
  /** Lets mails that are under way finish. */
  stop(): Promise<void>;
};

/**
 * Of each mail so many bytes are read; what follows is let pass. A report stands before the mail it is about, so a
 * long one tells as much; refused, it would be lost: nobody gets a bounce of a bounce (RFC 5321 §6.1).
 */
const READ_BYTES = 1_048_576;
/** A mail of more is no report of ours, whose mails have some ten thousand bytes. */
const MOST_BYTES = 26_214_400;
const MOST_RECIPIENTS = 10;
const MOST_CONNECTIONS = 200;
const MOST_CONNECTIONS_EACH = 20;
/** Addresses that are not ours, after which a connection has no more tries. */
const MOST_REFUSED = 10;
/** Of silence (RFC 5321 §4.5.3.2.7 asks for five minutes). */
const SILENCE_MS = 300_000;
const CLOSING_MS = 5_000;

/**
 * Listens for mail to addresses that we made: bounces, and people who leave. Any number may run. It relays nothing
 * and lets nobody sign in; a mail is answered 250 after what it means is kept, and 451 while that cannot be done.
 */
export async function listen(options: ListenerOptions, host: string, port: number): Promise<Listener> {
  const { tls, name, log } = options;
  const gate = new Gate();
  const server = new SMTPServer({
    ...{ name, banner: 'Rapport', size: MOST_BYTES, maxClients: MOST_CONNECTIONS },
    ...{ socketTimeout: SILENCE_MS, closeTimeout: CLOSING_MS, disableReverseLookup: true },
    ...(tls ?? {}),
    disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    onConnect: (session, answer) =>
      answer(gate.enter(session) ? null : refusal(421, '4.7.0 Too many connections')),
    onClose: (session) => gate.leave(session),
    onRcptTo: ({ address }, session, answer) => answer(gate.refuse(options.read(address), session)),
    onData(stream, session, answer) {
      receive(stream, session, options).then(
        (refused) => answer(refused),
        (error: unknown) => {
          log.warn(
            { error: error instanceof Error ? error.name : typeof error },
            'a mail waits with its sender',
          );
          answer(refusal(451, '4.3.0 Try again later'));
        },
      );
    },
  });
  server.on('error', () => {}); // of a connection that was lost: its mail was not taken
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  const address = server.server.address();
  return {
    port: address && typeof address === 'object' ? address.port : port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Who may come in, and how often they may be wrong. */
class Gate {
  readonly #from = new Map<string, number>();
  readonly #inside = new Set<string>();
  readonly #refused = new Map<string, number>();

  enter({ id, remoteAddress }: SMTPServerSession): boolean {
    const others = this.#from.get(remoteAddress) ?? 0;
    if (others >= MOST_CONNECTIONS_EACH) return false;
    this.#inside.add(id);
    this.#from.set(remoteAddress, others + 1);
    return true;
  }

  leave({ id, remoteAddress }: SMTPServerSession): void {
    this.#refused.delete(id);
    if (!this.#inside.delete(id)) return;
    const left = (this.#from.get(remoteAddress) ?? 1) - 1;
    if (left > 0) this.#from.set(remoteAddress, left);
    else this.#from.delete(remoteAddress);
  }

  refuse(read: ReturnPathRead | undefined, { id, envelope }: SMTPServerSession): Error | null {
    if (read && envelope.rcptTo.length < MOST_RECIPIENTS) return null;
    if (read) return refusal(452, '4.5.3 Too many recipients');
    const before = this.#refused.get(id) ?? 0;
    this.#refused.set(id, before + 1);
    return before < MOST_REFUSED
      ? refusal(550, '5.1.1 No such mailbox')
      : refusal(421, '4.7.0 Too many errors');
  }
}

/** Reads a mail and takes it in; answers why not, or nothing. */
async function receive(
  stream: Readable & { readonly sizeExceeded: boolean },
  { envelope }: SMTPServerSession,
  { read, take }: ListenerOptions,
): Promise<Error | null> {
  const raw = await beginningOf(stream);
  if (stream.sizeExceeded) return refusal(552, '5.3.4 Message too big');
  const sender = envelope.mailFrom ? envelope.mailFrom.address : '';
  await take({ raw, sender, to: envelope.rcptTo.flatMap(({ address }) => read(address) ?? []) });
  return null;
}

async function beginningOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    if (length < READ_BYTES) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks).subarray(0, READ_BYTES);
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
