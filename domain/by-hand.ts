/**
 * What a person decided of a mail of which nobody knows what became: it `arrived`, it was `lost`, or it is to be sent
 * again. Such decisions are only ever added.
 */
export type ByHand = {
  readonly what: 'arrived' | 'lost' | 'send-again';
  /** Who: the name of an API key, with the person's where it was told; or `page`. */
  readonly by: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly because: string;
};

/** Thrown when a person decides of a mail whose fate is not, or no longer, unknown. */
export class FateKnown extends Error {
  override readonly name = 'FateKnown';
}
