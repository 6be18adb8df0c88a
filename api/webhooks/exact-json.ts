import { parseStrictly } from '../json-body.ts';

/**
 * Parses JSON strictly, and keeps whole numbers that JavaScript would round as text: ids of eighteen digits are no
 * rarity.
 *
 * @throws Problem 400 for what is not JSON in UTF-8, 422 for forbidden keys and text
 */
export function parseExactly(body: Buffer): unknown {
  return parseStrictly(body, exactly);
}

function exactly(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? '';
  return /^-?\d+$/.test(source) ? source : value;
}
