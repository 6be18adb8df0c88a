import { readComplaints } from './bounces/arf.ts';
import { type Outcome, readOutcomes } from './bounces/dsn.ts';
import { type Letter, readLetter } from './bounces/letter.ts';
import { verdictOn } from './bounces/verdict.ts';

/** What one mail tells of one recipient. */
export type Report = {
  /** The address we wrote to, lower case; absent where the mail does not tell it. */
  readonly recipient?: string;
  readonly kind: 'bounce' | 'spam-complaint' | 'auto-reply' | 'delivered';
  /** Of a bounce: `hard` ends the address, `soft` may pass, `policy` blames us, never the person. */
  readonly class?: 'hard' | 'soft' | 'policy';
  /** The enhanced status code (RFC 3463), if any is given. */
  readonly status?: string;
  /** The server's own words, on one line. */
  readonly diagnostic?: string;
};

/**
 * Reads what a mail tells of deliveries: bounces, spam complaints, automatic replies, receipts. Of any other mail, and
 * of what cannot be read, it tells nothing. It never throws.
 *
 * @param raw the mail as it came, at most its first 4 MiB are read
 */
export async function readReports(raw: Uint8Array): Promise<readonly Report[]> {
  const letter = await readLetter(raw);
  const complaints = readComplaints(letter);
  if (complaints) return (complaints.length > 0 ? complaints : [undefined]).map(complaintOf);
  return letter.statuses.flatMap(readOutcomes).map((outcome) => reportOf(outcome, letter));
}

function complaintOf(recipient: string | undefined): Report {
  return { ...(recipient ? { recipient } : {}), kind: 'spam-complaint' };
}

function reportOf({ recipient, action, status, words }: Outcome, _letter: Letter): Report {
  const known = { ...(recipient ? { recipient } : {}), ...(words ? { diagnostic: oneLine(words) } : {}) };
  if (action === 'delivered') return { ...known, kind: 'delivered', ...(status ? { status } : {}) };
  const verdict = verdictOn({ words, status });
  return { ...known, kind: 'bounce', ...verdict, ...(action === 'delayed' ? { class: 'soft' } : {}) };
}

/** How much of a server's words is kept, characters. */
const MOST_WORDS = 1000;

function oneLine(words: string): string {
  return words.replace(/\s+/g, ' ').trim().slice(0, MOST_WORDS);
}
