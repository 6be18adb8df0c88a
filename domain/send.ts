/** Why a touch was settled without a mail (design §6). */
export type SkipReason =
  | 'erased'
  | 'merged'
  | 'suppressed'
  | 'no-consent'
  | 'objection'
  | 'expired'
  | 'condition'
  | 'holdout'
  | 'phase-left'
  | 'cancelled'
  | 'removed'
  | 'budget'
  | 'stock'
  | 'limit'
  | 'no-address'
  | 'rehearsal'
  | 'unsupported';

/** Whether a mail that was skipped would have left, and spends its caps as if it had. */
export function isVirtual(reason: SkipReason): boolean {
  return reason === 'holdout' || reason === 'rehearsal';
}

/** Why a touch has to wait; without an `until` it waits for the reason to be lifted. */
export type PostponeReason =
  | 'quiet-hours'
  | 'cap'
  | 'hold'
  | 'paused'
  | 'warm-up'
  | 'blackout'
  | 'weekday'
  | 'budget'
  | 'open-case'
  | 'stopped';

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

/** What became of a touch: of its mail, or that what it does in the place of one is `done`. */
export type TouchOutcome = SendOutcome | { readonly kind: 'done' };

/** The type of a failure of which nothing is known: no worker answered in time, so the attempt was lost with one. */
export const LOST = 'lost';

/** The ledger's key: which touch, which time, which customer. */
export function sendKey(send: { customerId: string; touch: string; occasion: string }): string {
  return `${send.customerId}/${send.touch}/${send.occasion}`;
}

/** Whether the customer has heard, or may have heard, what the mail told. */
export function isTold({ kind }: SendOutcome): boolean {
  return kind === 'accepted' || kind === 'unknown';
}

/** Whether what was taken for it is free again. What a holdout or a rehearsal skipped spends its caps as if it had left. */
export function nothingLeft(fate: SendOutcome): boolean {
  switch (fate.kind) {
    case 'accepted':
    case 'unknown':
      return false;
    case 'skipped':
      return !isVirtual(fate.reason);
    case 'rejected':
    case 'postponed':
    case 'delayed':
    case 'failed':
      return true;
  }
}
