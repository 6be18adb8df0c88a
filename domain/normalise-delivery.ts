import { normalisePostmark } from './normalise-delivery-postmark.ts';
import { normaliseSes } from './normalise-delivery-ses.ts';
import type { ProviderReport } from './provider-report.ts';

/**
 * What the webhooks of providers mean, by provider. Another one is a function more: from its body, as parsed, to what
 * it tells; nothing for what concerns nobody, as that a mail arrived.
 */
export const DELIVERY_NORMALISERS = {
  ses: normaliseSes,
  postmark: normalisePostmark,
} satisfies Readonly<Record<string, (body: unknown) => readonly ProviderReport[]>>;

export type DeliveryProvider = keyof typeof DELIVERY_NORMALISERS;
