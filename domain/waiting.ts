import { tierMoment } from './climbing.ts';
import type { Context } from './course.ts';
import { expiryMoment } from './expiring.ts';
import type { Appointment, Journey } from './journey.ts';
import { lapseMoment } from './lapse.ts';
import { moveMoments } from './moving.ts';

type Ground = Pick<Context, 'customer' | 'playbook' | 'zone'>;

/** What a journey waits for: its first appointment, or an earlier moment to consider. */
export type Wait = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly appointment?: Appointment;
};

/**
 * What a journey waits for after a decision; undefined: until something happens.
 *
 * @param moment the decision's, epoch milliseconds
 */
export function waitOf(journey: Journey, moment: number, ground: Ground): Wait | undefined {
  const appointment = journey.agenda.find(({ due }) => due !== undefined);
  const { due = Infinity } = appointment ?? {};
  const at = Math.min(Infinity, ...momentsOf(journey, ground).filter((coming) => coming > moment));
  if (appointment && due <= at) return { at: due, appointment };
  return at < Infinity ? { at } : undefined;
}

/** The moments, besides the agenda's, at which a journey has something to consider. */
export function momentsOf(journey: Journey, ground: Ground): number[] {
  if (journey.since === 0) return [];
  const byThemselves = [
    lapseMoment(journey, ground),
    tierMoment(journey, ground),
    expiryMoment(journey, ground),
  ];
  return [...byThemselves, ...moveMoments(journey, ground)].filter((at) => at !== undefined);
}
