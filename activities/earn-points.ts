import type { OwnEvent } from '../data/arriving.ts';
import { CustomerUnknown } from '../data/record.ts';
import type { Task } from '../domain/journey.ts';
import type { TouchOutcome } from '../domain/send.ts';
import { yearlyPoints } from '../domain/yearly-points.ts';

export type EarnPointsDeps = {
  readonly receiver: { receiveOwn(customerId: string, event: OwnEvent, id: string): Promise<unknown> };
};

export function createEarnPoints({ receiver }: EarnPointsDeps) {
  /**
   * Gives the points of a birthday, once a year: as an event of Rapport's own, whose id is made of customer and year.
   *
   * @throws when MongoDB is out of reach; Temporal retries for some minutes, then the journey hears of it
   */
  return async function earnPoints(task: Task): Promise<TouchOutcome> {
    const { id, event } = yearlyPoints(task);
    try {
      await receiver.receiveOwn(task.customerId, event, id);
    } catch (error) {
      if (error instanceof CustomerUnknown) return { kind: 'skipped', reason: 'erased' };
      throw error;
    }
    return { kind: 'done' };
  };
}
