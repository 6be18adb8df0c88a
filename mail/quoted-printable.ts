import { Sheet } from './sheet.ts';

const sheet = new Sheet();

/** Encodes a text as one piece (see `Sheet`). */
export function encodePiece(text: string): string {
  sheet.begin();
  sheet.text(text);
  return sheet.take();
}

/** Reads pieces; lines end in `\n`. */
export function decode(encoded: string): string {
  const bytes = encoded
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replace(/\r\n/g, '\n');
}
