import Handlebars from 'handlebars';

/** Most bytes of a line before its soft break: 76 characters with the `=`, without the CRLF (RFC 2045 §6.7). */
const WIDTH = 75;
/** Room for most mails; a longer one is given more. */
const ROOM = 64 * 1024;
/** Most bytes that a byte of a value takes, `&quot;` and its share of soft breaks; and a character in UTF-8. */
const MOST = 8;
const MOST_UTF8 = 3;
/** Room for the end of a line, over and above. */
const BREAK = 8;

/** What becomes of a byte that does not stand as it is. */
const HEX = 1;
const ESCAPE = 2;
const LINE_END = 3;

/** What becomes of each byte of UTF-8; 0: it stands as it is. */
type Manner = Uint8Array;

const AS_TEXT: Manner = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0x0a || byte === 0x0d) return LINE_END;
  return byte === 0x3d || (byte < 0x20 && byte !== 0x09) || byte > 0x7e ? HEX : 0;
});
const AS_HTML: Manner = AS_TEXT.slice();
const ESCAPED: readonly Uint8Array[] = Array.from({ length: 0x80 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  const escaped = Handlebars.Utils.escapeExpression(character);
  if (escaped !== character) AS_HTML[byte] = ESCAPE;
  return Buffer.from(escaped);
});
const DIGITS = Buffer.from('0123456789ABCDEF');

/**
 * A sheet for one mail after the other: values are written into it in quoted-printable, byte by byte, between what was
 * encoded before. It is used again, since memory outside the runtime's own has the collector go over everything
 * that lives every few thousand mails, and a text that is put together of pieces is copied twice (`bench/mails.ts`).
 *
 * A piece begins at the start of a line, and ends at one: with a soft break if it does not end in a newline. So pieces
 * may follow each other in any order, and no line grows too long.
 */
export class Sheet {
  #bytes = Buffer.alloc(ROOM);
  /** The value that is being encoded, where it needs to be. */
  #value = Buffer.alloc(ROOM);
  #end = 0;
  /** Where the line is full. */
  #full = 0;

  /** Begins another mail; one that was not taken is forgotten. */
  begin(): void {
    this.#end = 0;
  }

  /** Takes what was written since. */
  take(): string {
    return this.#bytes.toString('utf8', 0, this.#end);
  }

  /** Writes what is encoded already. */
  put(encoded: Uint8Array): void {
    this.#makeRoom(encoded.length);
    this.#bytes.set(encoded, this.#end);
    this.#end += encoded.length;
  }

  /** Writes what stands as it is, whole lines. */
  plain(lines: string): void {
    this.#makeRoom(lines.length * MOST_UTF8);
    this.#end += this.#bytes.write(lines, this.#end);
  }

  /** Writes a value as a piece of a text part. */
  text(value: string): void {
    this.#piece(value, AS_TEXT);
  }

  /** Writes a value as a piece of an html part. */
  html(value: string): void {
    this.#piece(value, AS_HTML);
  }

  /** Most values stand as they are, on one line. */
  #piece(value: string, manner: Manner): void {
    if (value === '') return;
    this.#makeRoom(value.length * MOST_UTF8);
    const bytes = this.#bytes;
    const from = this.#end;
    const end = from + bytes.write(value, from);
    let special = 0;
    for (let at = from; at < end; at += 1) special |= manner[bytes[at] ?? 0] ?? 0;
    if (special === 0 && end - from <= WIDTH) {
      this.#end = end;
      this.#softBreak();
    } else this.#encode(from, end, manner);
  }

  /** Encodes what stands there, and ends the piece. */
  #encode(from: number, to: number, manner: Manner): void {
    const length = to - from;
    if (this.#value.length < length) this.#value = Buffer.alloc(2 * length);
    const value = this.#value;
    value.set(this.#bytes.subarray(from, to)); // before there is more room, where only what is written goes along
    this.#makeRoom(length * MOST);
    this.#full = this.#end + WIDTH;
    for (let at = 0; at < length; ) {
      const kind = manner[value[at] ?? 0];
      if (kind === 0) at = this.#run(at, length, manner);
      else if (kind === LINE_END) at = this.#hardBreak(at, length);
      else at = this.#special(at, kind);
    }
    if (this.#end > this.#full - WIDTH) this.#softBreak();
  }

  #special(at: number, kind: number | undefined): number {
    const byte = this.#value[at] ?? 0;
    if (kind === HEX) this.#hex(byte, widthOf(byte));
    else this.#escaped(ESCAPED[byte] ?? []);
    return at + 1;
  }

  /** Copies what stands as it is, as far as the line takes it. */
  #run(from: number, length: number, manner: Manner): number {
    this.#makeWay(1);
    const [value, bytes] = [this.#value, this.#bytes];
    const stop = Math.min(length, from + this.#full - this.#end);
    let at = from;
    let end = this.#end;
    do {
      bytes[end] = value[at] ?? 0;
      end += 1;
      at += 1;
    } while (at < stop && manner[value[at] ?? 0] === 0);
    this.#end = end;
    return at;
  }

  #escaped(characters: Iterable<number>): void {
    for (const character of characters) {
      this.#makeWay(1);
      this.#bytes[this.#end] = character;
      this.#end += 1;
    }
  }

  /** `=` and two digits. */
  #hex(byte: number, width: number): void {
    this.#makeWay(width);
    this.#bytes[this.#end] = 0x3d;
    this.#bytes[this.#end + 1] = DIGITS[byte >> 4] ?? 0;
    this.#bytes[this.#end + 2] = DIGITS[byte & 15] ?? 0;
    this.#end += 3;
  }

  /** Breaks a line that is too full for so many bytes. */
  #makeWay(width: number): void {
    if (this.#end + width <= this.#full) return;
    this.#softBreak();
    this.#full = this.#end + WIDTH;
  }

  #softBreak(): void {
    this.#bytes[this.#end] = 0x3d;
    this.#bytes[this.#end + 1] = 0x0d;
    this.#bytes[this.#end + 2] = 0x0a;
    this.#end += 3;
  }

  /** A blank before it would be lost on the way, unless encoded. */
  #hardBreak(at: number, length: number): number {
    const last = this.#bytes[this.#end - 1] ?? 0;
    if ((last === 0x20 || last === 0x09) && this.#end > this.#full - WIDTH) {
      this.#end -= 1;
      this.#hex(last, 3);
    }
    this.#bytes[this.#end] = 0x0d;
    this.#bytes[this.#end + 1] = 0x0a;
    this.#end += 2;
    this.#full = this.#end + WIDTH;
    const isPair = this.#value[at] === 0x0d && at + 1 < length && this.#value[at + 1] === 0x0a;
    return at + (isPair ? 2 : 1);
  }

  #makeRoom(length: number): void {
    const needed = this.#end + length + BREAK;
    if (needed <= this.#bytes.length) return;
    const more = Buffer.alloc(2 * needed);
    more.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = more;
  }
}

/** The bytes of a character stay together: its first needs room for all, those within for themselves. */
function widthOf(byte: number): number {
  if (byte < 0xc0) return 3;
  if (byte < 0xe0) return 6;
  return byte < 0xf0 ? 9 : 12;
}
