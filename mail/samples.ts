import { answerLinks } from '../domain/answer-links.ts';
import type { Customer } from '../domain/customer.ts';
import type { StoredEvent } from '../domain/event.ts';
import { emptyKnown, fold } from '../domain/facts.ts';
import { type GrantValues, NO_GRANT } from '../domain/grant-values.ts';
import { type MembershipValues, NO_MEMBERSHIP } from '../domain/membership-values.ts';
import type { Shop } from '../domain/playbook.ts';
import { type TemplateValues, valuesOf } from '../domain/values.ts';
import { createMailLinks } from './links.ts';

/** For whom a mail can be looked at before it has a receiver. */
export const SAMPLES = ['regular', 'newcomer', 'stranger'] as const;
export type Sample = (typeof SAMPLES)[number];

const DAY_MS = 86_400_000;
/** Noon in Amsterdam on a Monday: the moment of all samples, so that each look at a mail shows the same. */
const NOON = Date.parse('2026-06-01T10:00:00Z');

type Piece = readonly [name: string, category: string, quantity: number, price: number];

const FIRST: readonly Piece[] = [['Pink Moon', 'folk', 1, 1895]];
const SECOND: readonly Piece[] = [['A Love Supreme', 'jazz', 1, 2450]];
const LAST: readonly Piece[] = [
  ['Kind of Blue', 'jazz', 1, 2195],
  ['The Köln Concert', 'jazz', 1, 2850],
];
const IRIS = { name: { first: 'Iris', last: 'Bakker' }, metThrough: { channel: 'word-of-mouth' } };

/** Someone who found the shop through a friend and bought there three times; bought once; or only came by. */
const LIVES: Readonly<Record<Sample, readonly StoredEvent[]>> = {
  regular: [
    order(1, NOON - 800 * DAY_MS, FIRST, IRIS),
    order(2, NOON - 200 * DAY_MS, SECOND),
    order(3, NOON, LAST),
  ],
  newcomer: [order(3, NOON, LAST, { name: { first: 'Iris' } })],
  stranger: [aSampleEvent('visit', 1, NOON)],
};

/** Mails that give something, as a look at them shows it. */
const GIVING = ['small-treat', 'longer-warranty', 'early-access', 'event-invitation'];

const A_GRANT: GrantValues = {
  ...{ kind: 'gift', title: null, value: 750, currency: 'EUR', code: 'KJ7M-2Q4X-VTRB' },
  expires: NOON + 90 * DAY_MS,
};

/** Of an order each, and of an answer. */
const SOME_POINTS = { balance: 48, pending: 50, expiring: 24, until: NOON + 30 * DAY_MS };

/** Somebody who reached a tier, and has one to go. */
export const A_MEMBERSHIP: MembershipValues = {
  ...{
    joined: NOON,
    tier: 'Silver',
    since: NOON,
    until: NOON + 456 * DAY_MS,
    next: 'Gold',
  },
  needed: { points: 360, orders: null, spent: null, currency: null },
  privileges: ['10% off for members', 'Two days of early access', 'Free shipping'],
};

/** What a mail says to somebody made up. Its links lead to pages, and change nothing there. */
export function sampleValues(touch: string, shop: Shop, sample: Sample): TemplateValues {
  const values = valuesOf(aSampleCustomer(sample), causeOf(touch), { shop });
  const isConfirmation = touch === 'confirm-address';
  const links = isConfirmation ? null : createMailLinks('https://mail.example', '')('copy');
  return {
    ...values,
    answer: links && answerLinks(links.answer),
    points: sample === 'regular' ? SOME_POINTS : null,
    membership: /^tier-/.test(touch) ? A_MEMBERSHIP : NO_MEMBERSHIP,
    confirm: isConfirmation ? { url: 'https://mail.example/join/confirm' } : null,
    grant: GIVING.includes(touch) ? A_GRANT : NO_GRANT,
    links,
  };
}

export function aSampleCustomer(sample: Sample): Customer {
  const events = LIVES[sample];
  const known = events.reduce((before, event) => fold(before, event, 'Europe/Amsterdam'), emptyKnown(NOON));
  return {
    id: `a-${sample}`,
    n: events.length,
    externalIds: [],
    known,
    contact: { version: 0, places: [] },
  };
}

const CASE_ANSWER = {
  orderId: 'o-3',
  text: 'You are right: the sleeve should not have been bent.\n\nA new copy left today; keep the other.',
};

/** What a touch by this name would answer. */
export function causeOf(touch: string): StoredEvent {
  const at = NOON + DAY_MS;
  if (touch === 'cart-reminder') {
    const items = itemsOf([['Songs in the Key of Life', 'soul', 1, 3495]]);
    return { ...aSampleEvent('cart-abandoned', 4, at), data: { items } };
  }
  if (touch === 'case-answer') return { ...aSampleEvent('complaint-answered', 4, at), data: CASE_ANSWER };
  if (touch === 'fresh-link') return aSampleEvent('link-asked', 4, at);
  const type = /complaint|made-good/.test(touch) ? 'complaint' : 'purchase';
  return { ...aSampleEvent(type, 4, at), data: { orderId: 'o-3' } };
}

function order(n: number, at: number, pieces: readonly Piece[], customer = {}): StoredEvent {
  const items = itemsOf(pieces);
  const total = items.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  return { ...aSampleEvent('purchase', n, at), customer, data: { orderId: `o-${n}`, total, items } };
}

function itemsOf(pieces: readonly Piece[]) {
  return pieces.map(([name, category, quantity, price]) => ({ sku: name, name, category, quantity, price }));
}

function aSampleEvent(type: string, n: number, at: number): StoredEvent {
  return { id: `sample/${n}`, customerId: 'sample', type, n, at, receivedAt: at, acts: true };
}
