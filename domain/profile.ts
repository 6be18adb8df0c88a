import type { Known, Marks } from './customer.ts';
import type { CustomerPatch, StoredEvent } from './event.ts';
import { replaces } from './precedence.ts';

type Profile = Known['profile'];

/**
 * Adds what an event tells of the customer: of each part the last told, by when it happened.
 *
 * What the event does not mention stays.
 */
export function foldProfile(
  profile: Profile,
  marks: Marks,
  { customer = {}, data, at }: StoredEvent,
): { readonly profile: Profile; readonly marks: Marks } {
  const told: Record<string, number> = { ...marks.told };
  const last: Last = (part, kept, said) => {
    const keptAt = told[part];
    const before = keptAt === undefined ? undefined : { at: keptAt, value: kept };
    if (said === undefined || !replaces({ at, value: said }, before)) return kept;
    told[part] = at;
    return said;
  };
  const patch = lastOf(profile, customer, last);
  return {
    profile: { ...patch, answered: withAnswers(profile.answered, data?.answers) },
    marks: { ...marks, told, addresses: withAddress(marks.addresses, addressKey(customer), at) },
  };
}

/** By what an address is recognised: its keyed hash, or itself where no key is at hand. */
export function addressKey({ email, emailKey }: CustomerPatch): string | undefined {
  return emailKey ?? email;
}

/** Which of two values of one part counts. */
type Last = <T>(part: string, kept: T | undefined, said: T | undefined) => T | undefined;

function lastOf(kept: CustomerPatch, said: CustomerPatch, last: Last): CustomerPatch {
  const first = last('first', kept.name?.first, said.name?.first);
  const family = last('last', kept.name?.last, said.name?.last);
  const named = first !== undefined || family !== undefined;
  return told({
    ...last('address', addressOf(kept), addressOf(said)),
    name: named ? told({ first, last: family }) : undefined,
    locale: last('locale', kept.locale, said.locale),
    timeZone: last('timeZone', kept.timeZone, said.timeZone),
    birthday: last('birthday', kept.birthday, said.birthday) || undefined,
    interests: last('interests', kept.interests, said.interests),
    everyDays: last('everyDays', kept.everyDays, said.everyDays),
  });
}

/** An address and its key change together. */
function addressOf({ email, emailKey }: CustomerPatch): CustomerPatch | undefined {
  return email === undefined ? undefined : told({ email, emailKey });
}

type Parts = CustomerPatch & NonNullable<CustomerPatch['name']>;

/** What is there of the parts. */
function told(parts: { readonly [Part in keyof Parts]: Parts[Part] | undefined }): Parts {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

function withAnswers(
  answered: readonly string[],
  answers: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  const questions = Object.keys(answers);
  return questions.length === 0 ? answered : [...new Set([...answered, ...questions])].sort();
}

function withAddress(addresses: Marks['addresses'], key: string | undefined, at: number): Marks['addresses'] {
  const known = addresses.find((address) => address.key === key);
  if (key === undefined || (known && known.at <= at)) return addresses;
  const others = addresses.filter((address) => address !== known);
  return [...others, { key, at }].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}
