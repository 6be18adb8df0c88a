import { createHash } from 'node:crypto';

/** Header fields as they came: unfolded, their names in lower case; of several of a name the first. */
function headersOf(raw: Buffer): ReadonlyMap<string, string> {
  const end = /\r?\n\r?\n/.exec(raw.toString('latin1', 0, MOST_HEADER_BYTES))?.index ?? MOST_HEADER_BYTES;
  const lines = raw
    .toString('utf8', 0, end)
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (name && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}

const MOST_HEADER_BYTES = 65_536;

/**
 * Whether a program answered for somebody, as on a holiday, so that the mail says nothing of what they want
 * (RFC 3834 §5). A program that was told to leave a list writes `auto-generated`, and means it.
 *
 * @param sender of the envelope; programs leave it empty, so that they get no answer
 */
export function isAutoReply(raw: Buffer, sender: string): boolean {
  const headers = headersOf(raw);
  const isReport = /^multipart\/report\b/i.test(headers.get('content-type') ?? '');
  const isVacation = ['x-autoreply', 'x-autorespond', 'x-vacation'].some((name) => headers.has(name));
  const isAnswer = /^auto-(replied|notified)\b/i.test(headers.get('auto-submitted') ?? '');
  return sender === '' || isAnswer || isReport || isVacation || headers.get('precedence') === 'auto_reply';
}

/** Whether no person wrote it, for whatever reason: an answer to it would begin a talk among programs. */
export function isByProgram(raw: Buffer, sender: string): boolean {
  const headers = headersOf(raw);
  const isAuto = /^(?!no\b)\S/i.test(headers.get('auto-submitted') ?? '');
  const isOfMany = /^(bulk|junk|list)\b/i.test(headers.get('precedence') ?? '') || headers.has('list-id');
  return isAuto || isOfMany || isAutoReply(raw, sender);
}

/** What tells one mail from another, though it be brought twice. */
export function identityOf(raw: Buffer): string {
  const headers = headersOf(raw);
  const [id, date] = [headers.get('message-id'), headers.get('date')];
  const told = id ?? (date === undefined ? raw : `${date} ${headers.get('from')}`);
  return createHash('sha256').update(told).digest('hex').slice(0, 16);
}
