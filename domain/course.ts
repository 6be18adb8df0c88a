import type { Customer } from './customer.ts';
import type { StoredEvent } from './event.ts';
import { factsOf } from './facts.ts';
import type { Change, Journey } from './journey.ts';
import { PHASES, type Phase } from './phases.ts';
import type { Playbook, Touch } from './playbook.ts';
import { remembered } from './remembered.ts';
import type { Sending } from './sending.ts';

/** A journey while it is being decided on, with what has changed so far. */
export type Course = { readonly journey: Journey; readonly changes: readonly Change[] };

/** What a decision rests on. */
export type Context = {
  readonly customer: Customer;
  readonly playbook: Playbook;
  readonly zone: string;
  /** The events after the last one heard, in order. */
  readonly events: readonly StoredEvent[];
  /** The moment the decision is about: an event's `at` or an appointment's `due`, where the clock is near them. */
  readonly moment: number;
  /** Whether the journey had ended, and goes on with this decision. */
  readonly wasEnded: boolean;
  /** Whether the agenda was planned with another version of the playbook. */
  readonly isReplanned: boolean;
  /** How late the clock may be for a planned moment to stand, milliseconds. */
  readonly grace: number;
  /** Absent: mail leaves, and was never stopped while this journey had anything to send. */
  readonly sending?: Sending | undefined;
  /** The earliest that what failed or was postponed may come again. */
  readonly retryFrom: number;
};

export function changed(course: Course, journey: Partial<Journey>, ...changes: readonly Change[]): Course {
  return { journey: { ...course.journey, ...journey }, changes: [...course.changes, ...changes] };
}

/** The touches of the phase a journey is in: its own and those of `always`. */
export function touchesIn(phase: Phase, playbook: Playbook): readonly Touch[] {
  return byPhase(playbook)[phase] ?? [];
}

const byPhase = remembered(({ touches }: Playbook) => {
  const of = (phase: Phase) => touches.filter((touch) => touch.phase === undefined || touch.phase === phase);
  return Object.fromEntries(PHASES.map((phase) => [phase, of(phase)]));
});

/** The touches of a playbook by name. */
export const touchesByName = remembered(
  ({ touches }: Playbook): ReadonlyMap<string, Touch> => new Map(touches.map((touch) => [touch.name, touch])),
);

/** The facts of a customer at the moment of a decision. */
export function factsAt({ customer, playbook, moment }: Context, journey: Journey) {
  return factsOf(customer, moment, journey, playbook);
}
