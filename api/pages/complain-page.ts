import type { FastifyReply } from 'fastify';
import { ulid } from 'ulid';
import { answerWithin } from '../../domain/complaint-terms.ts';
import { zoneOf } from '../../domain/contact-policy.ts';
import type { Order } from '../../domain/customer.ts';
import { complainWords } from './complain-words.ts';
import { addressOf, type Guest, showGuestMessage, showGuestPage } from './guest.ts';
import { dateIn } from './guest-dates.ts';
import { spanInWords } from './rule-words.ts';
import type { Show } from './show.ts';
import { fill } from './words.ts';

/** What was filled in, and what is to be mended of it. */
export type Filled = {
  readonly form?: string | undefined;
  readonly orderId?: string | undefined;
  readonly text?: string;
  readonly fault?: string;
};

/** Most orders to choose from: the latest. */
const OFFERED = 5;
/** How many items name an order. */
const NAMED = 2;

/** The orders that a complaint may be about, the latest first. */
export function ordersOf({ customer }: Guest): readonly Order[] {
  const placed = customer.known.orders.filter((order) => order.placed);
  return placed.sort((one, other) => other.at - one.at).slice(0, OFFERED);
}

/**
 * Shows the form. Each one that is shown is another, by its number: what is sent twice is known by it.
 *
 * @param orders to choose from; none where the link is too old to tell what was bought
 */
export function showForm(
  show: Show,
  guest: Guest,
  orders: readonly Order[],
  filled: Filled = {},
): FastifyReply {
  const { customer, visit } = guest;
  const words = complainWords(visit.language);
  return showGuestPage(show, guest, {
    ...{ view: 'complain', title: words.title, status: filled.fault ? 422 : 200 },
    ...{ lead: leadOf(guest), complaining: words, complain: undefined },
    underway: customer.known.complaints.open.length > 0 ? words.underway : '',
    ...{ form: filled.form ?? ulid(), text: filled.text ?? '', fault: filled.fault ?? '' },
    orders: orders.length > 0 ? choicesOf(guest, orders, filled.orderId) : [],
  });
}

/** Says that it is there, when an answer comes, and that it is quiet until then. */
export function showThanks(show: Show, guest: Guest): FastifyReply {
  const { doneTitle: title, calm: hint } = complainWords(guest.visit.language);
  return showGuestMessage(show, guest, { title, lead: leadOf(guest), status: 200, hint });
}

function leadOf({ customer, visit }: Guest): string {
  const { lead, leadTo } = complainWords(visit.language);
  const isReached = customer.known.profile.email !== undefined && !customer.suppressed;
  return fill(isReached ? leadTo : lead, {
    shop: visit.playbook.shop.name,
    within: spanInWords(answerWithin(visit.playbook), visit.language),
    email: addressOf(customer),
  });
}

function choicesOf({ customer, visit }: Guest, orders: readonly Order[], chosen: string | undefined) {
  const words = complainWords(visit.language);
  const zone = zoneOf(customer, visit.playbook);
  const choices = orders.map(({ id, at, items }) => ({
    id,
    title: fill(words.orderOf, { date: dateIn(visit.language, zone, at) }),
    note: items
      .slice(0, NAMED)
      .map(({ name }) => name)
      .join(' · '),
    isChosen: id === chosen,
  }));
  const isNone = !orders.some(({ id }) => id === chosen);
  return [...choices, { id: '', title: words.noOrder, note: '', isChosen: isNone }];
}
