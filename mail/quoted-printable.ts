/** Longest line of a mail's body without its CRLF, the `=` of a soft break included (RFC 2045 §6.7). */
const LINE = 76;
/** Characters that stand as they are. */
const LITERAL = new Set(
  Array.from({ length: 0x7f }, (_, code) => String.fromCharCode(code)).filter((character) =>
    /[\t\x20-\x3c\x3e-\x7e]/.test(character),
  ),
);
const HEX = Array.from({ length: 256 }, (_, code) => `=${code.toString(16).toUpperCase().padStart(2, '0')}`);
/** A line of ASCII, of any length. */
const ASCII = /^[\t\x20-\x7e]+$/;
const PLAIN = /^[\x20-\x3c\x3e-\x7e]{1,75}$/;

/**
 * Encodes a piece of text that begins at the start of a line, and ends at one: with a soft break if it does not
 * end in a newline. So pieces encoded apart may follow each other in any order, and no line grows too long.
 */
export function encodePiece(text: string): string {
  if (PLAIN.test(text)) return `${text}=\r\n`;
  if (ASCII.test(text)) return `${wrapAscii(text.replaceAll('=', '=3D'))}=\r\n`;
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines.pop() ?? '';
  return lines.map((line) => `${encodeLine(line)}\r\n`).join('') + (last && `${wrap(last)}=\r\n`);
}

/** Reads what `encodePiece` wrote; lines end in `\n`. */
export function decode(encoded: string): string {
  const bytes = encoded
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replace(/\r\n/g, '\n');
}

/** A line with a hard end: a blank before it would be lost on the way, unless encoded. */
function encodeLine(line: string): string {
  const blank = /[ \t]$/.test(line) ? line.slice(-1) : '';
  const encoded = wrap(line.slice(0, line.length - blank.length));
  return blank ? `${encoded}=\r\n${hexOf(blank.charCodeAt(0))}` : encoded;
}

/** One line of ASCII, its equals signs encoded: the same as `wrap` makes of it, a line at a time. */
function wrapAscii(line: string): string {
  let wrapped = '';
  let from = 0;
  while (line.length - from > LINE - 1) {
    const end = from + LINE - 1;
    const split = [end - 1, end - 2].find((at) => line[at] === '=');
    wrapped += `${line.slice(from, split ?? end)}=\r\n`;
    from = split ?? end;
  }
  return wrapped + line.slice(from);
}

/** Characters stay whole: a soft break never falls between the bytes of one. */
function wrap(line: string): string {
  let wrapped = '';
  let width = 0;
  for (const character of line) {
    const encoded = LITERAL.has(character) ? character : hexOf(character.codePointAt(0) ?? 0);
    if (width + encoded.length > LINE - 1) {
      wrapped += '=\r\n';
      width = 0;
    }
    wrapped += encoded;
    width += encoded.length;
  }
  return wrapped;
}

/** The bytes of a character in UTF-8, each as `=` and two digits; half a surrogate pair is no character (U+FFFD). */
function hexOf(point: number): string {
  if (point >= 0xd800 && point <= 0xdfff) return hexOf(0xfffd);
  if (point < 0x80) return byte(point);
  if (point < 0x800) return byte(0xc0 | (point >> 6)) + trailing(point, 0);
  if (point < 0x10000) return byte(0xe0 | (point >> 12)) + trailing(point, 6) + trailing(point, 0);
  return byte(0xf0 | (point >> 18)) + trailing(point, 12) + trailing(point, 6) + trailing(point, 0);
}

function trailing(point: number, shift: number): string {
  return byte(0x80 | ((point >> shift) & 0x3f));
}

function byte(value: number): string {
  return HEX[value] ?? '';
}
