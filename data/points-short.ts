import type { StoredEvent } from '../domain/event.ts';
import { SPENT } from '../domain/loyalty-requests.ts';
import type { Membership } from '../domain/membership.ts';
import { standingAt } from '../domain/points.ts';

/** Thrown when more points are to be spent than there are; nothing is kept. */
export class PointsShort extends Error {
  override readonly name = 'PointsShort';
  /** What can be spent; undefined: they are no member. */
  readonly balance: number | undefined;

  constructor(balance: number | undefined) {
    super(balance === undefined ? 'no member of the loyalty programme' : `${balance} points can be spent`);
    this.balance = balance;
  }
}

/**
 * Whether the points that an event spends are there.
 *
 * It is asked in the transaction that writes the customer by their number, so of two that spend the same points one
 * comes after the other, and is asked anew.
 *
 * @throws PointsShort when they are not
 */
export function assertCovered({ type, at, data }: StoredEvent, membership: Membership | undefined): void {
  if (type !== 'points' || data?.of !== undefined) return;
  if (!membership?.joined) throw new PointsShort(undefined);
  const balance = spendableAt(membership, at);
  const { points = 0, reason } = data ?? {};
  if (reason === SPENT && -Number(points) > balance) throw new PointsShort(balance);
}

/** What can be spent at a moment; of two that were asked for at once the later may be kept first, and counts too. */
function spendableAt(membership: Membership, at: number): number {
  const taken = membership.entries.flatMap((entry) => (entry.kind === 'earned' ? [] : entry.at));
  const moments = [at, Math.max(at, ...taken)];
  return Math.min(...moments.map((moment) => standingAt(membership, moment).balance));
}
