import fc from 'fast-check';
import { bytesOfSample, type Shop, samplesOf, topicOf } from './payloads.ts';

/** A sample of a shop after a few accidents. */
export type Mutated = { readonly shop: Shop; readonly topic: string; readonly body: Buffer };

const NASTY: readonly unknown[] = [
  ...[
    null,
    true,
    0,
    -1,
    0.5,
    1e21,
    2 ** 53,
    -(2 ** 60),
    '',
    ' ',
    'constructor',
    '__proto__',
    '$where',
    'a@b',
    '@',
  ],
  ...[
    'é'.repeat(70),
    'x'.repeat(5_000),
    '1e5',
    'NaN',
    '-12.345',
    '9'.repeat(30),
    '2026-13-45',
    '0000-01-01',
    '\u{1F600}',
  ],
  ...[
    '275760-09-13T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    'a\nb',
    'a\u0007b',
    '\u202e',
    [],
    {},
    [[]],
    [null],
    { $gt: 1 },
    { id: {} },
  ],
];

/** Moments that no event may have happened at, and some that any may. */
const MOMENTS = [
  '2099-01-01T00:00:00Z',
  '1970-01-01T00:00:00Z',
  '275760-09-13T00:00:00Z',
  '2026-11-22T10:00:00Z',
];

/** What may stand anywhere after an accident. */
const anything = fc.oneof(fc.constantFrom(...NASTY), fc.string(), fc.integer(), fc.double(), fc.jsonValue());

/** Something done to a parsed payload; `where` picks the place, 0–1. */
type Accident = {
  readonly where: number;
  readonly kind: 'lose' | 'replace' | 'double' | 'wrap' | 'misdate';
  readonly value: unknown;
};

const accident: fc.Arbitrary<Accident> = fc.record({
  where: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  kind: fc.constantFrom('lose', 'replace', 'double', 'wrap', 'misdate'),
  value: anything,
});

const SAMPLES = (['shopify', 'woocommerce'] as const).flatMap((shop) =>
  samplesOf(shop).map((name) => ({ shop, name })),
);

/** Any sample of any shop, with one to four accidents to its values, or one to its bytes. */
export const mutated: fc.Arbitrary<Mutated> = fc
  .tuple(
    fc.constantFrom(...SAMPLES),
    fc.array(accident, { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 0, max: 9 }),
    fc.nat(),
  )
  .map(([{ shop, name }, accidents, kind, at]) => {
    const whole = bytesOfSample(shop, name);
    const values = () => Buffer.from(JSON.stringify(accidents.reduce(befall, JSON.parse(whole.toString()))));
    const body = kind === 0 ? broken(whole, at) : values();
    return { shop, topic: topicOf(shop, name), body };
  });

/** Cut short, or with one byte changed. */
function broken(whole: Buffer, at: number): Buffer {
  const place = at % whole.length;
  if (at % 2 === 0) return whole.subarray(0, place);
  const changed = Buffer.from(whole);
  changed[place] = at % 256;
  return changed;
}

function befall(payload: unknown, { where, kind, value }: Accident): unknown {
  const all = placesOf(payload);
  const places = kind === 'misdate' ? all.filter(({ key }) => /_at$|^date_/.test(key)) : all;
  const place = places[Math.floor(where * places.length)];
  if (!place) return value;
  const { holder, key } = place;
  if (kind === 'misdate') Reflect.set(holder, key, MOMENTS[Math.floor(where * 1000) % MOMENTS.length]);
  if (kind === 'lose') Reflect.deleteProperty(holder, key);
  if (kind === 'replace') Reflect.set(holder, key, value);
  if (kind === 'double') Reflect.set(holder, `${key}2`, Reflect.get(holder, key));
  if (kind === 'wrap') Reflect.set(holder, key, [Reflect.get(holder, key)]);
  return payload;
}

type Place = { readonly holder: object; readonly key: string };

/** Every place in a payload that holds a value. */
function placesOf(value: unknown): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value;
  return Object.entries(holder).flatMap(([key, inner]) => [{ holder, key }, ...placesOf(inner)]);
}
