import { createHash, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';

/** A key that signs for a domain: `<selector>._domainkey.<domain>` tells the world its public half. */
export type DkimKey = {
  readonly domain: string;
  readonly selector: string;
  /** RSA, private. */
  readonly key: KeyObject;
};

/**
 * What a reader sees or a click acts on. Named once more than it stands there, so that nobody can put a second one
 * before it and keep the signature (RFC 6376 §8.15).
 */
const SEALED = ['From', 'Reply-To', 'Subject', 'Date', 'To', 'Cc', 'MIME-Version', 'Content-Type'];
/** Of marketing, the same: RFC 8058 §4 wants both under the signature. Forwarding lists put them on other mail. */
const SEALED_IF_THERE = ['List-Id', 'List-Unsubscribe', 'List-Unsubscribe-Post'];
/** Relays may add one of their own, which has to leave the signature whole. */
const SIGNED = ['Message-ID', 'Content-Language', 'Auto-Submitted', 'Feedback-ID'];

/** In libuv's threads: an RSA signature takes 0.4 ms, in which the event loop goes on. */
const signAside = promisify<string, Buffer, KeyObject, Buffer>(sign);

type Field = { readonly name: string; readonly text: string };

/**
 * Signs a message as it will leave, by RSA-SHA256 over its relaxed form, and puts the signature on top.
 *
 * @param raw with CRLF throughout
 * @param at when it is signed, epoch milliseconds
 * @see RFC 6376, RFC 8301
 */
export async function signMessage(
  raw: Buffer,
  { domain, selector, key }: DkimKey,
  at: number,
): Promise<Buffer> {
  const end = raw.indexOf('\r\n\r\n');
  if (end < 0) throw new Error('a message has an empty line after its headers');
  const fields = fieldsOf(raw.toString('latin1', 0, end));
  const names = namesToSign(fields);
  const unsigned = [
    'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;',
    `d=${domain}; s=${selector};`,
    `t=${Math.floor(at / 1000)};`,
    `h=${inLines(names.join(':'), /.{1,70}(?::|$)/g)};`,
    `bh=${bodyHash(raw.toString('latin1', end + 4))};`,
    'b=',
  ].join('\r\n ');
  const signature = await signAside('sha256', Buffer.from(hashed(fields, names, unsigned), 'latin1'), key);
  return Buffer.concat([
    Buffer.from(`${unsigned}${inLines(signature.toString('base64'), /.{1,72}/g)}\r\n`),
    raw,
  ]);
}

/** The header fields in order, each with its folding. */
function fieldsOf(head: string): readonly Field[] {
  return head.split(/\r\n(?![ \t])/).map((text) => ({ name: text.slice(0, text.indexOf(':')).trim(), text }));
}

function namesToSign(fields: readonly Field[]): readonly string[] {
  const there = (name: string) => fields.filter((field) => isCalled(field, name)).map(() => name);
  return [
    ...SEALED.flatMap((name) => [...there(name), name]),
    ...SEALED_IF_THERE.flatMap((name) => (there(name).length > 0 ? [...there(name), name] : [])),
    ...SIGNED.flatMap(there),
  ];
}

function isCalled({ name }: Field, wanted: string): boolean {
  return name.toLowerCase() === wanted.toLowerCase();
}

/** What the signature is made over: of several fields of one name the lowest comes first (RFC 6376 §5.4.2). */
function hashed(fields: readonly Field[], names: readonly string[], unsigned: string): string {
  const left = fields.toReversed();
  const lines = names.flatMap((name) => {
    const at = left.findIndex((field) => isCalled(field, name));
    return left.splice(at, at < 0 ? 0 : 1).map(({ text }) => `${relaxedField(text)}\r\n`);
  });
  return `${lines.join('')}${relaxedField(unsigned)}`;
}

/** RFC 6376 §3.4.2. */
function relaxedField(text: string): string {
  const colon = text.indexOf(':');
  const value = text
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
  return `${text.slice(0, colon).trim().toLowerCase()}:${value}`;
}

function bodyHash(body: string): string {
  return createHash('sha256').update(relaxedBody(body), 'latin1').digest('base64');
}

/** RFC 6376 §3.4.4: blanks at the ends of lines go, others become one space, and so do empty lines at the end. */
function relaxedBody(body: string): string {
  const relaxed = body.replaceAll(/[ \t]+(?=\r\n|$)/g, '').replaceAll(/[ \t]{2,}|\t/g, ' ');
  let end = relaxed.length;
  while (relaxed.endsWith('\r\n', end)) end -= 2;
  return end > 0 ? `${relaxed.slice(0, end)}\r\n` : '';
}

/** Text in pieces, each on a line of its own. */
function inLines(text: string, pieces: RegExp): string {
  return (text.match(pieces) ?? []).join('\r\n ');
}
