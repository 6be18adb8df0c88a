import type { Customer } from '../../domain/customer.ts';
import type { StoredEvent } from '../../domain/event.ts';
import type { Cause } from '../../domain/journey.ts';
import type { Phase } from '../../domain/phases.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { type Moments, momentsIn } from './moments.ts';
import { entryOf, fill, type Language, readable, WORDS, type Words } from './words.ts';

const ABOUT_AN_ORDER = ['purchase', 'shipped', 'delivered', 'cancelled', 'refund'];

/** What is needed to speak of one customer: whose words, whose clock, and which order an event was about. */
export type Voice = {
  readonly words: Words;
  readonly language: Language;
  readonly moments: Moments;
  /** The first name, or “the customer”. */
  readonly who: string;
  /** The order that an event was about, by the event's identity. */
  readonly orderOf: (eventId: string) => string | undefined;
  /** What a tier of membership is called; by its name where the playbook no longer has it. */
  readonly tierOf: (name: string) => string;
  /** The phase a touch belongs to, if it has one. */
  readonly phaseOf: (touch: string) => Phase | undefined;
  /** Whether a touch is something that a person of the team does. */
  readonly isTeamTask: (touch: string) => boolean;
};

type Subject = {
  readonly customer: Customer;
  readonly events: readonly StoredEvent[];
  readonly playbook: Playbook | undefined;
  readonly now: number;
};

export function voiceFor(language: Language, { customer, events, playbook, now }: Subject): Voice {
  const words = WORDS[language];
  const orders = new Map(events.map(({ id, data }) => [id, data?.orderId]));
  const known = new Set(customer.known.orders.map(({ id }) => id));
  const tiers = playbook?.loyalty?.tiers ?? [];
  const named = (eventId: string) => eventId.slice(eventId.indexOf('/') + 1);
  return {
    words,
    language,
    moments: momentsIn(language, zoneOf(customer, playbook), now),
    who: customer.known.profile.name?.first ?? words.page.theCustomer,
    orderOf: (id) => orders.get(id) ?? [id, named(id)].find((candidate) => known.has(candidate)),
    tierOf: (name) => tiers.find((tier) => tier.name === name)?.title[language] ?? readable(name),
    isTeamTask: (touch) => playbook?.touches.some(({ name, by }) => name === touch && by === 'team') ?? false,
    phaseOf: (touch) => playbook?.touches.find(({ name }) => name === touch)?.phase,
  };
}

/** The zone whose clock a customer lives by. */
export function zoneOf(customer: Customer, playbook: Playbook | undefined): string {
  return customer.known.profile.timeZone ?? playbook?.shop.timeZone ?? 'UTC';
}

/** A touch's name as a person reads it: translated where we know it. */
export function touchName(words: Words, touch: string): string {
  return entryOf(words.touches, touch) ?? readable(touch);
}

/** What becomes of a cause: which touch, which time. */
type Answer = { readonly touch: string; readonly occasion: string };

/** Why, as a clause: `because order o-1001 was placed`. */
export function becauseOf(voice: Voice, cause: Cause, answer?: Answer): string {
  const { words, who } = voice;
  const texts: Readonly<Record<string, string>> = words.because;
  const order = voice.orderOf(cause.id) ?? orderAnswered(cause, answer);
  const type = !order && texts[`${cause.type}-unknown`] ? `${cause.type}-unknown` : cause.type;
  const phase = answer && voice.phaseOf(answer.touch);
  return fill(entryOf(texts, type) ?? words.because.other, {
    who,
    order: order ?? '',
    type: cause.type,
    phase: phase ? words.phases[phase] : words.page.thisPhase,
  });
}

/** What answers an order has its id for an occasion, or the event's where it told of none. */
function orderAnswered({ type, id }: Cause, answer: Answer | undefined): string | undefined {
  return ABOUT_AN_ORDER.includes(type) && answer?.occasion !== id ? answer?.occasion : undefined;
}
