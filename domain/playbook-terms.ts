import { z } from 'zod';
import { checkFilter } from './check-filter.ts';
import { Line } from './incoming-customer.ts';
import type { Filter } from './playbook.ts';
import { parseSpan } from './span.ts';
import { strict, wrong } from './strict.ts';

const NO_SPAN = 'is not a length of time; write 7 days, 1 hour or P7D';
const NO_SHARE = 'is not a share; write it as 5%';
const NO_TIME = 'is not a time of day; write it as 09:30';

/** A length of time: `7 days`, `1 hour`, or ISO 8601. */
export const SpanText = z
  .union([z.string(), z.literal(0)], { error: wrong(NO_SPAN) })
  .transform((text, context) => {
    const span = text === 0 ? {} : parseSpan(text);
    if (span) return span;
    context.addIssue(NO_SPAN);
    return z.NEVER;
  });

/** A length of time that is not nothing. */
export const LongSpan = SpanText.refine(
  (span) => Object.keys(span).length > 0,
  'must be longer than nothing',
);

/** A share, written `5%`; read as 0–1. */
export const Percent = z
  .union([z.string(), z.literal(0)], { error: wrong(NO_SHARE) })
  .transform((text, context) => {
    const share = text === 0 ? 0 : Number(/^(\d+(?:\.\d+)?)%$/.exec(text)?.[1] ?? Number.NaN) / 100;
    if (share <= 1) return share;
    context.addIssue(NO_SHARE);
    return z.NEVER;
  });

/** A time on the clock, `09:30`. */
export const TimeOfDay = z.string({ error: wrong(NO_TIME) }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, NO_TIME);

/** The name of a touch, an ask or a surprise. */
export const Name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/, 'is not a name; use lower case, digits and -, as in thank-you');

/** Entries by name. */
export function named<Entry extends z.core.SomeType>(entry: Entry) {
  const error = 'is not a name; use lower case, digits and -, as in thank-you';
  return z.record(Name, entry, { error: (issue) => (issue.code === 'invalid_key' ? error : undefined) });
}

export const EventName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9._:-]{0,63}$/, 'is not the name of an event; it looks like purchase');

/** A number of calendar days; weeks count as seven. */
export const CalendarDays = SpanText.transform(({ days = 0, weeks = 0, ...other }, context) => {
  const whole = days + weeks * 7;
  if (whole > 0 && whole <= 366 && Object.keys(other).length === 0) return whole;
  context.addIssue('counts calendar days, at most 366; write 2 days or 1 week');
  return z.NEVER;
});

/** `max` in any `per` calendar days. */
export const Cap = strict({
  max: z.int().min(1).max(1_000),
  per: CalendarDays,
}).transform(({ max, per }) => ({ max, days: per }));

/** An amount of money, `12.50 EUR`. */
export const Money = z.string().regex(/^\d+(\.\d{1,3})? [A-Z]{3}$/, 'is not an amount; write 12.50 EUR');

const NO_WORDS = 'is not a text; write it, or { nl: …, en: … }';

/** A text, or one in each language. */
export const InWords = z
  .union([Line, strict({ nl: Line, en: Line })], { error: NO_WORDS })
  .transform((text) => (typeof text === 'string' ? { nl: text, en: text } : text));

/** A condition over the facts; see `docs/playbook.md`. */
export const When = z.custom<Filter>().superRefine((filter, context) => {
  for (const { path, message, hint } of checkFilter(filter)) {
    context.addIssue({ code: 'custom', path: [...path], message: hint ? `${message}; ${hint}` : message });
  }
});
