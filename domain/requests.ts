import { z } from 'zod';
import { Source } from './incoming.ts';
import { ConsentEntry, IncomingCustomer, Line, PROFILE } from './incoming-customer.ts';
import { Moment } from './moment.ts';
import { PHASES } from './phases.ts';
import { SpanText } from './playbook-terms.ts';
import { addSpan } from './span.ts';
import { strict, wrong } from './strict.ts';

const because = Line;

const DAY_MS = 86_400_000;

/** A length of time of at most a day, `10 minutes`; read as milliseconds. */
export const Spread = SpanText.transform((span, context) => {
  const ms = addSpan(0, span, 'UTC');
  if (ms <= DAY_MS) return ms;
  context.addIssue('is longer than a day; write 2 hours');
  return z.NEVER;
});

/** Begins a journey by hand, of someone met at a fair. The customer is named as in events; `source` goes with their id. */
export const JourneyRequest = strict({
  source: Source.exactOptional(),
  customer: IncomingCustomer,
  because,
  welcome: z.boolean().exactOptional(),
});
export type JourneyRequest = z.output<typeof JourneyRequest>;

/** What a marketer changes of a customer; what is not mentioned stays. */
export const ProfilePatch = strict({
  ...PROFILE,
  consent: z.array(ConsentEntry).max(50).exactOptional(),
  answers: z.record(Line, z.unknown()).exactOptional(),
});
export type ProfilePatch = z.output<typeof ProfilePatch>;

/** Silences marketing, until a moment or until it is resumed. */
export const PauseRequest = strict({ until: Moment.exactOptional(), because });

export const ResumeRequest = strict({ because });

/** Places the customer in a phase; with `welcome` they enter it, and get its `entering` touches. */
export const MoveRequest = strict({
  to: z.enum(PHASES, { error: wrong(`is not a phase; known: ${PHASES.join(', ')}`) }),
  because,
  welcome: z.boolean().exactOptional(),
});

/** Stops mail: all of it, or marketing alone. */
export const StopMailRequest = strict({
  because: because.exactOptional(),
  only: z
    .literal('marketing', { error: wrong('can be marketing; leave it out to stop service mail too') })
    .exactOptional(),
});

/** Lets mail leave again; `spread` is over how long what waited comes. */
export const StartMailRequest = strict({ because: because.exactOptional(), spread: Spread.exactOptional() });

/** Objects to being profiled, or takes that back. */
export const ObjectionRequest = strict({
  withdrawn: z.literal(true).exactOptional(),
  because: because.exactOptional(),
});

/** What became of a mail of unknown fate, as a person knows. */
export const SettleSendRequest = strict({
  outcome: z.enum(['arrived', 'lost'], { error: wrong('is arrived or lost') }),
  because,
  by: Line.exactOptional(),
});

/** Has a mail sent again. */
export const SendAgainRequest = strict({ because, by: Line.exactOptional() });

/** Says that a task of the team is done. */
export const DoneRequest = strict({ by: Line.exactOptional(), note: Line.exactOptional() }).optional();

/** Says that a task of the team cannot be done. */
export const CannotRequest = strict({ because, by: Line.exactOptional() });

/** Redeems a grant for an order. */
export const RedeemRequest = strict({
  orderId: Line,
  at: Moment.exactOptional(),
  requestId: Line.exactOptional(),
});
export type RedeemRequest = z.output<typeof RedeemRequest>;

export const EndRequest = strict({ because });
