import { drop } from './agenda.ts';
import { type Context, type Course, changed } from './course.ts';
import type { StoredEvent } from './event.ts';
import type { Cause, Journey } from './journey.ts';
import { dayNumber } from './local-time.ts';
import { causeOf } from './occasions.ts';
import type { Playbook } from './playbook.ts';
import { tierCourseOf } from './tier-course.ts';
import { stepAfter, stepAt } from './tiers.ts';

const DAY_MS = 86_400_000;

/** A tier reached longer ago belongs to history, as an event of that age does. */
const NEWS_MS = 2 * DAY_MS;

/** What is heard of a customer's tier, and how it leaves their course. */
type Climb = { readonly course: Course; readonly heard: readonly Cause[] };

/**
 * Hears that a customer's tier is another than it was: up by what they did, down by time or by what was taken back.
 *
 * Only the way up is an occasion, once a tier and year. Touches that celebrate a tier they no longer have, or have
 * passed, are dropped.
 */
export function hearTier(course: Course, context: Context): Climb {
  const { customer, playbook, moment } = context;
  const step = stepAt(tierCourseOf(customer, playbook), moment);
  const { tier: from, ...journey } = course.journey;
  const to = step?.tier?.name;
  if (from === to) return { course, heard: [] };

  const at = step?.at ?? moment;
  const cause = { type: 'tier', id: to === undefined ? '' : occasionOf(to, at, context.zone), at };
  const because = reasonOf(at, context) ?? cause;
  const left = { changes: course.changes, journey: to === undefined ? journey : { ...journey, tier: to } };
  const told = changed(
    left,
    {},
    {
      ...{ kind: 'tier', because },
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    },
  );
  const moot = drop(told, 'moot', ({ because: { type, id } }) => type === 'tier' && id !== cause.id);
  return { course: moot, heard: isCelebrated({ from, to, at }, context) ? [cause] : [] };
}

/** Which time a tier is reached, `gold-2027`: once a local year. */
function occasionOf(tier: string, at: number, zone: string): string {
  return `${tier}-${new Date(dayNumber(at, zone) * DAY_MS).getUTCFullYear()}`;
}

/** The event that made the tier another; nothing where time did. */
function reasonOf(at: number, { events }: Context): Cause | undefined {
  const event = events.findLast((one) => one.at === at) ?? events.findLast(undoes);
  return event && causeOf(event);
}

const UNDOING = ['cancelled', 'refund'];

function undoes({ type }: StoredEvent): boolean {
  return UNDOING.includes(type);
}

type Change = { readonly from: string | undefined; readonly to: string | undefined; readonly at: number };

/** Up, and news: not by an import, not long ago, not by a playbook that gave the tier another name. */
function isCelebrated({ from, to, at }: Change, { playbook, events, moment, wasEnded }: Context): boolean {
  if (rankOf(to, playbook) <= rankOf(from, playbook) || wasEnded) return false;
  const then = events.filter((event) => event.at === at);
  return then.length > 0 ? then.some(({ acts }) => acts) : moment - at < NEWS_MS;
}

/** The place of a tier on the ladder, from 0; −1 for none. */
function rankOf(tier: string | undefined, { loyalty }: Playbook): number {
  return loyalty?.tiers?.findIndex(({ name }) => name === tier) ?? -1;
}

/** The next moment at which the tier changes by time. */
export function tierMoment(
  { now }: Pick<Journey, 'now'>,
  { customer, playbook }: Pick<Context, 'customer' | 'playbook'>,
): number | undefined {
  return stepAfter(tierCourseOf(customer, playbook), now)?.at;
}
