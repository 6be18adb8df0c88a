import { z } from 'zod';
import type { EventData } from './event.ts';
import { Line } from './incoming-customer.ts';
import { strict, wrong } from './strict.ts';

const MOST = 1_000_000;

const NO_NUMBER = `is not a number of points; write a whole one, not 0, of at most ${MOST}`;

/** The reason of points that a shop redeems: such a request is refused where there are not enough. */
export const SPENT = 'spent';

/** Points by hand: spent, with the reason `spent`; or corrected, up or down, with the reason in words. */
export const PointsRequest = strict({
  requestId: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
      'is not an id of a request; use letters, digits, dot, - and _',
    ),
  points: z
    .int({ error: wrong(NO_NUMBER) })
    .min(-MOST, NO_NUMBER)
    .max(MOST, NO_NUMBER)
    .refine((points) => points !== 0, NO_NUMBER),
  reason: Line,
}).refine(({ points, reason }) => reason !== SPENT || points < 0, {
  path: ['points'],
  error: 'is more than 0, and spent points go; write -100',
});
export type PointsRequest = z.output<typeof PointsRequest>;

/** Joins the loyalty programme, or leaves it. */
export const MembershipRequest = strict({
  change: z.enum(['join', 'leave'], { error: wrong('is not a change; known: join, leave') }),
  terms: Line.exactOptional(),
});
export type MembershipRequest = z.output<typeof MembershipRequest>;

/** An event of Rapport's own that is about the programme. */
type ProgrammeEvent = { readonly type: string; readonly at: number; readonly data: EventData };

/**
 * Somebody joins, or leaves.
 *
 * @param terms the version they agree to
 * @param by who did it: the name of an API key, or `page`
 */
export function membershipEvent(
  change: 'join' | 'leave',
  terms: string,
  by: string,
  at: number,
): ProgrammeEvent {
  return { type: 'membership', at, data: { change, terms, by } };
}

/** Points by hand, and whose: the name of an API key. */
export function pointsEvent({ points, reason }: PointsRequest, by: string, at: number): ProgrammeEvent {
  return { type: 'points', at, data: { points, reason, by } };
}

/** By what the event of a request is known, so that one that is repeated counts once. */
export function pointsEventId({ requestId }: PointsRequest): string {
  return `points/${requestId}`;
}
