import { isChange } from './answer.ts';
import type { StoredEvent } from './event.ts';
import { factsOf } from './facts.ts';
import { matches } from './filter.ts';
import type { Ground } from './ledger.ts';
import type { EarnRule } from './loyalty.ts';
import type { Earned, Membership } from './membership.ts';
import { expiryOf } from './point-times.ts';
import { lotsOf } from './points.ts';
import { lotOfOrder, orderOf, rateFor, timesOf, worthOf } from './points-of-orders.ts';

const DAY_MS = 86_400_000;

/** What the playbook's rules give for an event. What is history gives nothing, unless the programme says so. */
export function givenBy(ground: Ground, membership: Membership): Earned[] {
  const { event, playbook } = ground;
  const { earn = {}, history = false } = playbook.loyalty?.points ?? {};
  if ((!event.acts && !history) || isChange(event)) return [];
  return Object.entries(earn).flatMap(([name, rule]) => {
    if (rule.on !== causeOf(event) || !isMeant(rule, ground)) return [];
    const earned = event.type === 'purchase' ? forOrder(name, rule, ground) : forEvent(name, rule, ground);
    return earned.filter((entry) => isNew(entry, membership) && isWithin(rule, entry, membership));
  });
}

/** What earned the points: an event's type; of a birthday, which is no event, what is kept of it. */
function causeOf({ type, data }: StoredEvent): string {
  return type === 'points' && typeof data?.of === 'string' ? data.of : type;
}

/** Whether a rule is about this event, of this customer. */
function isMeant({ where = {}, when }: EarnRule, { customer, event, playbook }: Ground): boolean {
  if (!Object.entries(where).every(([key, value]) => event.data?.[key] === value)) return false;
  if (!when) return true;
  const stay = customer.journey ?? { phase: 'first-contact', since: customer.known.createdAt };
  return matches(when, factsOf(customer, event.at, stay, playbook), event.at);
}

/** A lot is earned once, and by members: what was before counts for nothing. */
function isNew({ lot, earnedAt }: Earned, { joined, entries }: Membership): boolean {
  if (!joined || earnedAt < joined.at) return false;
  return !entries.some((entry) => entry.kind === 'earned' && entry.lot === lot);
}

/** Whether a rule gives once more: at most so many lots in any days that this one would lie in. */
function isWithin({ most }: EarnRule, { reason, earnedAt }: Earned, membership: Membership): boolean {
  if (!most) return true;
  const near = lotsOf(membership).filter(
    (lot) => lot.reason === reason && Math.abs(lot.earnedAt - earnedAt) < most.days * DAY_MS,
  );
  return near.length < most.max;
}

function forOrder(name: string, rule: EarnRule, ground: Ground): Earned[] {
  const { customer, event } = ground;
  const order = orderOf(customer, event);
  const rate = order && rateFor(rule, order);
  const points = rate ? worthOf(order, rate) : 0;
  if (!rate || points === 0) return [];
  const entry = { id: `${event.id}:${name}`, at: event.at, points, reason: name };
  return [{ kind: 'earned', ...entry, lot: lotOfOrder(order.id, name), ...timesOf(order, ground), rate }];
}

function forEvent(name: string, { points }: EarnRule, { customer, event, playbook }: Ground): Earned[] {
  const { id, at, type, data } = event;
  const occasion = type === 'points' ? `${data?.of}/${data?.occasion}` : id;
  const times = { earnedAt: at, from: at, ...expiryOf(at, customer, playbook) };
  const entry = { id: `${id}:${name}`, at, points, reason: name };
  return [{ kind: 'earned', ...entry, lot: `${occasion}/${name}`, ...times }];
}
