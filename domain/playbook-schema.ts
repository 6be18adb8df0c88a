import { z } from 'zod';
import { AskTerms } from './ask-terms.ts';
import { ASKS } from './asks.ts';
import { Complaints } from './complaint-terms.ts';
import { Blackouts, ModeTerm, PerDay, Weekdays } from './contact-terms.ts';
import { Email, Line, Locale, TimeZone, Topic } from './incoming-customer.ts';
import { LoyaltyTerms } from './loyalty-terms.ts';
import { PHASES } from './phases.ts';
import {
  Cap,
  EventName,
  InWords,
  LongSpan,
  Name,
  named,
  Percent,
  SpanText,
  TimeOfDay,
  When,
} from './playbook-terms.ts';
import { ProfileTerms } from './profile-terms.ts';
import { RetentionTerms } from './retention-terms.ts';
import { strict, wrong } from './strict.ts';
import { oneOf, SurpriseTerm } from './surprise-terms.ts';

const Url = z.url({ protocol: /^https?$/, error: wrong('is not a web address; write https://shop.example') });

const Person = strict({ name: Line, role: Line.exactOptional(), photo: Url.exactOptional() });

const Shop = strict({
  name: Line,
  from: Line,
  people: named(Person).exactOptional(),
  email: Email.exactOptional(),
  replyTo: Email,
  locale: Locale,
  timeZone: TimeZone,
  currency: z.string().regex(/^[A-Z]{3}$/, 'is not a currency; use a code of ISO 4217 such as EUR'),
  address: Line,
  url: Url.exactOptional(),
  team: z.array(Email).max(50).default([]),
  softOptIn: z.array(Topic).max(50).default([]),
});

/** What customers choose among. */
const NamedTopic = strict({
  title: InWords,
  note: InWords,
  kind: z.enum(['service', 'marketing']).default('marketing'),
});

const Quiet = strict({ from: TimeOfDay, to: TimeOfDay }).refine(
  ({ from, to }) => from !== to,
  'begins when it ends, which is no time at all; leave quiet out for none',
);

const Contact = strict({
  quiet: Quiet.exactOptional(),
  caps: z.array(Cap).max(10).default([]),
  asks: AskTerms.exactOptional(),
  holdout: Percent.default(0),
  blackout: Blackouts.exactOptional(),
  weekdays: Weekdays.exactOptional(),
  perDay: PerDay.exactOptional(),
});

/** `entering`, any event's name, or `{ every: 90 days }`. */
const On = z.union([EventName, strict({ every: LongSpan })], {
  error: wrong(
    'is not something to answer; write an event such as purchase, entering, or { every: 90 days }',
  ),
});

const EventNames = z.array(EventName).max(50);

const SUGGESTIONS = ['cross-sell', 'replenishment'] as const;

const Touch = strict({
  on: On,
  after: SpanText.default({}),
  at: TimeOfDay.exactOptional(),
  weekdays: Weekdays.exactOptional(),
  when: When.exactOptional(),
  kind: z.enum(['service', 'marketing']).default('marketing'),
  topic: Topic.exactOptional(),
  expires: LongSpan.exactOptional(),
  cancelOn: EventNames.default([]),
  again: z.boolean().default(false),
  priority: z.int().min(0).max(100).default(50),
  oncePer: LongSpan.exactOptional(),
  share: Percent.exactOptional(),
  from: Name.exactOptional(),
  ask: oneOf(ASKS, 'is not a question').exactOptional(),
  surprise: Name.exactOptional(),
  suggest: oneOf(SUGGESTIONS, 'is not a suggestion').exactOptional(),
  referral: z.literal(true, { error: wrong('takes true; leave it out for no') }).exactOptional(),
  by: z.literal('team').exactOptional(),
  todo: InWords.exactOptional(),
  measure: z
    .literal('clicks', { error: wrong('takes clicks; leave it out to measure nothing') })
    .exactOptional(),
});

const Touches = named(Touch).default({});

const PhaseName = z.enum(PHASES, { error: wrong(`is not a phase; known: ${PHASES.join(', ')}`) });

const PhaseRules = strict({
  touches: Touches,
  movesOn: z
    .array(strict({ to: PhaseName, after: SpanText.exactOptional(), when: When.exactOptional() }))
    .max(20)
    .default([]),
  fallsBack: strict({ to: PhaseName, on: EventNames.min(1) }).exactOptional(),
});

/** The playbook as it is written (design §5). */
export const PlaybookDocument = strict({
  shop: Shop,
  contact: Contact.prefault({}),
  mode: ModeTerm.exactOptional(),
  topics: named(NamedTopic).exactOptional(),
  surprises: named(SurpriseTerm).default({}),
  profile: ProfileTerms.exactOptional(),
  loyalty: LoyaltyTerms.exactOptional(),
  retention: RetentionTerms.exactOptional(),
  complaints: Complaints.exactOptional(),
  always: Touches,
  lapseAfter: LongSpan.exactOptional(),
  phases: strict({
    'first-contact': PhaseRules.prefault({}),
    'getting-acquainted': PhaseRules.prefault({}),
    relationship: PhaseRules.prefault({}),
    ambassador: PhaseRules.prefault({}),
  }),
});

export type PlaybookDocument = z.output<typeof PlaybookDocument>;

/** A touch as it is written, with its defaults. */
export type TouchDocument = z.output<typeof Touch>;
