import { cancelBy, plan } from './agenda.ts';
import { isChange } from './answer.ts';
import { CHOSEN } from './chosen.ts';
import { type Context, type Course, touchesIn } from './course.ts';
import type { StoredEvent } from './event.ts';
import type { Cause } from './journey.ts';
import { causeOf, occasionOf } from './occasions.ts';
import { isUndone } from './orders.ts';
import { planByHand } from './sending-again.ts';

/** What an order's undoing makes pointless, also where the undoing was heard of first. */
const ABOUT_WHAT_WAS_BOUGHT = ['purchase', 'shipped', 'delivered'];
const UNDOING = ['cancelled', 'refund'];

/**
 * Plans what the phase's touches answer to what was heard, one after the other, and drops what each made moot.
 *
 * @param silence a lapse, a comeback, a tier: each takes its turn before what happened later
 */
export function planAnswers(course: Course, silence: readonly Cause[], context: Context): Course {
  const { events } = context;
  const turnOf = (cause: Cause) => {
    const turn = events.findIndex(({ at }) => at >= cause.at);
    return turn < 0 ? events.length : turn;
  };
  const breakSilence = (planned: Course, turn: number) =>
    silence
      .filter((cause) => turnOf(cause) === turn)
      .reduce((answered, cause) => planFor(answered, cause, cause.id, context), planned);

  const answered = events.reduce(
    (planned, event, turn) => answer(breakSilence(planned, turn), event, context),
    course,
  );
  return breakSilence(answered, events.length);
}

/** Whether an event is news of a customer: an answer that is changed triggers nothing again, and may yet move them on. */
export function isNews(event: StoredEvent): boolean {
  return event.acts || isChange(event);
}

function answer(course: Course, event: StoredEvent, context: Context): Course {
  const left = cancelBy(course, event, context);
  if (event.type === 'send-again' || event.type === CHOSEN) return planByHand(left, event, context);
  if (!event.acts || isOvertaken(event, context)) return left;
  return planFor(left, causeOf(event), occasionOf(event), context);
}

function planFor(course: Course, because: Cause, occasion: string, context: Context): Course {
  return touchesIn(course.journey.phase, context.playbook)
    .filter(({ on }) => on === because.type)
    .reduce((planned, touch) => plan(planned, touch, { occasion, because }, context), course);
}

/** Whether an event tells of an order that was undone before we heard of it; what undoes it later, cancels. */
function isOvertaken({ n, type, data }: StoredEvent, { customer, events }: Context): boolean {
  if (!ABOUT_WHAT_WAS_BOUGHT.includes(type)) return false;
  const order = customer.known.orders.find(({ id }) => id === data?.orderId);
  if (!order || !isUndone(order)) return false;
  return !events.some(
    (later) => later.n > n && UNDOING.includes(later.type) && later.data?.orderId === order.id,
  );
}
