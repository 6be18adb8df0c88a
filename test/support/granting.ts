import type { Playbook } from '../../domain/playbook.ts';
import type { Surprise } from '../../domain/surprise.ts';
import { aPlaybook, aTouch } from './builders.ts';

/** An attempt's time, milliseconds: what a killed worker held is free again soon. */
export const GRANT_TIMEOUT_MS = 600;

/** How many grants its budget has. */
export const GRANTS = 50;

/** A coupon from a pool, out of a budget for so many. */
export function grantingPlaybook(): Playbook {
  const treat: Surprise = {
    ...{ name: 'treat', kind: 'coupon', value: { amount: 750, currency: 'EUR' }, pool: 'treats' },
    budget: { counts: 'money', amount: GRANTS * 750, per: { months: 1 }, spread: false },
  };
  return aPlaybook([aTouch({ name: 'small-treat', surprise: 'treat' })], { surprises: { treat } });
}
