import { zoneOf } from './contact-policy.ts';
import type { Customer, Order } from './customer.ts';
import { isNet, netTotal } from './orders.ts';
import type { Playbook, Span } from './playbook.ts';
import { lotsOf } from './points.ts';
import { remembered } from './remembered.ts';
import type { Tier, TierFrom } from './tier.ts';
import { type Credit, stepAt, type TierStep, tierSteps } from './tiers.ts';

/** What of a playbook tiers rest on. */
export type Programme = Pick<Playbook, 'loyalty' | 'shop'>;

/** Where the programme does not say. */
const GRACE: Span = { months: 3 };

/** The course of a customer's tiers by a playbook's programme; empty where there is none, or they are no member. */
export function tierCourseOf(customer: Customer, playbook: Programme): readonly TierStep[] {
  return playbook.loyalty?.tiers && customer.membership?.joined ? courses(customer)(playbook) : [];
}

/** The tier a customer has at a moment, or none. */
export function tierAt(customer: Customer, playbook: Programme, at: number): Tier | undefined {
  return stepAt(tierCourseOf(customer, playbook), at)?.tier;
}

const courses = remembered((customer: Customer) =>
  remembered((playbook: Programme): readonly TierStep[] => {
    const { tiers = [], grace = GRACE } = playbook.loyalty ?? {};
    return tierSteps({
      joinedAt: customer.membership?.joined?.at ?? Infinity,
      tiers,
      grace,
      creditsFor: (from) => creditsFor(customer, from),
      zone: zoneOf(customer, playbook),
    });
  }),
);

/** What of a customer's counts towards a tier, since they joined; what was taken back never counted. */
export function creditsFor({ membership, known }: Customer, from: TierFrom): readonly Credit[] {
  if (!membership?.joined) return [];
  if (from.kind === 'points') {
    return lotsOf(membership).map(({ earnedAt: at, points: amount }) => ({ at, amount }));
  }
  const { at: since } = membership.joined;
  return known.orders
    .filter((order) => order.at >= since && isNet(order) && isIn(order, from))
    .map((order) => ({ at: order.at, amount: from.kind === 'spent' ? netTotal(order) : 1 }));
}

/** Whether an order counts by its currency, where money does; one that was not told is the shop's. */
function isIn({ currency }: Order, from: TierFrom): boolean {
  return from.kind !== 'spent' || (currency ?? from.currency) === from.currency;
}
