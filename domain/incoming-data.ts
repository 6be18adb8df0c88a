import { z } from 'zod';
import { QUESTIONS } from './asks.ts';
import { RESOLUTIONS, SEVERITIES, VIAS } from './case-words.ts';
import type { EventData } from './event.ts';
import { Line } from './incoming-customer.ts';
import { ShipTo } from './ship-to.ts';
import { explain, type Problem, strict, wrong } from './strict.ts';

/** Nothing that a shop reports nests deeper; MongoDB itself stops at 100. */
const DEEPEST = 16;

const Text = z.string().max(10_000);
const Minor = z
  .int({ error: wrong('is not in minor units; write 29.33 as 2933') })
  .min(0)
  .max(1_000_000_000_000);
const Currency = z
  .string()
  .refine((code) => CURRENCIES.has(code), 'is not a currency; use a code of ISO 4217 such as EUR');
const Quantity = z.int().min(1).max(1_000_000);
const Score = z.int().min(0).max(10);
const orderId = Line;
const Sku = Line.refine((sku) => !isUnsafe(sku), 'is not a SKU that can be kept; do not begin it with $');

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

const Item = strict({
  sku: Sku,
  name: Line,
  category: Line.exactOptional(),
  quantity: Quantity,
  price: Minor,
});

/** What came back; name and price are the order's. */
const ReturnedItem = strict({
  sku: Sku,
  quantity: Quantity,
  name: Line.exactOptional(),
  category: Line.exactOptional(),
  price: Minor.exactOptional(),
}).transform(({ name, price, ...item }) => ({ ...item, name: name ?? item.sku, price: price ?? 0 }));

const Items = z.array(Item).max(500);
const OfOrder = strict({ orderId });
const Plain = z.record(z.string(), z.unknown());

/** What the data of each known type holds (design §9): an unknown key is refused. */
const DATA_OF = {
  'sign-up': strict({
    form: Line.exactOptional(),
    where: Line.exactOptional(), // the page
    askedAt: z.iso.datetime({ offset: true }).exactOptional(),
    confirmed: z.literal('link').exactOptional(), // double opt-in
  }).optional(),
  purchase: strict({
    ...{ orderId, total: Minor, currency: Currency },
    items: Items.exactOptional(),
    shipTo: ShipTo.exactOptional(),
  }),
  shipped: OfOrder,
  delivered: OfOrder,
  cancelled: OfOrder,
  refund: strict({ orderId, items: z.array(ReturnedItem).min(1).max(500).exactOptional() }),
  'cart-abandoned': strict({
    total: Minor.exactOptional(),
    currency: Currency.exactOptional(),
    items: Items.exactOptional(),
  }).optional(),
  feedback: strict({
    question: z.enum(QUESTIONS),
    score: Score.exactOptional(),
    comment: Text.exactOptional(),
    orderId: orderId.exactOptional(),
  }).refine(({ question, score }) => question === 'open' || score !== undefined, {
    path: ['score'],
    message: 'is missing; give 0–10',
  }),
  complaint: strict({
    text: Text.exactOptional(),
    orderId: orderId.exactOptional(),
    via: z.enum(VIAS).exactOptional(),
    severity: z.enum(SEVERITIES).exactOptional(), // else by rule
    score: Score.exactOptional(),
  }).optional(),
  'complaint-resolved': strict({
    text: Text.exactOptional(),
    orderId: orderId.exactOptional(),
    case: z.string().min(1).max(200).exactOptional(), // the complaint's source/id
    resolution: z.enum(RESOLUTIONS).exactOptional(),
  }).optional(),
  referral: strict({ referred: Line.exactOptional(), paid: z.boolean().exactOptional() }).optional(),
  review: strict({
    sku: Sku.exactOptional(),
    orderId: orderId.exactOptional(),
    score: Score.exactOptional(),
    stars: z.int().min(1).max(5).exactOptional(),
    text: Text.exactOptional(),
  }).optional(),
  profile: strict({ answers: Plain.exactOptional() }).optional(),
  visit: strict({
    sku: Sku.exactOptional(),
    category: Line.exactOptional(),
    page: Line.exactOptional(),
  }).optional(),
};

/** What shops and forms report, with data that Rapport understands. */
export const KNOWN_TYPES: readonly string[] = Object.keys(DATA_OF);

/** Any other type keeps what it holds. */
const SCHEMAS: ReadonlyMap<string, z.ZodType<EventData | undefined>> = new Map(Object.entries(DATA_OF));

/** What the data of each known type looks like, as JSON Schema, for the reference. */
export const DATA_SHAPES = Object.entries(DATA_OF).map(([type, schema]) => {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io: 'input' });
  return { title: type, ...shape };
});

/** Data as kept, or what is wrong with it. */
type DataRead =
  | { readonly kind: 'read'; readonly data?: EventData }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Reads what an event of a type holds besides its envelope. */
export function readData(type: string, data: unknown): DataRead {
  const unsafe = unsafeKey(data);
  if (unsafe) return { kind: 'refused', problems: [{ path: [], message: unsafe }] };
  const parsed = (SCHEMAS.get(type) ?? Plain.optional()).safeParse(data);
  if (!parsed.success) return { kind: 'refused', problems: explain(parsed.error.issues) };
  return { kind: 'read', ...(parsed.data === undefined ? {} : { data: parsed.data }) };
}

/** Why a value cannot be kept as it came, or undefined: keys that a database or an object would take for its own. */
function unsafeKey(value: unknown, depth = 0): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= DEEPEST) return `nests deeper than ${DEEPEST} levels`;
  for (const [key, inner] of Object.entries(value)) {
    if (isUnsafe(key)) return `holds the key ${JSON.stringify(key)}, which is not allowed`;
    const found = unsafeKey(inner, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function isUnsafe(key: string): boolean {
  return key.startsWith('$') || key.includes('\0') || ['__proto__', 'constructor', 'prototype'].includes(key);
}
