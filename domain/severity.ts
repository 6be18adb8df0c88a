import type { Severity } from './case-words.ts';

/** What a complaint tells of itself. */
type Told = {
  readonly text?: string | undefined;
  /** 0–10, of the answer that it was said with. */
  readonly score?: number | undefined;
  /** As whoever reported it says: that counts. */
  readonly severity?: Severity | undefined;
  /** What its order came to; minor units. */
  readonly order?: { readonly total: number; readonly currency?: string } | undefined;
};

/** Who is hurt, cheated or about to go to law is not kept waiting, whatever else they say. */
const GRAVE =
  /\b(danger|injur|hurt|burn(s|t|ed)?\b|allerg|poison|ill from|fraud|scam|stolen|lawyer|solicitor|legal action|court|police|ombudsman|gevaar|gewond|letsel|verbrand|brand\b|vergiftig|ziek (van|geworden)|oplicht|gestolen|advocaat|juridisch|rechtbank|rechter|politie|consumentenbond|geschillencommissie)/i;

/** A score that says more than that something was amiss, and one that says hardly that. */
const VERY_LOW = 2;
const MIDDLING = 5;

/**
 * How much a complaint matters: as it was given, or by what it says, by its score and by what was paid.
 *
 * @param from the order value from which on it is high; undefined: none is by that
 */
export function severityOf(
  { text = '', score, severity, order }: Told,
  from?: { readonly value: number; readonly currency: string },
): Severity {
  if (severity) return severity;
  const isDear = from && order?.currency === from.currency && order.total >= from.value;
  if (GRAVE.test(text) || isDear || (score !== undefined && score <= VERY_LOW)) return 'high';
  return score !== undefined && score >= MIDDLING ? 'low' : 'normal';
}
