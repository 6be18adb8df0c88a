import { z } from 'zod';

/** A moment as one asks for it, in epoch milliseconds; of a day: its midnight, UTC. */
export const Day = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: 'is neither a day such as 2026-11-22 nor a time in RFC 3339',
  })
  .transform((text) => Date.parse(text));
