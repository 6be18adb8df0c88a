import type { Filter } from './playbook.ts';

/**
 * The least number that a condition lets through for a fact of counts; 0 where it does not say.
 *
 * Only what holds for the whole condition counts: its own keys, not the alternatives of an `$or`.
 */
export function leastOf(when: Filter | undefined, fact: string): number {
  const asked = when?.[fact];
  if (typeof asked === 'number') return asked;
  if (!isRecord(asked)) return 0;
  const { $gte: least, $gt: below } = asked;
  return Math.max(typeof least === 'number' ? least : 0, typeof below === 'number' ? below + 1 : 0);
}

/** Whether a condition lets through only those who have bought. */
export function isForBuyers(when: Filter | undefined): boolean {
  if (leastOf(when, 'orders.days') >= 1 || leastOf(when, 'orders.count') >= 1) return true;
  const phase = when?.phase;
  if (typeof phase === 'string') return phase !== 'first-contact';
  if (!isRecord(phase)) return false;
  const { $ne: not, $in: of, $nin: none } = phase;
  if (Array.isArray(of)) return !of.includes('first-contact');
  return not === 'first-contact' || (Array.isArray(none) && none.includes('first-contact'));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
