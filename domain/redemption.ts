import type { Grant } from './grant.ts';

/** That a grant was used: for which order, and when; epoch milliseconds. */
export type Redemption = { readonly orderId: string; readonly at: number; readonly requestId?: string };

/** Thrown when a grant is redeemed that is not open, as another order was quicker. */
export class NotRedeemable extends Error {
  override readonly name = 'NotRedeemable';
}

/** Whether an order may redeem a grant; `again`: it has, and nothing is to be done. */
export type Verdict = 'open' | 'again' | 'unknown' | 'used' | 'expired';

/**
 * Judges whether an order may redeem a grant at a moment.
 *
 * @param grant of the code; absent: there is none
 */
export function verdictOn(
  grant: Pick<Grant, 'status' | 'redeemed' | 'expiresAt'> | undefined,
  { orderId, at }: Redemption,
): Verdict {
  switch (grant?.status) {
    case undefined:
    case 'released':
      return 'unknown';
    case 'redeemed':
      return grant?.redeemed?.orderId === orderId ? 'again' : 'used';
    case 'expired':
      return 'expired';
    case 'pending':
    case 'confirmed':
      return grant?.expiresAt !== undefined && grant.expiresAt <= at ? 'expired' : 'open';
  }
}

/** Codes that a person may mean who typed this: those we make are in capitals, those of a shop's own may not be. */
export function codesMeant(typed: string): readonly string[] {
  const code = typed.trim();
  return [...new Set([code, code.toUpperCase()])];
}
