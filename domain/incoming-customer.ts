import { IANAZone } from 'luxon';
import { z } from 'zod';
import { deliverable, isEmail } from './identity.ts';
import { strict } from './strict.ts';

/** Text on one line: no control characters, so that nothing can be slipped into a header. */
export const Line = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .regex(/^\P{Cc}*$/u, 'holds control characters');

export const Email = Line.refine(isEmail, 'is not an e-mail address; it looks like an@example.com').transform(
  deliverable,
);

/** The name of a subject that a customer may want mail about, `news`. */
export const Topic = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/, 'is not a topic; use lower case, digits and -');

export const TimeZone = z
  .string()
  .refine(isTimeZone, 'is not a time zone; use a name such as Europe/Amsterdam');

export const Locale = z
  .string()
  .max(35)
  .refine(isLocale, 'is not a locale; use a tag of BCP 47 such as nl or en-GB');

const Birthday = z
  .string()
  .refine(isBirthday, 'is not a birthday; write it as 1984-06-21, or 06-21 without the year');

const MetThrough = strict({
  channel: Line,
  campaign: Line.exactOptional(),
  referrer: Line.exactOptional(),
});

const Name = strict({ first: Line.exactOptional(), last: Line.exactOptional() });

/** What an event or a marketer may say of a customer. */
export const PROFILE = {
  email: Email.exactOptional(),
  name: Name.exactOptional(),
  locale: Locale.exactOptional(),
  timeZone: TimeZone.exactOptional(),
  birthday: Birthday.exactOptional(),
  interests: z.array(Line).max(100).exactOptional(),
  metThrough: MetThrough.exactOptional(),
};

/** Who an event is about: by the shop's own id, by address, or both. */
export const IncomingCustomer = strict({ id: Line.exactOptional(), ...PROFILE }).refine(
  ({ id, email }) => id !== undefined || email !== undefined,
  'names nobody; give the id of the customer, the e-mail address, or both',
);

const Instant = z.iso.datetime({ offset: true });

/** By what a consent can be shown to have been given. */
const Evidence = strict({
  form: Line.exactOptional(),
  where: Line.transform((page) => page.replace(/[?#].*$/, '')).exactOptional(), // what follows may tell who it was
  askedAt: Instant.exactOptional(),
  confirmedAt: Instant.exactOptional(),
  objection: Line.exactOptional(),
});

/** A consent given, or withdrawn; `undated` where nobody knows when. */
export const ConsentEntry = strict({
  topic: Topic,
  basis: z.enum(['consent', 'soft-opt-in', 'service']).exactOptional(),
  wording: z.string().max(4_000).exactOptional(),
  wordingVersion: Line.exactOptional(),
  locale: Locale.exactOptional(),
  evidence: Evidence.exactOptional(),
  withdrawn: z.literal(true).exactOptional(),
  undated: z.literal(true).exactOptional(),
}).transform(({ topic, withdrawn, undated, basis, ...how }, context) => {
  const when = undated ? { undated } : {};
  if (withdrawn && !basis && Object.keys(how).length === 0) return { topic, withdrawn, ...when };
  if (basis && !withdrawn) return { topic, basis, ...how, ...when };
  context.addIssue('is neither given nor withdrawn; give a basis (and its wording), or "withdrawn": true');
  return z.NEVER;
});

function isTimeZone(name: string): boolean {
  return /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** A real day; 29 February also where the year is not told. */
function isBirthday(text: string): boolean {
  const match = /^(?:(19\d\d|20\d\d)-)?(\d\d)-(\d\d)$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1] ?? 2000), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && month >= 1;
}
