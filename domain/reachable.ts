import type { Consent, Customer } from './customer.ts';
import { whatItDoes } from './does.ts';
import type { Touch } from './playbook.ts';
import type { SkipReason } from './send.ts';

/** Why an address is written to no more that says nothing of the person: a card by post reaches them all the same. */
const OF_THE_ADDRESS = ['hard-bounce', 'soft-bounces'];

/** Why nothing at all may reach this customer by this touch, service included; or undefined. */
export function barredBy(customer: Customer, touch: Touch): SkipReason | undefined {
  if (customer.erased) return 'erased';
  if (customer.mergedInto) return 'merged';
  if (customer.known.ended) return 'cancelled';
  if (whatItDoes(touch)) return isLeftAlone(customer, touch) ? 'suppressed' : undefined;
  if (customer.suppressed) return 'suppressed';
  return customer.known.profile.email ? undefined : 'no-address';
}

/** Whether the person, and not only an address of theirs, wants nothing that is not service. */
function isLeftAlone({ suppressed }: Customer, { kind }: Touch): boolean {
  return kind === 'marketing' && suppressed !== undefined && !OF_THE_ADDRESS.includes(suppressed);
}

/**
 * Whether a customer's consent lets a marketing touch come. A mail takes a consent. What a person does, a card by post,
 * takes none (GDPR recital 47); but whoever refused the topic, or all marketing, gets neither (art. 21(2)).
 */
export function agreesTo({ known }: Customer, touch: Touch): boolean {
  const consent = known.consents[touch.topic];
  if (!whatItDoes(touch) || isGiven(consent)) return isGiven(consent);
  if (known.marketingOff) return false;
  return consent === undefined || consent.granted || consent.voided === true;
}

/** Whether a consent stands that marketing may rest on; that a topic is service, as the basis tells, is none. */
export function isGiven(consent: Consent | undefined): boolean {
  return consent?.granted === true && consent.basis !== 'service';
}
