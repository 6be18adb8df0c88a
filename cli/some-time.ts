import { stableShare } from '../domain/hash.ts';
import { dayNumber, onDay } from '../domain/local-time.ts';

const OPENS_MINUTES = 8 * 60;
const OPEN_MINUTES = 15 * 60;

/**
 * A moment of a day on which an order was placed at a time nobody told: between 08:00 and 23:00 on the shop's clock,
 * always the same for the same order.
 *
 * @param day `1997-01-18`
 */
export function someTimeOn(day: string, orderId: string, zone: string): number {
  const minutes = OPENS_MINUTES + Math.floor(stableShare('time of', orderId) * OPEN_MINUTES);
  return onDay(dayNumber(Date.parse(`${day}T00:00:00Z`), 'UTC'), minutes, zone);
}
