import type { Consent, Known, Marks } from './customer.ts';
import type { ConsentGiven, StoredEvent } from './event.ts';
import { isOff, standOn } from './marketing-off.ts';
import { replaces } from './precedence.ts';
import { addressKey } from './profile.ts';

type Consents = Known['consents'];

/**
 * Adds the consents of an event: of each topic the last given or withdrawn, by when it happened.
 *
 * What nobody told the time of yields to all that has one, earlier or later: a "yes" on an old list must not undo a
 * withdrawal, nor a "no" there a consent that was confirmed since. Of two such the one of the later list counts.
 */
export function foldConsents(consents: Consents, event: StoredEvent): Consents {
  const entries = toldBy(event);
  if (entries.length === 0) return consents;
  const { customer = {}, at } = event;
  const folded: Record<string, Consent> = { ...consents };
  for (const entry of entries) {
    const told = consentOf(entry, at, addressKey(customer));
    const kept = folded[entry.topic];
    if (!kept || overrides(told, asGiven(kept))) folded[entry.topic] = told;
  }
  return folded;
}

/** What an event tells of consents, topic by topic: leaving one is withdrawing it. */
function toldBy({ type, consent = [], data }: StoredEvent): readonly ConsentGiven[] {
  const topic = type === 'unsubscribe' ? data?.topic : undefined;
  return typeof topic === 'string' ? [...consent, { topic, withdrawn: true }] : consent;
}

/** A purchase gives what the shop offered the objection to, unless the event itself says otherwise. */
export function withSoftOptIn(
  given: readonly ConsentGiven[] = [],
  topics: readonly string[],
): ConsentGiven[] {
  const untold = topics.filter((topic) => !given.some((entry) => entry.topic === topic));
  const offered = { basis: 'soft-opt-in', evidence: { objection: 'checkout' } } as const;
  return [...given, ...untold.map((topic) => ({ topic, ...offered }))];
}

/**
 * Voids consents that were given for another address, or before all marketing was refused; they count again when the
 * address is back, or when the customer consents anew.
 *
 * Only the basis `consent` belongs to an address; one whose event told no address belongs to that of its time.
 */
export function settleConsents(consents: Consents, marks: Marks, current: string | undefined): Consents {
  const since = marks.addresses.find(({ key }) => key === current)?.at ?? 0;
  const isForeign = ({ basis, address, at }: Consent) => {
    if (current === undefined || basis !== 'consent') return false;
    return address === undefined ? at < since : address !== current;
  };
  const settled = Object.entries(consents).map(([topic, told]) => {
    const given = asGiven(told);
    return [topic, judged(given, { isForeign: isForeign(given), isOff: isOff(marks, topic) })] as const;
  });
  return Object.fromEntries(settled);
}

/**
 * The consents of two customers who turn out to be one: of two for a topic the stricter holds.
 *
 * A refusal holds until a consent is given after both.
 */
export function stricter(a: Known, b: Known): Consents {
  const topics = new Set([...Object.keys(a.consents), ...Object.keys(b.consents)]);
  const both = [...topics].flatMap((topic): [string, Consent][] => {
    const [mine, theirs] = [standOn(a, topic), standOn(b, topic)];
    return mine && theirs ? [[topic, stricterOf(mine, theirs)]] : [];
  });
  return { ...a.consents, ...b.consents, ...Object.fromEntries(both) };
}

function stricterOf(a: Consent, b: Consent): Consent {
  if (!a.granted || !b.granted) {
    return { granted: false, at: Math.max(a.at, b.at), ...undatedIf(a.undated && b.undated) };
  }
  return overrides(a, b) ? a : b;
}

function consentOf(entry: ConsentGiven, at: number, address: string | undefined): Consent {
  const when = { at, ...undatedIf(entry.undated) };
  if ('withdrawn' in entry) return { granted: false, ...when };
  const { basis, wording } = entry;
  const told = { granted: true, basis, ...when, ...(wording === undefined ? {} : { wording }) };
  return address === undefined ? told : { ...told, address };
}

function undatedIf(undated: boolean | undefined): Pick<Consent, 'undated'> {
  return undated ? { undated } : {};
}

/**
 * The weightier overrides, then the later, of what the customer did not say the earlier; a withdrawal wins over a
 * consent of the same moment.
 */
function overrides(told: Consent, kept: Consent): boolean {
  const weight = weightOf(told);
  if (weight !== weightOf(kept)) return weight > weightOf(kept);
  if (weight <= 1 && told.at !== kept.at) return told.at < kept.at;
  if (told.at === kept.at && told.granted !== kept.granted) return !told.granted;
  return replaces(told, kept);
}

/**
 * A soft opt-in never overrides what the customer said, nor what they said at no known time what has its own; that the
 * shop takes a topic for service overrides nothing.
 */
function weightOf({ basis, undated }: Consent): 0 | 1 | 2 | 3 {
  if (basis === 'service') return 0;
  if (basis === 'soft-opt-in') return 1;
  return undated ? 2 : 3;
}

function asGiven({ voided, off, ...consent }: Consent): Consent {
  return voided || off ? { ...consent, granted: true } : consent;
}

type Against = { readonly isForeign: boolean; readonly isOff: boolean };

function judged(given: Consent, { isForeign, isOff: off }: Against): Consent {
  if (!given.granted || (!isForeign && !off)) return given;
  return { ...given, granted: false, ...(isForeign && { voided: true }), ...(off && { off: true }) };
}
