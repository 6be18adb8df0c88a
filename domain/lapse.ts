import { drop } from './agenda.ts';
import { type Context, type Course, changed } from './course.ts';
import type { Customer, Order } from './customer.ts';
import type { StoredEvent } from './event.ts';
import type { Cause, Journey } from './journey.ts';
import { isNet } from './orders.ts';
import type { Playbook } from './playbook.ts';
import { addSpan } from './span.ts';

/** Events that are Rapport's or a marketer's doing: they do not end a rest. */
const NOT_THE_CUSTOMERS = [
  'start',
  'pause',
  'resume',
  'move',
  'end',
  'merged',
  'bounce',
  'spam-complaint',
  'objection',
  'send-again',
  'surprise',
  'membership',
  'points',
  'task-done',
  'task-cannot',
  'gift-sent',
  'link-asked',
];

/** Deliveries and the like follow from an order; only what customers do themselves ends a rest. */
const THE_SHOPS = ['shipped', 'delivered', 'complaint-resolved', 'complaint-answered', 'complaint-reopened'];

const UNDOING = ['cancelled', 'refund'];

/** The last order that stands: placed, not cancelled, not wholly given back. */
function lastOrder({ known }: Customer): Order | undefined {
  return known.orders
    .filter(isNet)
    .reduce<Order | undefined>((last, order) => (last && last.at >= order.at ? last : order), undefined);
}

/** When the customer's silence since the last order becomes a lapse; undefined where no order or no rule is. */
export function lapseOf(customer: Customer, playbook: Playbook, zone: string): Cause | undefined {
  const last = lastOrder(customer);
  if (!last || !playbook.lapseAfter || customer.known.objection) return undefined;
  return { type: 'lapse', id: last.id, at: addSpan(last.at, playbook.lapseAfter, zone) };
}

/** What is heard of a customer's silence, and how it leaves their course. */
type Silence = { readonly course: Course; readonly heard: Cause[] };

/** Hears what the customer's silence says, or the end of it: a lapse, a comeback, the end of a rest. */
export function hearSilence(course: Course, context: Context): Silence {
  const lapse = lapseOf(context.customer, context.playbook, context.zone);
  const silence = hearLapse(hearComeback(wake(course, context), context), lapse, context);
  return { ...silence, course: hearAnswer(silence.course, lapse, context) };
}

/** A lapse is heard once. One that belongs to history, as nobody could wait for it, is answered by no touch. */
function hearLapse({ course, heard }: Silence, lapse: Cause | undefined, context: Context): Silence {
  if (!lapse || lapse.at > context.moment || lapse.id === course.journey.lapsed) return { course, heard };

  const change = { kind: 'lapsed', because: lapse } as const;
  const isHistory = context.wasEnded || context.events.some((event) => reveals(event, lapse));
  if (isHistory) return { course: changed(course, lapsedLongAgo(course.journey, lapse), change), heard };
  return { course: changed(course, { lapsed: lapse.id }, change), heard: [...heard, lapse] };
}

/** Nothing answers such a lapse; who was placed, and has done nothing since, rests as those placed after it do. */
function lapsedLongAgo({ placed }: Journey, { id }: Cause): Partial<Journey> {
  return { lapsed: id, rested: id, ...(placed && { resting: true }) };
}

/** Whether an event shows a lapse that is over: an order of old, or the undoing of one that came after. */
function reveals({ type, data }: StoredEvent, { id }: Cause): boolean {
  if (type === 'purchase') return data?.orderId === id;
  return UNDOING.includes(type) && data?.orderId !== id;
}

/** Whoever does something of their own after a lapse has answered it, and is not to rest. */
function hearAnswer(course: Course, lapse: Cause | undefined, { events }: Context): Course {
  const { lapsed } = course.journey;
  const since = lapse && lapse.id === lapsed ? lapse.at : 0;
  const answers = events.some((event) => isTheCustomersOwn(event) && event.at >= since);
  return lapsed && answers ? changed(course, { rested: lapsed }) : course;
}

/** A purchase after a lapse is a comeback. */
function hearComeback(course: Course, { customer, events }: Context): Silence {
  const purchases = events.filter((event) => event.type === 'purchase');
  const purchase = purchases.find(({ acts }) => acts) ?? purchases[0];
  const last = lastOrder(customer);
  if (!purchase || !course.journey.lapsed || last?.id === course.journey.lapsed) return { course, heard: [] };

  const comeback = { type: 'comeback', id: purchase.data?.orderId ?? purchase.id, at: purchase.at };
  const { lapsed: _lapsed, ...journey } = course.journey;
  const moot = drop({ ...course, journey }, 'moot', ({ because }) => because.type === 'lapse');
  const came = changed(moot, {}, { kind: 'came-back', because: comeback });
  return { course: came, heard: purchase.acts ? [comeback] : [] };
}

/** A rest ends with the customer's next own event. */
function wake(course: Course, { events }: Context): Course {
  const own = events.find(isTheCustomersOwn);
  if (!course.journey.resting || !own) return course;

  const { resting: _resting, ...journey } = course.journey;
  return changed(
    { ...course, journey },
    {},
    { kind: 'woke', because: { type: own.type, id: own.id, at: own.at } },
  );
}

function isTheCustomersOwn({ type, acts }: StoredEvent): boolean {
  return acts && !NOT_THE_CUSTOMERS.includes(type) && !THE_SHOPS.includes(type);
}

/** A lapsed customer whose lapse touches are all behind them rests, once a lapse, until their next own event. */
export function rest(course: Course, { moment }: Context): Course {
  const { lapsed, rested, agenda } = course.journey;
  if (!lapsed || rested === lapsed || agenda.some(({ because }) => because.type === 'lapse')) return course;
  return changed(
    course,
    { resting: true, rested: lapsed },
    { kind: 'rests', because: { type: 'lapse', id: lapsed, at: moment } },
  );
}

/** The next moment at which the customer's silence says something. */
export function lapseMoment(
  { lapsed }: Journey,
  { customer, playbook, zone }: Pick<Context, 'customer' | 'playbook' | 'zone'>,
): number | undefined {
  const lapse = lapseOf(customer, playbook, zone);
  return lapse && lapse.id !== lapsed ? lapse.at : undefined;
}
