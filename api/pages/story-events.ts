import { isChange } from '../../domain/answer.ts';
import type { EventData, OrderItem, StoredEvent } from '../../domain/event.ts';
import { PHASES } from '../../domain/phases.ts';
import type { StoryItem, StoryLine } from './story.ts';
import { handOf, wayLeft, whyDone } from './told-by.ts';
import { touchName, type Voice } from './voice.ts';
import { capital, entryOf, fill, readable, say } from './words.ts';

/** Most items of an order that are named; of more, the rest is counted. */
const NAMED_ITEMS = 2;

const ICONS: Readonly<Record<string, string>> = {
  purchase: 'bag',
  delivered: 'box',
  shipped: 'box',
  cancelled: 'undo',
  refund: 'undo',
  'cart-abandoned': 'bag',
  feedback: 'star',
  review: 'star',
  complaint: 'alert',
  'complaint-answered': 'check',
  'complaint-reopened': 'alert',
  'complaint-resolved': 'check',
  referral: 'people',
  'sign-up': 'hand',
  profile: 'person',
  merged: 'people',
  pause: 'pause',
  resume: 'play',
  end: 'stop',
  'gift-sent': 'box',
  redeemed: 'star',
  'task-done': 'check',
  'task-cannot': 'undo',
};

/** What happened, as the story tells it, with what it changed. */
export function eventItem(event: StoredEvent, changes: readonly StoryLine[], voice: Voice): StoryItem {
  const { data = {}, type } = event;
  return {
    at: event.at,
    kind: 'event',
    icon: entryOf(ICONS, type) ?? 'dot',
    tone: type === 'complaint' ? 'bad' : 'plain',
    title: titleOf(event, data, voice),
    notes: [
      orderNote(type, data, voice),
      whyDone(data, voice.words),
      wayNote(event, voice),
      ...consentNotes(event, voice),
      ...permissionNotes(data, voice),
      ...answerNotes(event),
      imported(event, voice),
    ].filter(isText),
    quote: [data.comment, data.text].find(isText),
    changes,
    mail: undefined,
  };
}

function titleOf({ type }: StoredEvent, data: EventData, { words, who, moments }: Voice): string {
  const texts: Readonly<Record<string, string>> = words.events;
  const phase = PHASES.find((one) => one === data.to);
  return say(entryOf(texts, variantOf(type, data)) ?? entryOf(texts, type) ?? words.events.other, {
    who,
    type,
    order: data.orderId ?? '',
    score: data.score ?? '',
    what: itemsOf(data.items ?? [], words.page),
    phase: phase ? words.phases[phase] : '',
    points: Math.abs(Number(data.points ?? 0)),
    touch: data.touch === undefined ? '' : touchName(words, data.touch),
    by: data.by === undefined ? '' : handOf(data.by, words),
    surprise: typeof data.surprise === 'string' ? readable(data.surprise) : '',
    until: typeof data.until === 'number' ? moments.when(data.until) : '',
  });
}

/** Of some types another sentence, where the data say so. */
const VARIANTS: Readonly<Record<string, readonly [variant: string, fits: (data: EventData) => unknown]>> = {
  review: ['review-scored', ({ score }) => score !== undefined],
  refund: ['refund-part', ({ items }) => items?.length],
  pause: ['pause-until', ({ until }) => until],
  objection: ['objection-withdrawn', ({ withdrawn }) => withdrawn],
  membership: ['membership-left', ({ change }) => change === 'leave'],
};

/** Which sentence fits: the score of which question, a refund in part, a pause with an end. */
function variantOf(type: string, data: EventData): string {
  if (type === 'feedback') return `feedback-${data.question}`;
  if (type === 'points') return pointsVariant(Number(data.points));
  const [variant, fits] = entryOf(VARIANTS, type) ?? [type, () => true];
  return fits(data) ? variant : type;
}

/** Of a day that came round an event tells no number. */
function pointsVariant(points: number): string {
  if (Number.isNaN(points)) return 'points-given';
  return points < 0 ? 'points-taken' : 'points';
}

function itemsOf(items: readonly OrderItem[], { someItems, andMore }: Voice['words']['page']): string {
  if (items.length === 0) return someItems;
  const named = items
    .slice(0, NAMED_ITEMS)
    .map(({ quantity, name }) => (quantity > 1 ? `${quantity} × ${name}` : name));
  const more = items.length - named.length;
  return more > 0 ? `${named.join(', ')} ${fill(andMore, { count: more })}` : named.join(', ');
}

function orderNote(type: string, { orderId, total, currency }: EventData, voice: Voice): string | undefined {
  if (type !== 'purchase' || !orderId) return undefined;
  const order = fill(voice.words.page.orderLabel, { order: orderId });
  if (total === undefined || !currency) return order;
  return `${order} · ${moneyIn(voice.moments.locale, total, currency)}`;
}

/** An amount in minor units as a person reads it: € 29,33. */
export function moneyIn(locale: string, minor: number, currency: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

function consentNotes({ consent = [], type, data }: StoredEvent, { words }: Voice): (string | undefined)[] {
  const named = (topic: string) => readable(topic).toLowerCase();
  const told = (withdrawn: boolean) =>
    consent.filter((entry) => 'withdrawn' in entry === withdrawn).map(({ topic }) => named(topic));
  const left = typeof data?.topic === 'string' ? named(data.topic) : words.about.said.all.toLowerCase();
  const given = told(false).join(', ');
  const taken = [...told(true), ...(type === 'unsubscribe' ? [left] : [])].join(', ');
  return [
    given ? fill(words.page.consentFor, { topics: given }) : undefined,
    taken ? fill(words.page.consentWithdrawn, { topics: taken }) : undefined,
  ];
}

/** By which way somebody left. */
function wayNote({ type, id, data }: StoredEvent, { words }: Voice): string | undefined {
  if (type !== 'unsubscribe' || typeof data?.how !== 'string') return undefined;
  const way = wayLeft({ how: data.how, type, source: id.slice(0, id.indexOf('/')) }, words);
  return way === '' ? undefined : capital(way);
}

/** What may be done with what somebody wrote. */
function permissionNotes({ mayReply, mayQuote, name }: EventData, { words: { page } }: Voice): string[] {
  const quote = typeof name === 'string' ? fill(page.mayQuoteAs, { name }) : page.mayQuote;
  return [...(mayReply ? [page.mayReply] : []), ...(mayQuote ? [quote] : [])];
}

/** What somebody told of themselves, a line each. */
function answerNotes({ type, data }: StoredEvent): string[] {
  if (type !== 'profile') return [];
  return Object.entries(data?.answers ?? {}).map(([key, answer]) => `${readable(key)}: ${String(answer)}`);
}

function imported(event: StoredEvent, { words: { page } }: Voice): string | undefined {
  if (isChange(event)) return page.changedAnswer;
  return event.acts || event.type === 'merged' ? undefined : page.imported;
}

function isText(text: unknown): text is string {
  return typeof text === 'string' && text !== '';
}
