import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';

/** Who answers for a mail, and who gets it: one recipient, so that one reply is one outcome. */
export type Envelope = { readonly from: string; readonly to: string };

/** Makes the last checks; answers why not, or nothing. */
export type Admit = () => Promise<string | undefined>;

/** What became of one message at the door of the mail server. */
export type HandOver =
  | { readonly kind: 'accepted'; readonly reply: string }
  | { readonly kind: 'refused'; readonly because: string } // by us, at the last moment: nothing was sent
  | { readonly kind: 'rejected' | 'delayed'; readonly code: number; readonly reply: string }
  | { readonly kind: 'delayed' | 'unknown'; readonly reply: string }; // the connection was lost, before or after the message

/** The server wants us to sign in, or better: nothing is said of the recipient (RFC 4954). */
const OURS_TO_MEND = [530, 534, 535, 538];

type Verdict =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'refused'; readonly because: string }
  | { readonly kind: 'failed'; readonly error: unknown };

type Answer = { readonly accepted: string } | { readonly code?: number | undefined; readonly error: string };

/**
 * Hands one message to the mail server, and knows what became of it.
 *
 * The server's `354` asks for the message; only then is it read, so that moment is the last at which we may
 * still refuse, and the first after which a lost connection leaves the message's fate unknown. A connection
 * that is lost while `admit` is still asking is settled only after its answer: no check writes afterwards.
 * The connection is fit for another message only after `accepted`.
 *
 * @throws what `admit` throws; then nothing was sent
 * @see RFC 5321 §4.2.5 and RFC 1047 on who owns a message after its final dot
 */
export async function handOver(
  connection: SMTPConnection,
  envelope: Envelope,
  message: Buffer,
  admit: Admit,
): Promise<HandOver> {
  const gate = new Gate(message, admit);
  const answer = await Promise.race([answered(connection, envelope, gate.body), gate.barred]);
  gate.shut();
  const verdict = await gate.verdict;
  if (verdict?.kind === 'refused' || verdict?.kind === 'failed') connection.close(); // before the first byte
  if (verdict?.kind === 'failed') throw verdict.error;
  if (verdict?.kind === 'refused') return verdict;
  return outcomeOf(answer, gate.transmitting);
}

/** The message, and the last check that its first read sets off. */
class Gate {
  transmitting = false;
  verdict: Promise<Verdict> | undefined;
  readonly body: Readable;
  readonly barred: Promise<Answer>;
  #lost = false;
  #bar: (answer: Answer) => void = () => {};
  readonly #message: Buffer;

  constructor(message: Buffer, admit: Admit) {
    this.#message = message;
    this.barred = new Promise((resolve) => {
      this.#bar = resolve;
    });
    this.body = new Readable({
      read: () => {
        this.verdict ??= judge(admit).then((verdict) => this.#heed(verdict));
      },
    });
  }

  /** Lets nothing through any more. */
  shut(): void {
    this.#lost = true;
  }

  #heed(verdict: Verdict): Verdict {
    if (verdict.kind !== 'admitted') this.#bar({ error: 'barred' });
    else if (!this.#lost) {
      this.transmitting = true;
      this.body.push(this.#message);
      this.body.push(null);
    }
    return verdict;
  }
}

async function judge(admit: Admit): Promise<Verdict> {
  try {
    const because = await admit();
    return because ? { kind: 'refused', because } : { kind: 'admitted' };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** The server's last word on this message, or how the connection was lost. */
function answered(connection: SMTPConnection, envelope: Envelope, body: Readable): Promise<Answer> {
  return new Promise((resolve) => {
    const settle = (answer: Answer) => {
      connection.off('error', lost).off('end', ended);
      resolve(answer);
    };
    const lost = (error: Error & { responseCode?: number | undefined }) =>
      settle({ code: error.responseCode, error: error.message });
    // a 421 ends the connection just before its own callback: that one knows the code
    const ended = () => setImmediate(() => settle({ error: 'connection ended' }));
    connection.once('error', lost).once('end', ended);

    connection.send({ from: envelope.from, to: envelope.to }, body, (error, info) => {
      if (error) lost(error);
      else settle({ accepted: info?.response ?? '' });
    });
  });
}

function outcomeOf(answer: Answer, transmitting: boolean): HandOver {
  if ('accepted' in answer) return { kind: 'accepted', reply: answer.accepted };
  const { code = 0, error: reply } = answer;
  if (OURS_TO_MEND.includes(code)) return { kind: 'delayed', code, reply };
  if (code >= 500 && code < 600) return { kind: 'rejected', code, reply };
  if (code >= 400 && code < 500) return { kind: 'delayed', code, reply };
  return { kind: transmitting ? 'unknown' : 'delayed', reply };
}
