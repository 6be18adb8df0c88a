import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { decodeWords } from 'postal-mime';

/** One mail as it was handed over. */
export type Caught = {
  /** From 1, in order of arrival. */
  readonly n: number;
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  /** When it arrived, on the wall clock. */
  readonly at: string;
  /** Its own `Date` header, which in a time-lapse is another time. */
  readonly date: string;
  /** A mail with the same Message-ID came before. */
  readonly again: boolean;
};

export type Tally = {
  /** Mails taken over, however often each. */
  readonly delivered: number;
  /** Different Message-IDs. */
  readonly distinct: number;
  /** `delivered` less `distinct`. */
  readonly duplicates: number;
};

/** Every mail of this run, in memory: a mail of 20 kB takes about 5. */
export class Inbox {
  readonly #mails: Caught[] = [];
  readonly #sources: Buffer[] = [];
  readonly #seen = new Set<string>();

  add(source: Buffer, to: string, at: Date): void {
    const n = this.#mails.length + 1;
    const header = headerOf(source);
    const messageId = header('message-id') || `<without-message-id-${n}>`;
    const subject = decodeWords(header('subject')) || '(no subject)';
    const again = this.#seen.has(messageId);
    this.#seen.add(messageId);
    this.#sources.push(deflateRawSync(source, { level: 1 }));
    this.#mails.push({ n, messageId, to, subject, at: at.toISOString(), date: header('date'), again });
  }

  get tally(): Tally {
    const delivered = this.#mails.length;
    return { delivered, distinct: this.#seen.size, duplicates: delivered - this.#seen.size };
  }

  /** What came after the n-th, in order; after the 0th: everything. */
  after(n: number): readonly Caught[] {
    return this.#mails.slice(Math.max(0, n));
  }

  /** Newest first; `words` must all occur in the address or the subject. */
  search(words: string): readonly Caught[] {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = ({ to, subject }: Caught) => {
      const text = `${to} ${subject}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    };
    return this.#mails.filter(fits).reverse();
  }

  /** The mail and its source, byte for byte. */
  open(n: number): { readonly mail: Caught; readonly source: Buffer } | undefined {
    const [mail, source] = [this.#mails[n - 1], this.#sources[n - 1]];
    return mail && source && { mail, source: inflateRawSync(source) };
  }
}

/** Reads header fields, unfolded; the body is not looked at. */
function headerOf(source: Buffer): (name: string) => string {
  const end = source.indexOf('\r\n\r\n');
  const text = source.toString('utf8', 0, end < 0 ? source.length : end).replace(/\r\n[ \t]+/g, ' ');
  const fields = new Map<string, string>();
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return (name) => fields.get(name) ?? '';
}
