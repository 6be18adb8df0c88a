/** How much of a mail is read, bytes: what tells why it came back stands at its top. */
const MOST_BYTES = 4 * 1024 * 1024;

/** How many lines of it are read: an empty line costs as much as a full one. */
const MOST_LINES = 20_000;

/**
 * The bytes of a mail as one character each, with lines ending in \n, without what a mailbox file puts before a mail.
 *
 * @see RFC 4155 on the "From " line
 */
export function wholeText(raw: Uint8Array): string {
  const text = withoutWideCharacters(
    Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, MOST_BYTES)),
  );
  const lines = text.replaceAll('\r\r\n', '\n').replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  return firstLines(lines.replace(/^(?:\n|>?From [^\n]{0,400}\n){1,20}/, ''));
}

function firstLines(text: string): string {
  let end = 0;
  for (let line = 0; line < MOST_LINES; line++) {
    end = text.indexOf('\n', end) + 1;
    if (end === 0) return text;
  }
  return text.slice(0, end);
}

/** Some tools save a mail as UTF-16; its characters are one byte again here. */
function withoutWideCharacters(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || (bytes[1] === 0 && bytes[3] === 0)) {
    return narrow(new TextDecoder('utf-16le').decode(bytes));
  }
  if (mark === 'feff' || (bytes[0] === 0 && bytes[2] === 0)) {
    return narrow(new TextDecoder('utf-16be').decode(bytes));
  }
  const marked = bytes.subarray(0, 3).toString('hex') === 'efbbbf' ? bytes.subarray(3) : bytes;
  return marked.toString('latin1');
}

function narrow(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
