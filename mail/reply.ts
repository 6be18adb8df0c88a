import PostalMime from 'postal-mime';
import { plainText } from './bounces/plain-text.ts';

/** What a person wrote back to us. */
export type Reply = {
  /** Their own words, without the mail they answer; empty: there are none. */
  readonly text: string;
  /** What they sent along, by name; it is not kept. */
  readonly attachments: readonly string[];
};

/** How much of a reply is kept, as of a complaint by any other way; characters. */
const MOST = 9_500;
const MOST_NAMED = 10;
const MOST_NAME = 80;

/** Reads what a person answered, however broken their mail; of their words the first 9,500 characters. */
export async function readReply(raw: Uint8Array): Promise<Reply> {
  const email = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' }).catch(() => undefined);
  if (!email) return { text: '', attachments: [] };
  const written = plainText(email.text, email.html).replaceAll('\r\n', '\n');
  const own = ownWords(written) || written.trim() || (email.subject ?? '').trim();
  return {
    text: own.slice(0, MOST).trim(),
    attachments: email.attachments
      .slice(0, MOST_NAMED)
      .map(({ filename, mimeType }) => named(filename ?? mimeType)),
  };
}

/**
 * What somebody wrote themselves, above, below or between the lines of the mail they answer, as far as it is marked as
 * mail programs mark it; without their signature.
 */
export function ownWords(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line, at) => /^-- ?$/.test(line) || isHeadOfCopy(lines, at));
  const kept = (end < 0 ? lines : lines.slice(0, end)).filter((line) => !line.startsWith('>'));
  return kept
    .join('\n')
    .replaceAll(INTRODUCTION, (found) => (BY_PROGRAM.test(found) ? '\n' : found))
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** “On 1 June 2026, Anna wrote:”, over one line or two, in the languages of our mails and their neighbours. */
const INTRODUCTION =
  /^(?:On|Op|Am|Le)\b[^\n]{3,200}(?:\n[^\n]{0,200})?\b(?:wrote|schreef|geschreven|schrieb|écrit)\b[^\n]{0,120}(?:\n[^\n]{0,120})?:[ \t]*$/gim;

/** What a program writes there, and a person who tells a story does not: an address, a time, a year. */
const BY_PROGRAM = /@|\b\d{1,2}[:.]\d{2}\b|\b20\d\d\b/;

/** Where a program copies the whole mail, unmarked, below its head. */
function isHeadOfCopy(lines: readonly string[], at: number): boolean {
  const [line = '', ...next] = lines.slice(at, at + 5);
  if (/^-{2,}\s?[\p{L} ]{5,40}\s?-{2,}$/u.test(line)) return true;
  if (/^\*?(?:From|Van|Von|De)\*?\s?:/i.test(line)) {
    return next.some((one) => /^\*?(?:Sent|Date|Verzonden|Datum|Gesendet|Envoyé)\*?\s?:/i.test(one));
  }
  return isIntroduction(line, next[0] ?? '') && !next.some((one) => one.startsWith('>'));
}

/** An introduction after which nothing is marked: all below it is the copy. */
function isIntroduction(line: string, next: string): boolean {
  return [line, `${line}\n${next}`].some((text) => {
    const [found] = text.match(INTRODUCTION) ?? [];
    return found === text && BY_PROGRAM.test(text);
  });
}

function named(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').slice(0, MOST_NAME);
}
