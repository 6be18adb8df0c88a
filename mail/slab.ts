/** Bytes that are asked of the system at once. */
const SLAB = 512 * 1024;
/** Longer mails get memory of their own. */
const SHARED = SLAB / 4;

/**
 * Memory for mails, many to a slab. A buffer each makes the collector go over everything that lives, every few thousand
 * mails, which took as long as making them (`bench/mails.ts`). A slab is let go with the last of its mails.
 */
export class Slab {
  #bytes = Buffer.alloc(0);
  #used = 0;

  /** The text as bytes of its own; `latin1` only where each character is a byte. */
  write(text: string, encoding: 'latin1' | 'utf8'): Buffer {
    const length = encoding === 'latin1' ? text.length : Buffer.byteLength(text);
    if (length > SHARED) return Buffer.from(text, encoding);
    if (this.#used + length > this.#bytes.length) {
      this.#bytes = Buffer.allocUnsafeSlow(SLAB);
      this.#used = 0;
    }
    const from = this.#used;
    this.#used += length;
    this.#bytes.write(text, from, length, encoding);
    return this.#bytes.subarray(from, from + length);
  }
}
