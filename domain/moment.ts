import { z } from 'zod';
import { wrong } from './strict.ts';

/** No shop was on the web before; an earlier date is a slip. */
const EARLIEST = Date.UTC(1990, 0, 1);
/** How far a shop's clock may run ahead of ours, milliseconds. */
const AHEAD_MS = 5 * 60_000;

/** A moment in RFC 3339, with `Z` or an offset; read as epoch milliseconds. */
export const Moment = z.iso
  .datetime({
    offset: true,
    abort: true,
    error: wrong('is not a time in RFC 3339; write it as 2026-11-22T10:00:00Z'),
  })
  .refine((text) => Date.parse(text) >= EARLIEST, 'is before 1990-01-01')
  .transform((text) => Date.parse(text));

/** What is wrong with the time of an event that arrives `now`, or undefined. */
export function checkTime(at: number, now: number): string | undefined {
  return at > now + AHEAD_MS ? 'is in the future' : undefined;
}
