import { z } from 'zod';
import { readSegmentTrack } from './normalise-segment-track.ts';
import { Instant, Language, Mail, maybe, told, Words } from './payload.ts';
import type { PayloadRead, Reported, ReportedOfOrder } from './reported.ts';
import { explain, type Problem } from './strict.ts';

/** The calls of Segment's HTTP API, and the letters its libraries write them with. */
export const SEGMENT_CALLS = {
  ...{ track: 'track', t: 'track', identify: 'identify', i: 'identify', page: 'page', p: 'page' },
  ...{
    screen: 'page',
    s: 'page',
    group: 'group',
    g: 'group',
    alias: 'alias',
    a: 'alias',
    batch: 'batch',
    b: 'batch',
  },
} as const;
export type SegmentCall = (typeof SEGMENT_CALLS)[keyof typeof SEGMENT_CALLS];

const SOURCE = 'segment';

/** @see https://www.twilio.com/docs/segment/connections/spec/identify */
const Traits = z.object({
  email: maybe(Mail),
  firstName: maybe(Words),
  lastName: maybe(Words),
  name: maybe(Words),
  birthday: maybe(
    z
      .string()
      .regex(/^\d{4}-\d\d-\d\d/)
      .transform((text) => text.slice(0, 10)),
  ),
  locale: maybe(Language),
});

/** @see https://www.twilio.com/docs/segment/connections/spec/common */
const Message = z.object({
  type: maybe(z.string()),
  messageId: Words,
  userId: maybe(Words),
  timestamp: maybe(Instant),
  originalTimestamp: maybe(Instant),
  sentAt: maybe(Instant),
  event: maybe(Words),
  name: maybe(Words),
  traits: maybe(Traits),
  context: maybe(
    z.object({
      traits: maybe(Traits),
      locale: maybe(Language),
      timezone: maybe(Words),
      page: maybe(z.object({ path: maybe(Words) })),
    }),
  ),
  properties: maybe(z.record(z.string(), z.unknown())),
});
type Message = z.output<typeof Message>;

const Batch = z.object({ batch: z.array(z.unknown()).min(1).max(500), sentAt: maybe(Instant) });

/**
 * Reads what a library of Segment sends: `track`, `identify`, `page`, or a batch of them.
 *
 * Who is known by an anonymous id alone is nobody yet, and told of nothing.
 *
 * @param now epoch milliseconds, by which a clock that is wrong at the sender is set right
 */
export function normaliseSegment(call: SegmentCall, payload: unknown, now: number): PayloadRead {
  if (call !== 'batch') return together([readOne(payload, { call, now, path: [] })]);
  const batch = Batch.safeParse(payload);
  if (!batch.success) return { kind: 'refused', problems: explain(batch.error.issues) };
  const { batch: messages, sentAt } = batch.data;
  return together(messages.map((one, i) => readOne(one, { now, path: ['batch', i], ...told({ sentAt }) })));
}

type Circumstances = {
  readonly now: number;
  readonly path: readonly PropertyKey[];
  /** What the path of the request says it is; in a batch each says so itself. */
  readonly call?: string;
  readonly sentAt?: string;
};

type OneRead = { readonly events?: readonly Reported[]; readonly problems?: readonly Problem[] };

function readOne(payload: unknown, circumstances: Circumstances): OneRead {
  const { path } = circumstances;
  const read = Message.safeParse(payload);
  if (!read.success) return { problems: placed(explain(read.error.issues), path) };
  const message = read.data;
  const call = circumstances.call ?? message.type;
  const customer = customerOf(message);
  if (!customer) return {};
  const base = { id: message.messageId, source: SOURCE, at: momentOf(message, circumstances) };
  const event = eventOf(call, message, base);
  if (event === undefined) return {};
  return 'type' in event ? { events: [{ ...event, customer }] } : { problems: placed(event, path) };
}

type Base = Pick<ReportedOfOrder, 'id' | 'source' | 'at'>;

function eventOf(
  call: string | undefined,
  message: Message,
  base: Base,
): ReportedOfOrder | readonly Problem[] | undefined {
  switch (call) {
    case 'identify':
      return { ...base, type: 'profile' };
    case 'page':
    case 'screen': {
      const page = message.name ?? message.context?.page?.path;
      return { ...base, type: 'visit', data: told({ page }) };
    }
    case 'track':
      return readSegmentTrack(base, message.event, message.properties ?? {});
    default:
      return undefined;
  }
}

/** Who did it: by the shop's own id, by address, or both. */
function customerOf({ userId, traits, context, properties }: Message): Reported['customer'] | undefined {
  const all = { ...told(context?.traits ?? {}), ...told(traits ?? {}) };
  const email = all.email ?? mailIn(properties?.email) ?? mailIn(userId);
  if (userId === undefined && email === undefined) return undefined;
  const name = nameIn(all);
  const locale = all.locale ?? context?.locale;
  return told({ id: userId, email, name, locale, birthday: all.birthday });
}

/** The parts of a name; of one that is told whole, the first word and the rest. */
function nameIn({
  firstName,
  lastName,
  name = '',
}: { [Part in 'firstName' | 'lastName' | 'name']?: string }) {
  const [first, ...rest] = name.split(' ');
  const named = told({
    first: firstName ?? (first || undefined),
    last: lastName ?? (rest.join(' ') || undefined),
  });
  return Object.keys(named).length > 0 ? named : undefined;
}

function mailIn(value: unknown): string | undefined {
  return Mail.safeParse(value).data;
}

/** When it happened: as long ago as the sender says, on our clock. */
function momentOf(
  { timestamp, originalTimestamp, sentAt }: Message,
  { now, sentAt: batchSentAt }: Circumstances,
): string {
  const at = Date.parse(timestamp ?? originalTimestamp ?? '');
  const sent = Date.parse(sentAt ?? batchSentAt ?? '');
  if (Number.isNaN(at)) return new Date(now).toISOString();
  const corrected = Number.isNaN(sent) ? at : now - (sent - at);
  return new Date(Math.max(0, Math.min(corrected, now))).toISOString(); // a clock may be wrong beyond any date
}

function placed(problems: readonly Problem[], path: readonly PropertyKey[]): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
}

/** All of it, or everything that is wrong with it. */
function together(read: readonly OneRead[]): PayloadRead {
  const problems = read.flatMap((one) => one.problems ?? []);
  if (problems.length > 0) return { kind: 'refused', problems };
  return { kind: 'events', events: read.flatMap((one) => one.events ?? []) };
}
