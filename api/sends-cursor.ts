import type { Mark } from '../data/unsettled-sends.ts';
import { Problem } from './problem.ts';

/** Where the next page begins, for an address. */
export function cursorOf({ at, key }: Mark): string {
  return Buffer.from(`${at} ${key}`).toString('base64url');
}

/** @throws Problem 400 for what no page has given */
export function readCursor(cursor: string | undefined): Mark | undefined {
  if (cursor === undefined) return undefined;
  const [, at = '', key = ''] = /^(\d{1,15}) (.+)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (key === '') throw new Problem(400, 'cursor is not the `next` of a page of /v1/sends');
  return { at: Number(at), key };
}
