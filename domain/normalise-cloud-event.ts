import { z } from 'zod';
import { KNOWN_TYPES } from './incoming-data.ts';
import { Instant, Words } from './payload.ts';
import { explain, type Problem } from './strict.ts';

/** @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md */
const CloudEvent = z.object({
  specversion: z.literal('1.0', { error: 'must be "1.0"' }),
  id: Words,
  source: z.string().min(1).max(1_000),
  type: z.string().min(1).max(256),
  time: Instant.exactOptional(),
  subject: Words.exactOptional(),
  datacontenttype: z.string().regex(/json/i, 'must be JSON').exactOptional(),
  data: z
    .record(z.string(), z.unknown(), {
      error: 'must be an object: the customer, and what the type of the event calls for',
    })
    .optional(),
  data_base64: z.undefined({ error: 'is not taken; send data as JSON' }).optional(),
});

/** A CloudEvent as an event that may be posted, or what is wrong with it. */
export type CloudEventRead =
  | { readonly kind: 'read'; readonly event: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/**
 * Reads a CloudEvent. Its data hold the `customer` and the `consent` beside what the type of the event calls for;
 * without a customer, its subject is the shop's id of one.
 *
 * @param now epoch milliseconds; the time of an event that tells none
 */
export function normaliseCloudEvent(payload: unknown, now: number): CloudEventRead {
  const read = CloudEvent.safeParse(payload);
  if (!read.success) return { kind: 'refused', problems: explain(read.error.issues) };
  const { id, source, type, time, subject, data: { customer, consent, ...data } = {} } = read.data;
  const who = customer ?? (subject === undefined ? undefined : { id: subject });
  return {
    kind: 'read',
    event: {
      id,
      source: sourceOf(source),
      type: typeOf(type),
      at: time ?? new Date(now).toISOString(),
      customer: who,
      ...(consent === undefined ? {} : { consent }),
      ...(Object.keys(data).length > 0 ? { data } : {}),
    },
  };
}

/** Where a problem of the posted event stands in the CloudEvent it was read from. */
export function pathInCloudEvent([part, ...rest]: readonly PropertyKey[]): readonly PropertyKey[] {
  switch (part) {
    case 'at':
      return ['time', ...rest];
    case 'customer':
    case 'consent':
      return ['data', part, ...rest];
    default:
      return part === undefined ? [] : [part, ...rest];
  }
}

/** `https://shop.example/orders` is `shop.example-orders`. */
function sourceOf(uri: string): string {
  const words = uri.replace(/^[a-z][a-z0-9+.-]*:\/*/i, '').replaceAll(/[^A-Za-z0-9._-]+/g, '-');
  return words.replaceAll(/^[^A-Za-z0-9]+|-+$/g, '').slice(0, 64) || 'unnamed';
}

/** `com.example.shop.purchase` is a purchase. */
function typeOf(type: string): string {
  const last = type.split('.').at(-1) ?? type;
  return KNOWN_TYPES.includes(last) ? last : type;
}
