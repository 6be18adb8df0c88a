import { addSpan } from './span.ts';
import type { Surprise } from './surprise.ts';

/**
 * Whether a customer had a surprise as often, or as lately, as it is given to one.
 *
 * @param given when it was given to them, epoch milliseconds
 */
export function isTooMany(
  { oncePer, most = Infinity }: Pick<Surprise, 'oncePer' | 'most'>,
  given: readonly number[],
  at: number,
  zone: string,
): boolean {
  if (given.length >= most) return true;
  return oncePer !== undefined && given.some((last) => at < addSpan(last, oncePer, zone));
}
