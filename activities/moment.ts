import type { Clock } from '../domain/clock.ts';
import { GRACE_MS } from '../domain/decide-next.ts';
import type { Task } from '../domain/journey.ts';

export type MomentDeps = {
  /** The clock of this attempt. */
  readonly clock: () => Clock;
  /** In a time-lapse an attempt's moment is its task's `due`, however late it runs. */
  readonly lapse: boolean;
};

/** The moment that an attempt counts by, epoch milliseconds: its task's `due` while the clock is near it, else the clock's. */
export function momentOf({ due }: Pick<Task, 'due'>, { clock, lapse }: MomentDeps): number {
  const now = clock().now();
  return !lapse && now - due > GRACE_MS ? now : due;
}
