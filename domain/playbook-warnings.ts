import { type PlacedTouch, touchesOf } from './build-playbook.ts';
import { unnamed } from './check-topics.ts';
import { leastOf } from './guard.ts';
import { KNOWN_TYPES } from './incoming-data.ts';
import { LANGUAGES } from './languages.ts';
import type { Touch } from './playbook.ts';
import type { PlaybookDocument } from './playbook-schema.ts';
import { addSpan } from './span.ts';
import type { Problem } from './strict.ts';
import { suggest } from './suggest.ts';
import { unsupportedIn } from './support.ts';

/** What code answers besides what shops report. */
const FROM_WITHIN = [
  'entering',
  'every',
  'lapse',
  'comeback',
  'birthday',
  'anniversary',
  'tier',
  'news',
  'start',
];
/** Surprises that are a price in disguise. */
const PRICES = ['coupon', 'credit', 'buy-one-get-one'];

/** What a playbook may say, and hardly means. */
export function warningsOf(document: PlaybookDocument): Problem[] {
  const touches = touchesOf(document);
  const ofTouches = touches.flatMap((placed) => [
    ...misspelt(placed),
    ...unsupported(placed),
    ...neverLapses(placed, document),
    ...tooEarly(placed, document, touches),
    ...tooOften(placed),
  ]);
  return [...foreign(document), ...unnamed(document, touches), ...ofTouches];
}

function foreign({ shop: { locale } }: PlaybookDocument): Problem[] {
  if (LANGUAGES.some((language) => language === locale.split('-')[0])) return [];
  const message = `no mail is written in "${locale}": who told no language gets English`;
  return [{ path: ['shop', 'locale'], message, hint: `known: ${LANGUAGES.join(', ')}` }];
}

function misspelt({ touch, path }: PlacedTouch): Problem[] {
  const known = [...KNOWN_TYPES, ...FROM_WITHIN];
  const near = known.includes(touch.on) ? undefined : suggest(touch.on, known);
  if (!near) return [];
  return [
    {
      path: [...path, 'on'],
      message: `no known event is called "${touch.on}"`,
      hint: `did you mean "${near}"?`,
    },
  ];
}

/** Seams of the language: checked now, done by later versions. */
function unsupported({ touch, path }: PlacedTouch): Problem[] {
  return unsupportedIn(touch).map((key) => ({
    path: [...path, key],
    message: `is not done by this version: "${touch.name}" will be skipped`,
  }));
}

function neverLapses({ touch, path }: PlacedTouch, { lapseAfter }: PlaybookDocument): Problem[] {
  if (lapseAfter || (touch.on !== 'lapse' && touch.on !== 'comeback')) return [];
  return [
    { path: [...path, 'on'], message: 'nobody ever lapses', hint: 'give lapseAfter, such as 120 days' },
  ];
}

/** Value before price: a discount before the second order, or as the first answer to silence, teaches to wait for more. */
function tooEarly(
  { touch, path }: PlacedTouch,
  { surprises }: PlaybookDocument,
  touches: readonly PlacedTouch[],
): Problem[] {
  const kind = touch.surprise && surprises[touch.surprise]?.kind;
  if (!kind || !PRICES.includes(kind)) return [];
  const here = [...path, 'surprise'];
  if (isFirstWinBack(touch, touches)) {
    return [
      {
        path: here,
        message: `begins a win-back with a ${kind}`,
        hint: 'value before price: ask what went wrong first',
      },
    ];
  }
  if (touch.phase === 'relationship' || touch.phase === 'ambassador') return [];
  if (leastOf(touch.when, 'orders.days') >= 2) return [];
  const hint = 'value before price: add when: { orders.days: { $gte: 2 } }';
  return [{ path: here, message: `gives a ${kind} before a second order day`, hint }];
}

/** Half a year, 181 days at the shortest; a recommendation is asked for no more often. */
const HALF_A_YEAR_MS = 180 * 86_400_000;
/** What comes round once a year, or once in a life. */
const SELDOM = ['birthday', 'anniversary', 'entering'];

function tooOften({ touch, path }: PlacedTouch): Problem[] {
  const { on, asks, every, oncePer = every } = touch;
  if (asks !== 'nps' || SELDOM.includes(on)) return [];
  if (oncePer && addSpan(0, oncePer, 'UTC') >= HALF_A_YEAR_MS) return [];
  const hint = every ? 'write { every: 6 months }' : 'add oncePer: 6 months';
  return [{ path: [...path, 'ask'], message: 'asks for a recommendation more than twice a year', hint }];
}

function isFirstWinBack(touch: Touch, touches: readonly PlacedTouch[]): boolean {
  if (touch.on !== 'lapse') return false;
  const delay = ({ after }: Touch) => addSpan(0, after, 'UTC');
  return touches.every((other) => other.touch.on !== 'lapse' || delay(other.touch) >= delay(touch));
}
