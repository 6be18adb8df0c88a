/** Bytes of text in one encoded word of at most 75 characters (RFC 2047 §2): 45 bytes are 60 in base64. */
const WORD_BYTES = 45;
const LINE = 76;
/** Longest word that stands as it is: it leaves room for a header's name. */
const WORD = 60;

/** Words that stay together, each at most as long as a line. */
export function fold(name: string, words: readonly string[]): string {
  const whole = `${name}: ${words.join(' ')}`;
  if (whole.length <= LINE) return `${whole}\r\n`;
  let folded = `${name}:`;
  let width = folded.length;
  for (const word of words) {
    const fits = width + 1 + word.length <= LINE || width === name.length + 1;
    folded += fits ? ` ${word}` : `\r\n ${word}`;
    width = fits ? width + 1 + word.length : 1 + word.length;
  }
  return `${folded}\r\n`;
}

/** A name as it may stand before an address, as words to fold at. */
export function phrase(name: string): readonly string[] {
  if (!isPlain(name)) return encodedWords(name, 'Reply-To: '.length);
  if (/^[\w!#$%&'*+/=?^`{|}~ -]+$/.test(name)) return name.split(' ');
  const quoted = `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
  return quoted.length <= WORD ? [quoted] : encodedWords(name, 'Reply-To: '.length);
}

/** An unstructured text as words: as it is if it is ASCII, else as encoded words. */
export function encodeText(text: string, before: number): readonly string[] {
  const clean = oneLine(text);
  return isPlain(clean) ? clean.split(' ') : encodedWords(clean, before);
}

/** Encoded words never split a character, and the first leaves room for the header's name. */
function encodedWords(text: string, before: number): readonly string[] {
  const words: string[] = [];
  let chunk = '';
  let room = WORD_BYTES - Math.ceil((before * 3) / 4);
  for (const character of text) {
    const bytes = bytesOf(character);
    if (bytes > room) {
      words.push(encodedWord(chunk));
      chunk = '';
      room = WORD_BYTES;
    }
    chunk += character;
    room -= bytes;
  }
  return [...words, encodedWord(chunk)];
}

function encodedWord(text: string): string {
  return `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}

/** How many bytes a character takes in UTF-8, 1–4. */
function bytesOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

function isPlain(text: string): boolean {
  return (
    /^[\x20-\x7e]*$/.test(text) && !text.includes('=?') && !text.split(' ').some((word) => word.length > WORD)
  );
}

const IS_ONE_LINE = /^(?:[\x21-\x7e]+(?: [\x21-\x7e]+)*)?$/;

/** No value ends a header: line breaks and other controls become blanks. */
export function oneLine(text: string): string {
  if (IS_ONE_LINE.test(text)) return text;
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
