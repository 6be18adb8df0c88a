import type { Consent, Known, Marks } from './customer.ts';
import type { ConsentGiven, StoredEvent } from './event.ts';
import { replaces } from './precedence.ts';
import { addressKey } from './profile.ts';

type Consents = Known['consents'];

/**
 * Adds the consents of an event: of each topic the last given or withdrawn, by when it happened.
 *
 * What nobody told the time of yields to all that has one, earlier or later: a "yes" on an old list must not undo a
 * withdrawal, nor a "no" there a consent that was confirmed since. Of two such the one of the later list counts.
 */
export function foldConsents(consents: Consents, { consent = [], customer = {}, at }: StoredEvent): Consents {
  if (consent.length === 0) return consents;
  const folded: Record<string, Consent> = { ...consents };
  for (const entry of consent) {
    const told = consentOf(entry, at, addressKey(customer));
    const kept = folded[entry.topic];
    if (!kept || overrides(told, asGiven(kept))) folded[entry.topic] = told;
  }
  return folded;
}

/** A purchase gives what the shop offered the objection to, unless the event itself says otherwise. */
export function withSoftOptIn(
  given: readonly ConsentGiven[] = [],
  topics: readonly string[],
): ConsentGiven[] {
  const untold = topics.filter((topic) => !given.some((entry) => entry.topic === topic));
  return [...given, ...untold.map((topic) => ({ topic, basis: 'soft-opt-in' as const }))];
}

/**
 * Voids consents that were given for another address, and counts them again when the address is back.
 *
 * Only the basis `consent` belongs to an address; one whose event told no address belongs to that of its time.
 */
export function voidForeign(consents: Consents, { addresses }: Marks, current: string | undefined): Consents {
  const since = addresses.find(({ key }) => key === current)?.at ?? 0;
  const foreign = ({ address, at }: Consent) => (address === undefined ? at < since : address !== current);
  const entries = Object.entries(consents);
  if (current === undefined || entries.every(([, consent]) => isOwn(consent, foreign))) return consents;
  return Object.fromEntries(entries.map(([topic, consent]) => [topic, judged(asGiven(consent), foreign)]));
}

/**
 * The consents of two customers who turn out to be one: of two for a topic the stricter holds.
 *
 * A refusal holds until a consent is given after both.
 */
export function stricter(a: Known, b: Known): Consents {
  const both = Object.entries(a.consents).flatMap(([topic, mine]): [string, Consent][] => {
    const theirs = b.consents[topic];
    return theirs ? [[topic, stricterOf(mine, theirs)]] : [];
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

/** The weightier overrides, then the later; a withdrawal wins over a consent of the same moment. */
function overrides(told: Consent, kept: Consent): boolean {
  const weight = weightOf(told);
  if (weight !== weightOf(kept)) return weight > weightOf(kept);
  if (weight === 0 && told.at !== kept.at) return told.at < kept.at;
  if (told.at === kept.at && told.granted !== kept.granted) return !told.granted;
  return replaces(told, kept);
}

/** A soft opt-in never overrides what the customer said, nor what they said at no known time what has its own. */
function weightOf({ basis, undated }: Consent): 0 | 1 | 2 {
  if (basis === 'soft-opt-in') return 0;
  return undated ? 1 : 2;
}

function asGiven({ voided, ...consent }: Consent): Consent {
  return voided ? { ...consent, granted: true } : consent;
}

function judged(given: Consent, foreign: (consent: Consent) => boolean): Consent {
  const voided = given.granted && given.basis === 'consent' && foreign(given);
  return voided ? { ...given, granted: false, voided } : given;
}

/** Whether a consent already stands as it should. */
function isOwn(consent: Consent, foreign: (consent: Consent) => boolean): boolean {
  return judged(asGiven(consent), foreign).granted === consent.granted;
}
