import { zoneOf } from './contact-policy.ts';
import { decideNext, type Known } from './decide-next.ts';
import type { Appointment, Journey } from './journey.ts';
import type { Phase } from './phases.ts';
import type { Playbook } from './playbook.ts';
import { waitOf } from './waiting.ts';

/** What becomes of an appointment when a newer version is seen. */
export const FATES = ['kept', 'earlier', 'later', 'dropped', 'added'] as const;
export type Fate = (typeof FATES)[number];

/** One appointment, before and after; without a moment: not there, or without one while it waits. */
export type Replanned = {
  readonly touch: string;
  readonly occasion: string;
  readonly became: Fate;
  /** Epoch milliseconds. */
  readonly from?: number;
  readonly to?: number;
};

/** What a newer version makes of one journey. */
export type JourneyReplanned = {
  readonly customerId: string;
  readonly appointments: readonly Replanned[];
  readonly moves?: { readonly from: Phase; readonly to: Phase };
  /** Whether what it waits for changes: then publishing wakes it; else it hears of it when it wakes. */
  readonly wakes: boolean;
};

/** Thrown when another version was published than the one a preview was made against. */
export class PlaybookOvertaken extends Error {
  override readonly name = 'PlaybookOvertaken';
  readonly current: number;

  constructor(current: number) {
    super(`version ${current} was published meanwhile; look at a new preview first`);
    this.current = current;
  }
}

/**
 * The version that a checked playbook is to be published as.
 *
 * @param addEntering the touches of entering that those who have entered already are to get too
 */
export function nextVersion(
  playbook: Playbook,
  current: Playbook | undefined,
  addEntering: readonly string[] = [],
): Playbook {
  const { addEntering: _, ...written } = playbook;
  const version = (current?.version ?? 0) + 1;
  const isEntering = ({ touch }: { touch: string }) => strangersIn(written, [touch]).length === 0;
  const earlier = (current?.addEntering ?? []).filter((added) => !addEntering.includes(added.touch));
  const added = [...earlier, ...addEntering.map((touch) => ({ touch, version }))].filter(isEntering);
  return { ...written, version, ...(added.length > 0 && { addEntering: added }) };
}

/** The names among these that are no touch of entering. */
export function strangersIn({ touches }: Playbook, names: readonly string[]): string[] {
  return names.filter((asked) => !touches.some(({ name, on }) => name === asked && on === 'entering'));
}

/**
 * Tells what `decide` makes of a journey by a newer version: it asks `decide`'s own rules, and keeps nothing.
 *
 * @param known.playbook the newer version
 * @param planned the version that the agenda was planned with
 */
export function replanned(known: Known, planned: Playbook): JourneyReplanned {
  const { journey: before, customer } = known;
  const { journey: after } = decideNext(known);
  const isMove = after.phase !== before.phase;
  const waited = waitedFor(before, { customer, playbook: planned });
  return {
    customerId: customer.id,
    appointments: compare(before.agenda, after.agenda),
    ...(isMove && { moves: { from: before.phase, to: after.phase } }),
    wakes: isMove || waited !== waitedFor(after, known),
  };
}

/** What a journey waits for, as a text that is the same for the same. */
function waitedFor(journey: Journey, { customer, playbook }: Pick<Known, 'customer' | 'playbook'>): string {
  const wait = waitOf(journey, journey.now, { customer, playbook, zone: zoneOf(customer, playbook) });
  const { touch, occasion, expires } = wait?.appointment ?? {};
  return JSON.stringify([wait?.at, touch, occasion, expires]);
}

function compare(before: readonly Appointment[], after: readonly Appointment[]): Replanned[] {
  const now = new Map(after.map((appointment) => [keyOf(appointment), appointment]));
  const known = new Set(before.map(keyOf));
  return [
    ...before.map((earlier) => became(earlier, now.get(keyOf(earlier)))),
    ...after.filter((appointment) => !known.has(keyOf(appointment))).map((added) => became(undefined, added)),
  ].filter((one) => one !== undefined);
}

function became(before: Appointment | undefined, after: Appointment | undefined): Replanned | undefined {
  const appointment = after ?? before;
  if (!appointment) return undefined;
  const { touch, occasion } = appointment;
  return {
    ...{ touch, occasion, became: fateOf(before, after) },
    ...(before?.due !== undefined && { from: before.due }),
    ...(after?.due !== undefined && { to: after.due }),
  };
}

/** What waits for a silence to end comes later than whatever has a moment. */
function fateOf(before: Appointment | undefined, after: Appointment | undefined): Fate {
  if (!before) return 'added';
  if (!after) return 'dropped';
  const { due: from = Infinity } = before;
  const { due: to = Infinity } = after;
  return from === to ? 'kept' : to < from ? 'earlier' : 'later';
}

function keyOf({ touch, occasion }: Appointment): string {
  return `${touch}/${occasion}`;
}
