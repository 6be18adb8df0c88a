/** Why a touch was settled without a mail (design §6). */
export type SkipReason =
  | 'erased'
  | 'merged'
  | 'suppressed'
  | 'no-consent'
  | 'expired'
  | 'condition'
  | 'holdout'
  | 'phase-left'
  | 'cancelled'
  | 'removed'
  | 'budget'
  | 'no-address'
  | 'rehearsal'
  | 'unsupported';

/** Why a touch has to wait; without an `until` it waits for the reason to be lifted. */
export type PostponeReason = 'quiet-hours' | 'cap' | 'hold' | 'paused' | 'warm-up' | 'blackout' | 'stopped';

/** What became of an attempt to send. Never the server's words: those go to `sends`. */
export type SendOutcome =
  | { readonly kind: 'accepted' }
  | {
      readonly kind: 'rejected';
      readonly class: 'hard' | 'soft' | 'policy';
      readonly code?: number;
      /** RFC 3463, `5.1.1`. */
      readonly status?: string;
    }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | { readonly kind: 'postponed'; readonly until?: number; readonly reason: PostponeReason }
  | { readonly kind: 'delayed'; readonly until: number; readonly code?: number; readonly status?: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly type: string };

/** The type of a failure of which nothing is known: no worker answered in time, so the attempt was lost with one. */
export const LOST = 'lost';

/** The ledger's key: which touch, which time, which customer. */
export function sendKey(send: { customerId: string; touch: string; occasion: string }): string {
  return `${send.customerId}/${send.touch}/${send.occasion}`;
}
