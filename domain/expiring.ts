import { drop } from './agenda.ts';
import { type Context, type Course, changed } from './course.ts';
import type { Cause, Journey } from './journey.ts';
import { dayNumber } from './local-time.ts';
import { standingAt } from './points.ts';
import { subtractSpan } from './span.ts';

const DAY_MS = 86_400_000;

/** What is told later than this belongs to no plan: it is told at once, and counts from then. */
const LATE_MS = 2 * DAY_MS;

type Ground = Pick<Context, 'customer' | 'playbook' | 'zone'>;

/** What is heard of points that expire, and how it leaves a customer's course. */
type Expiry = { readonly course: Course; readonly heard: readonly Cause[] };

/**
 * Hears that points are about to expire: once for each day on which some do, `notice` before it.
 *
 * What was spent meanwhile expires no more, and what is planned to tell of it is dropped.
 */
export function hearExpiry(course: Course, context: Context): Expiry {
  const { moment } = context;
  const coming = comingExpiries(context, moment);
  const isMoot = (because: Cause) => because.type === EXPIRING && !coming.some(({ id }) => id === because.id);
  const kept = drop(course, 'moot', ({ because }) => isMoot(because));
  const due = coming.filter(({ id, at }) => id > (course.journey.expiryTold ?? '') && at <= moment);
  const last = due.at(-1);
  if (!last) return { course: kept, heard: [] };

  const heard = due.map((cause) => (moment - cause.at > LATE_MS ? { ...cause, at: moment } : cause));
  return { course: changed(kept, { expiryTold: last.id }), heard };
}

/** The next moment at which a customer is to be told of points that expire. */
export function expiryMoment({ now, expiryTold = '' }: Journey, ground: Ground): number | undefined {
  return comingExpiries(ground, now).find(({ id }) => id > expiryTold)?.at;
}

const EXPIRING = 'points-expiring';

/** The days on which points expire, the first one first, each with the moment to tell of it. */
function comingExpiries({ customer, playbook, zone }: Ground, at: number): readonly Cause[] {
  const { notice } = playbook.loyalty?.points ?? {};
  if (!notice || !customer.membership) return [];
  return standingAt(customer.membership, at).expiring.map(({ at: until }) => {
    const day = new Date(dayNumber(until - 1, zone) * DAY_MS).toISOString().slice(0, 10);
    return { type: EXPIRING, id: day, at: subtractSpan(until, notice, zone) };
  });
}
