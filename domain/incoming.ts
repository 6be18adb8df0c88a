import { z } from 'zod';
import type { ConsentGiven, EventData } from './event.ts';
import { ConsentEntry, IncomingCustomer, Line } from './incoming-customer.ts';
import { DATA_SHAPES, readData } from './incoming-data.ts';
import { checkTime, Moment } from './moment.ts';
import { scoredBy } from './review-score.ts';
import { explain, type Problem, strict } from './strict.ts';

/** What only Rapport itself may say. */
export const OWN_TYPES: readonly string[] = [
  ...['start', 'pause', 'resume', 'move', 'end', 'merged', 'erased', 'consent', 'unsubscribe', 'bounce'],
  ...['spam-complaint', 'lapse', 'comeback', 'birthday', 'anniversary', 'tier', 'entering', 'every'],
  ...['objection', 'send-again', 'complaint-answered', 'complaint-reopened', 'membership'],
  ...['points', 'points-expiring', 'surprise'],
  ...['task-done', 'task-cannot', 'gift-sent', 'redeemed', 'link-asked'],
];

/** Most events in one request. */
const MOST_EVENTS = 500;

/** The system that reports, `shop`. */
export const Source = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'is not a source; use letters, digits, dot, - and _')
  .refine((source) => source.toLowerCase() !== 'rapport', 'is Rapport itself; name the system that reports');

const Type = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9._:-]{0,63}$/,
    'is not the name of an event; use letters, digits, dot, :, - and _',
  )
  .refine(
    (type) => !OWN_TYPES.includes(type),
    "is one of Rapport's own types; see POST /v1/customers/:id/journey for pause, resume, move and end",
  );

/** One event as it is posted (design §9). Instants are read as epoch milliseconds, addresses as mail is sent to them. */
export const Incoming = strict({
  id: Line,
  source: Source,
  type: Type,
  at: Moment,
  customer: IncomingCustomer,
  consent: z.array(ConsentEntry).max(50).exactOptional(),
  data: z
    .unknown()
    .meta({
      type: 'object',
      description: 'What the type of the event calls for; other types hold what they like.',
      anyOf: [...DATA_SHAPES, { title: 'any other type' }],
    })
    .exactOptional(),
}).transform((event, context): Omit<typeof event, 'data'> & { readonly data?: EventData } => {
  const { data, ...envelope } = event;
  const read = readOf(event, data);
  if (read.kind === 'read') {
    for (const issue of softly(event.consent, read.data)) context.addIssue({ code: 'custom', ...issue });
    return { ...envelope, ...(read.data === undefined ? {} : { data: read.data }) };
  }
  for (const { path, message, hint } of read.problems) {
    context.addIssue({
      code: 'custom',
      path: ['data', ...path],
      message: hint ? `${message}; ${hint}` : message,
    });
  }
  return z.NEVER;
});

export type Incoming = z.output<typeof Incoming>;

/**
 * What a soft opt-in lacks: the law takes it with a sale, where the objection was offered (Directive 2002/58/EC art.
 * 13(2)), and without both nobody could show it.
 */
function softly(consent: readonly ConsentGiven[] = [], data: EventData | undefined) {
  const hasOrder = typeof data?.orderId === 'string' && data.orderId.trim() !== '';
  return consent.flatMap((entry, i) => {
    if (!('basis' in entry) || entry.basis !== 'soft-opt-in') return [];
    const order = hasOrder ? [] : [{ path: ['consent', i], message: NO_ORDER }];
    const objection =
      entry.evidence?.objection === undefined ? [{ path: ['consent', i], message: NO_OBJECTION }] : [];
    return [...order, ...objection];
  });
}

const NO_ORDER =
  'is a soft opt-in without its order; tell it with the purchase, or name the order as data.orderId';

const NO_OBJECTION =
  'is a soft opt-in of which nobody knows whether the objection was offered; say where, as "evidence": {"objection": "checkout"}';

/** What an event holds; a review as its source counts. */
function readOf({ type, source }: { readonly type: string; readonly source: string }, data: unknown) {
  const read = readData(type, data);
  return read.kind === 'read' && read.data && type === 'review' ? scoredBy(source, read.data) : read;
}

/** The events of a request, or everything that is wrong with it. */
export type IncomingRead =
  | { readonly kind: 'read'; readonly events: readonly Incoming[] }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/**
 * Reads one event or a list of them: all or nothing.
 *
 * @param now epoch milliseconds; an event may be up to five minutes ahead of it
 */
export function readEvents(body: unknown, now: number): IncomingRead {
  const isList = Array.isArray(body);
  const posted: readonly unknown[] = isList ? body : [body];
  if (posted.length > MOST_EVENTS) {
    return { kind: 'refused', problems: [{ path: [], message: `holds more than ${MOST_EVENTS} events` }] };
  }
  const read = posted.map((event, i) => readEvent(event, now, isList ? [i] : []));
  const problems = read.flatMap((one) => one.problems ?? []);
  if (problems.length > 0) return { kind: 'refused', problems };
  return { kind: 'read', events: read.flatMap((one) => one.event ?? []) };
}

type OneRead = { readonly event?: Incoming; readonly problems?: readonly Problem[] };

function readEvent(posted: unknown, now: number, base: readonly PropertyKey[]): OneRead {
  const parsed = Incoming.safeParse(posted);
  if (!parsed.success) {
    const problems = explain(parsed.error.issues);
    return { problems: problems.map((problem) => ({ ...problem, path: [...base, ...problem.path] })) };
  }
  const late = checkTime(parsed.data.at, now);
  return late ? { problems: [{ path: [...base, 'at'], message: late }] } : { event: parsed.data };
}
