import type { Customer, Known } from './customer.ts';
import type { ConsentGiven, CustomerPatch, EventData } from './event.ts';
import { textHash } from './hash.ts';
import { isGiven } from './reachable.ts';

/**
 * What a customer chose on a page of their own, as the event by which it is kept.
 *
 * Its id names what they chose and the state they chose it in, so that a button that is pressed twice chooses once, and
 * the same choice after another one is a new one.
 */
export type Choice = {
  readonly id: string;
  readonly event: {
    readonly type: string;
    /** Epoch milliseconds; never before what it answers, though the clock of who told that ran ahead. */
    readonly at: number;
    readonly customer?: CustomerPatch;
    readonly consent?: readonly ConsentGiven[];
    readonly data?: EventData;
  };
};

/** How somebody left. */
export type How = 'one-click' | 'page' | 'mailto' | 'reply' | 'team';

/** Leaves one topic; undefined where they have left it already. */
export function leaveTopic(customer: Customer, topic: string, how: How, now: number): Choice | undefined {
  const standing = customer.known.consents[topic];
  const hasLeft = standing && !standing.granted && standing.basis === undefined && !standing.undated;
  if (hasLeft) return undefined;
  const at = Math.max(now, standing?.at ?? now);
  return choice(customer, topic, { type: 'unsubscribe', at, data: { topic, how } });
}

/** Leaves all marketing; undefined where they have left all of it already. */
export function leaveAll(customer: Customer, how: How, now: number): Choice | undefined {
  const { known } = customer;
  const isOff = known.marketingOff && Object.values(known.consents).every(({ granted }) => !granted);
  if (isOff) return undefined;
  return choice(customer, '*', { type: 'unsubscribe', at: Math.max(now, lastSaidOf(known)), data: { how } });
}

/** The choice to leave, told by which mail it was made; undefined: it is not known. */
export function throughMail(
  choice: Choice | undefined,
  mail: { readonly touch: string; readonly occasion: string } | undefined,
): Choice | undefined {
  if (!choice || !mail) return choice;
  const { touch, occasion } = mail;
  return { ...choice, event: { ...choice.event, data: { ...choice.event.data, touch, occasion } } };
}

/** Consents to topics, and leaves others, in one; undefined where all of it stands so already. */
export function chooseTopics(
  customer: Customer,
  entries: readonly ConsentGiven[],
  now: number,
): Choice | undefined {
  const { known } = customer;
  const consent = entries.filter((entry) => isGiven(known.consents[entry.topic]) !== 'basis' in entry);
  if (consent.length === 0) return undefined;
  const chosen = consent.map((entry) => `${entry.topic}:${'basis' in entry}`).join(' ');
  return choice(customer, chosen, { type: 'consent', at: Math.max(now, lastSaidOf(known) + 1), consent });
}

/** Silences marketing until a moment; undefined where a pause stands. */
export function pauseUntil(customer: Customer, until: number, now: number): Choice | undefined {
  if (isPaused(customer.known, now)) return undefined;
  const data = { until, because: 'preferences' };
  return choice(customer, 'pause', { type: 'pause', at: now, data });
}

/** Lets marketing go again; undefined where it is not silenced. */
export function resume(customer: Customer, now: number): Choice | undefined {
  if (!customer.known.pause) return undefined;
  const at = Math.max(now, (customer.known.marks?.paused?.at ?? now) + 1);
  return choice(customer, 'resume', { type: 'resume', at, data: { because: 'preferences' } });
}

/** Objects to being profiled, or takes that back; undefined where it stands so already. */
export function objectTo(customer: Customer, isObjecting: boolean, now: number): Choice | undefined {
  const { objection, marks } = customer.known;
  if (isObjecting === (objection !== undefined)) return undefined;
  const at = Math.max(now, (marks?.objectedAt ?? 0) + 1, (marks?.objectionEndedAt ?? 0) + 1);
  const data = { because: 'preferences', ...(!isObjecting && { withdrawn: true }) };
  return choice(customer, 'objection', { type: 'objection', at, data });
}

/** Changes parts of the profile; undefined where all of them stand so already. */
export function changeProfile(customer: Customer, patch: CustomerPatch, now: number): Choice | undefined {
  const { profile, marks } = customer.known;
  const told: ReadonlyMap<string, unknown> = new Map(Object.entries(profile));
  const changed = Object.fromEntries(Object.entries(patch).filter(([part, said]) => told.get(part) !== said));
  const parts = Object.keys(changed);
  if (parts.length === 0) return undefined;
  const at = Math.max(now, ...parts.map((part) => (marks?.told[part] ?? 0) + 1));
  return choice(customer, JSON.stringify(changed), { type: 'profile', at, customer: changed });
}

/** Whether a pause of marketing stands. */
export function isPaused({ pause }: Known, now: number): boolean {
  return pause !== undefined && (pause.until ?? Infinity) > now;
}

/** When anything was last said of consent, or of a new address, epoch milliseconds. */
function lastSaidOf({ consents, marketingOff, marks }: Known): number {
  const told = [...Object.values(consents), ...(marks?.addresses ?? [])];
  return Math.max(0, marketingOff?.at ?? 0, ...told.map(({ at }) => at));
}

function choice({ id, n }: Customer, chosen: string, event: Choice['event']): Choice {
  return { id: `${event.type}.${id}.${n}.${textHash(chosen).slice(0, 16)}`, event };
}
