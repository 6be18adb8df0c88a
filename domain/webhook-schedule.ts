const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long to wait after each attempt that failed (Standard Webhooks, "Retry schedule"): three days in all. */
const WAITS_MS = [
  ...[5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR],
  ...[10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR],
];

/** What becomes of a message after an attempt. */
export type AfterAttempt =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'again'; readonly at: number }
  | { readonly kind: 'given-up' };

/**
 * Decides what becomes of a message by what its receiver answered.
 *
 * @param status of HTTP; absent: there was no answer
 * @param attempts made before this one
 * @param spread 0–1: of many that failed at once each comes at a moment of its own, up to a fifth later
 */
export function afterAttempt(
  status: number | undefined,
  { attempts, now, spread }: { readonly attempts: number; readonly now: number; readonly spread: number },
): AfterAttempt {
  if (status !== undefined && status >= 200 && status < 300) return { kind: 'delivered' };
  const wait = WAITS_MS[attempts];
  if (wait === undefined || status === 410) return { kind: 'given-up' };
  return { kind: 'again', at: now + Math.round(wait * (1 + spread / 5)) };
}
