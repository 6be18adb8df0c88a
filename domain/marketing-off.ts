import type { Consent, Known, Marks } from './customer.ts';
import type { ConsentGiven, StoredEvent } from './event.ts';
import { latest } from './precedence.ts';

/**
 * Marks that a customer wants no marketing at all any more, and when they themselves last consented to each topic.
 *
 * Of `unsubscribe` only one without a topic is about all marketing.
 */
export function foldMarketingOff(marks: Marks, { type, at, data, consent = [] }: StoredEvent): Marks {
  const own = consent.filter(isOwn);
  const consentedAt = Object.fromEntries(
    own.map(({ topic }) => [topic, latest(marks.consentedAt?.[topic], at)]),
  );
  const isAll = type === 'spam-complaint' || (type === 'unsubscribe' && typeof data?.topic !== 'string');
  return {
    ...marks,
    ...(own.length > 0 && { consentedAt: { ...marks.consentedAt, ...consentedAt } }),
    ...(isAll && { marketingOffAt: latest(marks.marketingOffAt, at) }),
  };
}

/** What stands of it. */
export function marketingOffOf({ marketingOffAt: at }: Marks): Pick<Known, 'marketingOff'> {
  return at === undefined ? {} : { marketingOff: { at } };
}

/**
 * Whether a topic is among the marketing that the customer wants no more.
 *
 * It is theirs again by what they themselves say later, for each topic apart: who ticks tips has said nothing of offers
 * (GDPR art. 4(11): consent is specific). Nothing else lifts it: no soft opt-in, and no list.
 */
export function isOff({ marketingOffAt, consentedAt }: Marks, topic: string): boolean {
  return marketingOffAt !== undefined && (consentedAt?.[topic] ?? -Infinity) <= marketingOffAt;
}

/**
 * The marks of two customers who turn out to be one: whoever of them wanted no marketing counts, and a consent of one
 * does not undo what the other refused.
 *
 * @param marks folded from the events of both
 * @param consents the stricter of both
 */
export function stricterMarks(
  marks: Marks,
  [a, b]: readonly [Known, Known],
  consents: Known['consents'],
): Marks {
  const { marketingOffAt: _, consentedAt: __, ...rest } = marks;
  const told = [a, b].flatMap(({ marks: own }) => Object.entries(own?.consentedAt ?? {}));
  const counting = told.filter(([topic]) => consents[topic]?.granted).sort(([, x], [, y]) => x - y);
  const off = [marks, a.marks, b.marks].flatMap((own) => own?.marketingOffAt ?? []);
  return {
    ...rest,
    ...(counting.length > 0 && { consentedAt: Object.fromEntries(counting) }),
    ...(off.length > 0 && { marketingOffAt: Math.max(...off) }),
  };
}

/** What somebody who wants no marketing says of a topic that they have said nothing else of. */
export function standOn({ consents, marketingOff }: Known, topic: string): Consent | undefined {
  return consents[topic] ?? (marketingOff && { granted: false, at: marketingOff.at });
}

/** Whether somebody said it themselves, and when is known. */
function isOwn(entry: ConsentGiven): boolean {
  return 'basis' in entry && entry.basis === 'consent' && !entry.undated && !entry.imported;
}
