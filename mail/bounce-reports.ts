import { readComplaints } from './bounces/arf.ts';
import { readAutoReply } from './bounces/auto-reply.ts';
import { type Letter, readLetter } from './bounces/letter.ts';
import { isFromMailer } from './bounces/mailer.ts';
import { namesRecipient } from './bounces/notice.ts';
import { type Delivery, readDeliveries } from './bounces/reading.ts';

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
 * @param raw the mail as it came; at most its first 4 MiB and 20,000 lines are read
 */
export async function readReports(raw: Uint8Array): Promise<readonly Report[]> {
  return (await findings(raw)).map(({ report }) => report);
}

/**
 * The same, but nothing of a mail that says only that another is late: that may arrive yet, and another report comes
 * should it not (RFC 3464 §2.3.3).
 */
export async function readFinalReports(raw: Uint8Array): Promise<readonly Report[]> {
  const found = await findings(raw);
  return found.every(({ isLate }) => isLate) ? [] : found.map(({ report }) => report);
}

type Finding = { readonly report: Report; readonly isLate?: boolean };

async function findings(raw: Uint8Array): Promise<readonly Finding[]> {
  return findingsOf(await readLetter(raw), MOST_NESTED);
}

/** How deep a report may lie in other mails: some gateways and people forward it as an attachment. */
const MOST_NESTED = 2;

async function findingsOf(letter: Letter, deeper: number): Promise<readonly Finding[]> {
  const complaints = readComplaints(letter);
  if (complaints) return (complaints.length > 0 ? complaints : [undefined]).map(complaintOf);

  const inside = deeper > 0 && isWrapper(letter) ? await enclosedIn(letter, deeper) : [];
  if (inside.length > 0) return inside;
  const deliveries = once(readDeliveries(letter));
  return deliveries.length > 0 ? deliveries.map(deliveryOf) : autoReplyOf(letter);
}

/** Whether a mail only passes another on: a mail system that names nobody itself, or a person who forwards it whole. */
function isWrapper(letter: Letter): boolean {
  if (letter.enclosed.length === 0 || letter.statuses.length > 0) return false;
  return isFromMailer(letter) ? !namesRecipient(letter) : FORWARDED.test(letter.subject);
}

const FORWARDED = /^\s*(?:fwd?|wg|tr|rv|i)\s?:/i;

async function enclosedIn(letter: Letter, deeper: number): Promise<readonly Finding[]> {
  for (const raw of letter.enclosed) {
    const inner = await readLetter(Buffer.from(raw));
    if (inner.statuses.length === 0 && inner.enclosed.length === 0) continue;
    const found = await findingsOf(inner, deeper - 1);
    if (found.length > 0) return found;
  }
  return [];
}

function autoReplyOf(letter: Letter): readonly Finding[] {
  const from = readAutoReply(letter);
  if (from === undefined) return [];
  return [{ report: { ...(from ? { recipient: from } : {}), kind: 'auto-reply' } }];
}

function complaintOf(recipient: string | undefined): Finding {
  return { report: { ...(recipient ? { recipient } : {}), kind: 'spam-complaint' } };
}

function deliveryOf({ manner, words, ...known }: Delivery): Finding {
  const diagnostic = oneLine(words);
  const kind = manner === 'delivered' ? 'delivered' : 'bounce';
  const report = { ...known, kind, ...(diagnostic ? { diagnostic } : {}) } as const;
  return { report, isLate: manner === 'delayed' };
}

/** One report per recipient: some mailers tell one twice. */
function once(deliveries: readonly Delivery[]): readonly Delivery[] {
  const seen = new Set<string>();
  return deliveries.filter(({ recipient = '' }) => seen.size < seen.add(recipient).size);
}

/** How much of a server's words is kept, characters. */
const MOST_WORDS = 1000;

function oneLine(words: string): string {
  return words.replace(/\s+/g, ' ').trim().slice(0, MOST_WORDS);
}
