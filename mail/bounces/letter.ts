import PostalMime, { type Email } from 'postal-mime';
import { type Fields, readFields } from './fields.ts';
import { splitOriginal } from './original.ts';
import { plainText } from './plain-text.ts';
import { wholeText } from './raw-text.ts';
import { endsInReply, isCut } from './whole.ts';

/** A mail that may be a report, taken apart. */
export type Letter = {
  readonly fields: Fields;
  readonly subject: string;
  /** What it says to people, up to the mail it returns. */
  readonly notice: string;
  /** Its parts for machines about deliveries, RFC 3464. */
  readonly statuses: readonly string[];
  /** Its parts for machines about complaints, RFC 5965. */
  readonly feedbacks: readonly string[];
  /** The header of the mail it returns, as far as it does. */
  readonly original: Fields;
  /** The mails enclosed whole, as they came. */
  readonly enclosed: readonly string[];
  /** The types of all its parts, lower case. */
  readonly types: ReadonlySet<string>;
  /** Whether it ends before what it tells is complete. */
  readonly isCut: boolean;
};

const OPTIONS = { forceRfc822Attachments: true, attachmentEncoding: 'arraybuffer' } as const;

/** Takes a mail apart, however broken. */
export async function readLetter(raw: Uint8Array): Promise<Letter> {
  const text = wholeText(raw);
  const email = await PostalMime.parse(Buffer.from(text, 'latin1'), OPTIONS).catch(() => undefined);
  return email ? letterOf(email, text) : brokenLetter(text);
}

/** A mail whose parts nothing can tell apart is read as one text. */
function brokenLetter(text: string): Letter {
  const end = text.indexOf('\n\n');
  const [notice, original] = splitOriginal(end < 0 ? '' : text.slice(end + 2));
  const fields = readFields(text);
  const none = { statuses: [], feedbacks: [], enclosed: [], types: new Set<string>() };
  return { ...none, isCut: true, fields, subject: fields.get('subject')?.[0] ?? '', notice, original };
}

function letterOf(email: Email, text: string): Letter {
  const parts = email.attachments.map(partOf);
  const [notice, quoted] = splitOriginal(plainText(email.text, email.html));
  const returned = parts.filter(({ type }) => ORIGINALS.test(type));
  const known = returned.map((part) => readFields(part.text.trimStart())).find(({ size }) => size > 0);
  const statuses = parts.filter(
    ({ type, text }) => STATUSES.test(type) || (!ORIGINALS.test(type) && FINAL.test(text)),
  );
  const fields = readFields(text);
  const ends = quoted.size === 0 && returned.length === 0 && endsInReply(text);
  return {
    fields,
    isCut: ends || isCut(text, fields, statuses.length > 0),
    subject: email.subject ?? '',
    notice,
    statuses: statuses.map((part) => part.text),
    feedbacks: parts.filter(({ type }) => type === 'message/feedback-report').map((part) => part.text),
    original: known ?? quoted,
    enclosed: returned.filter(({ type }) => type !== 'text/rfc822-headers').map((part) => part.text),
    types: new Set([
      ...parts.map(({ type }) => type),
      email.headers.find(({ key }) => key === 'content-type')?.value.toLowerCase() ?? '',
    ]),
  };
}

const ORIGINALS =
  /^(?:message\/(?:rfc822|global|partial|rfc822-headers|global-headers|external-body)|text\/(?:x-)?rfc822(?:-headers?)?)$/;
const STATUSES = /^(?:message|text)\/(?:x-?|global-)?delivery-status$/;
const FINAL = /^(?:final|original)-recipient[ \t]{0,3}:/im;

type Part = { readonly type: string; readonly text: string };

function partOf({ mimeType, content }: Email['attachments'][number]): Part {
  const text = typeof content === 'string' ? content : Buffer.from(new Uint8Array(content)).toString('utf8');
  return { type: mimeType, text: text.slice(0, PART_LENGTH).replaceAll('\r\n', '\n') };
}

/** How much of a part is read, characters. */
const PART_LENGTH = 400_000;
