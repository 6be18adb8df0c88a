import type { SurpriseKind } from './surprise.ts';

/**
 * Where a grant stands: `pending` is taken out of its budget and not told yet, `released` was given back as nobody heard
 * of it, `confirmed` is the customer's; then it is redeemed, or expires.
 */
export const GRANT_STATUSES = ['pending', 'confirmed', 'released', 'redeemed', 'expired'] as const;

export type GrantStatus = (typeof GRANT_STATUSES)[number];

/** Statuses that count for what a customer may get, and for the budget. */
export const GIVEN: readonly GrantStatus[] = ['pending', 'confirmed', 'redeemed', 'expired'];

/** One customer's receipt of a surprise. */
export type Grant = {
  /** The send key of the mail that tells of it; without a mail `<customerId>/<surprise>/<cause>`. */
  readonly id: string;
  readonly customerId: string;
  /** By its name in the playbook. */
  readonly surprise: string;
  readonly kind: SurpriseKind;
  readonly status: GrantStatus;
  /** What it is called. */
  readonly title?: { readonly nl: string; readonly en: string };
  /** Minor units of `currency`. */
  readonly value?: number;
  readonly currency?: string;
  readonly code?: string;
  /** Of uploaded codes, where the code is from. */
  readonly pool?: string;
  /** Out of which budget it was taken, and how much: minor units, or one. */
  readonly budget: string;
  readonly cost: number;
  /** The touch that told of it; absent: it was given without a mail of its own. */
  readonly touch?: string;
  readonly occasion?: string;
  /** What it was given for, where no touch tells of it: a complaint's id, or a person's words. */
  readonly because?: string;
  /** Epoch milliseconds, as the other moments. */
  readonly reservedAt: number;
  readonly confirmedAt?: number;
  readonly releasedAt?: number;
  /** Until when it may be redeemed; absent: for ever. */
  readonly expiresAt?: number;
  readonly redeemed?: { readonly at: number; readonly orderId?: string; readonly requestId?: string };
};

/** Whether the customer has what was granted, or will as soon as its mail has left. */
export function isGiven({ status }: Pick<Grant, 'status'>): boolean {
  return GIVEN.includes(status);
}

/** Where a grant stands at a moment: what could be redeemed, and was not in time, has expired. */
export function statusAt({ status, code, expiresAt = Infinity }: Grant, at: number): GrantStatus {
  return status === 'confirmed' && code !== undefined && expiresAt <= at ? 'expired' : status;
}

/** What is to become of a pending grant: its mail told of it, did not and never will, or may yet. */
export type Fate =
  | { readonly kind: 'told' }
  | { readonly kind: 'untold' }
  /** Until then its attempt may live, epoch milliseconds. */
  | { readonly kind: 'under-way'; readonly until: number };

/**
 * Tells what is to become of a pending grant, by the state its mail has in the ledger.
 *
 * @param send as it is to be read: one that died while transmitting is `unknown`; absent: there is none, or no more
 * @param now the server's time, on which leases run
 */
export function fateOfPending(
  send: { readonly state: string; readonly leaseUntil: number | undefined } | undefined,
  now: number,
): Fate {
  const { state, leaseUntil = 0 } = send ?? { state: 'none' };
  if (state === 'accepted' || state === 'unknown') return { kind: 'told' };
  const mayLive = (state === 'claimed' || state === 'transmitting') && leaseUntil > now;
  return mayLive ? { kind: 'under-way', until: leaseUntil } : { kind: 'untold' };
}
