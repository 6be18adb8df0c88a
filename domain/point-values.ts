import type { Membership } from './membership.ts';
import { standingAt } from './points.ts';

/** What a mail may say of a member's points. */
export type PointValues = {
  /** To spend now. */
  readonly balance: number;
  /** Earned, and to be spent later. */
  readonly pending: number;
  /** What expires next; 0 where nothing does. */
  readonly expiring: number;
  /** The last moment at which those can be spent, epoch milliseconds. */
  readonly until: number | null;
};

/** A member's points as a mail tells of them; `null` of no member. */
export function pointValues(membership: Membership | undefined, at: number): PointValues | null {
  if (!membership?.joined) return null;
  const { balance, pending, expiring } = standingAt(membership, at);
  const [next] = expiring;
  return { balance, pending, expiring: next?.points ?? 0, until: next ? next.at - 1 : null };
}
