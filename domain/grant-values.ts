import type { Grant } from './grant.ts';

/** What a mail may say of what it gives; all `null` where it gives nothing. */
export type GrantValues = {
  /** `gift`, `coupon`, … */
  readonly kind: string | null;
  readonly title: string | null;
  /** In minor units of `currency`. */
  readonly value: number | null;
  readonly currency: string | null;
  readonly code: string | null;
  /** Until when it may be redeemed, epoch milliseconds. */
  readonly expires: number | null;
};

/** Of a mail that gives nothing. */
export const NO_GRANT: GrantValues = {
  ...{ kind: null, title: null, value: null, currency: null, code: null, expires: null },
};

/**
 * Tells what a mail may say of a grant.
 *
 * @param locale in which the mail is written
 */
export function grantValues(
  { kind, title, value, currency, code, expiresAt }: Omit<Grant, 'id' | 'customerId'>,
  locale: string,
): GrantValues {
  return {
    kind,
    title: title?.[locale.startsWith('nl') ? 'nl' : 'en'] ?? null,
    value: value ?? null,
    currency: currency ?? null,
    code: code ?? null,
    expires: expiresAt ?? null,
  };
}
