import { CASE_EVENTS, type Resolution } from './case-words.ts';
import type { Case, Known } from './customer.ts';
import type { StoredEvent } from './event.ts';

const KINDS: ReadonlyMap<string, Case['kind']> = new Map(Object.entries(CASE_EVENTS));

/** Adds what an event says of a case; all of it is kept, as a resolution may come before its complaint. */
export function foldCases(cases: readonly Case[], event: StoredEvent): readonly Case[] {
  const kind = KINDS.get(event.type);
  if (event.type === 'merged') return [...cases, ...reopenedBy(event)].sort(inOrder);
  if (!kind) return cases;
  return [...cases, toldBy(event, kind)].sort(inOrder);
}

/** What resolved one customer's complaints says nothing of those of another whom they turn out to be. */
function reopenedBy({ id, at, data = {} }: StoredEvent): readonly Case[] {
  return (data.reopened ?? []).map((of) => ({ id, kind: 'reopening', at, of }));
}

function toldBy({ id, data = {}, at, acts, acted }: StoredEvent, kind: Case['kind']): Case {
  const { orderId, case: of, resolution } = data;
  return {
    ...{ id, kind, at },
    ...(orderId !== undefined && { orderId }),
    ...(kind !== 'complaint' && of !== undefined && { of }),
    ...(kind === 'resolution' && resolution !== undefined && { resolution }),
    ...(kind === 'complaint' && !acts && !acted && { history: true as const }),
  };
}

/**
 * A complaint that a customer tells us ourselves just now, in its order: behind all that was resolved by then, however far
 * ahead the clock of who resolved it runs.
 */
export function toldNow(event: StoredEvent, cases: readonly Case[]): StoredEvent {
  const { id, type, at, receivedAt } = event;
  if (type !== 'complaint' || !id.startsWith('rapport/') || at < receivedAt) return event;
  const resolved = cases.filter(({ kind }) => kind === 'resolution').map((one) => one.at + 1);
  return { ...event, at: Math.max(at, ...resolved) };
}

function inOrder(a: Case, b: Case): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

/** How one complaint stands. */
export type CaseState = {
  /** The id of its event. */
  readonly id: string;
  /** Epoch milliseconds, as all moments here. */
  readonly openedAt: number;
  readonly orderId?: string;
  /** How often it was opened again. */
  readonly turn: number;
  /** When it was opened, or opened again: from then the clock runs. */
  readonly since: number;
  /** The first answer since. */
  readonly answeredAt?: number;
  /** By which event it was resolved; absent: it is open. */
  readonly resolved?: { readonly by: string; readonly at: number; readonly resolution?: Resolution };
  /** It is history: nobody is told of it, and no clock runs. */
  readonly history?: true;
};

/** How each complaint stands, the oldest first. */
export function caseStates(cases: readonly Case[]): readonly CaseState[] {
  return cases.filter(({ kind }) => kind === 'complaint').map((complaint) => stateOf(complaint, cases));
}

/** A complaint is open until a resolution of it, of its order or of everything follows; and again when reopened. */
export function complaintsOf(cases: readonly Case[]): Known['complaints'] {
  const states = caseStates(cases);
  const lastAt = states.at(-1)?.openedAt;
  const standing = states.filter(({ resolved }) => !resolved);
  return {
    open: standing.map(({ id }) => id),
    ...(lastAt !== undefined && { lastAt }),
    ...(standing.length > 0 && { standing }),
  };
}

/** Of a resolution and a reopening at one moment the case stays open: what silences holds. */
function stateOf(complaint: Case, cases: readonly Case[]): CaseState {
  const { id, at: openedAt, orderId, history } = complaint;
  const isOf = ({ of, at }: Case) => of === id && at >= openedAt;
  const reopenings = cases.filter((one) => one.kind === 'reopening' && isOf(one));
  const since = reopenings.at(-1)?.at ?? openedAt;
  const answer = cases.find((one) => one.kind === 'answer' && isOf(one) && one.at >= since);
  const resolution = cases.find((one) => {
    const isLater = reopenings.length > 0 ? one.at > since : one.at >= since;
    return one.kind === 'resolution' && isLater && resolves(one, complaint);
  });
  return {
    ...{ id, openedAt, turn: reopenings.length, since },
    ...(orderId !== undefined && { orderId }),
    ...(answer && { answeredAt: answer.at }),
    ...(resolution && { resolved: resolutionOf(resolution) }),
    ...(history && { history }),
  };
}

function resolutionOf({ id: by, at, resolution }: Case): CaseState['resolved'] & {} {
  return { by, at, ...(resolution !== undefined && { resolution }) };
}

/** One that names a case resolves that alone; one without an order resolves all before it. */
function resolves({ of, orderId }: Case, complaint: Case): boolean {
  if (of !== undefined) return of === complaint.id;
  return orderId === undefined || orderId === complaint.orderId;
}
