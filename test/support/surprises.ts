import type { GrantRequest } from '../../data/reserve.ts';
import { addSpan } from '../../domain/span.ts';
import type { Surprise } from '../../domain/surprise.ts';
import { NOON } from './builders.ts';
import { anEvent, aReceive, somebody } from './shop.ts';

let surprises = 0;

/** A coupon worth 7.50 EUR, with a name of its own and without a limit. */
export function aSurprise(surprise: Partial<Surprise> = {}): Surprise {
  surprises += 1;
  const value = { amount: 750, currency: 'EUR' };
  return { name: `treat-${surprises}`, kind: 'coupon', value, ...surprise };
}

/** What asks for a surprise that a mail is to tell of. */
export function aGrantRequest(
  request: Pick<GrantRequest, 'customerId' | 'surprise'> & Partial<GrantRequest>,
): GrantRequest {
  const { customerId, surprise } = request;
  const mail = { owner: 'me', leaseUntil: new Date(addSpan(NOON, { minutes: 12 }, 'UTC')) };
  return {
    ...{ id: `${customerId}/${surprise.name}/1`, touch: surprise.name, occasion: '1' },
    ...{ tier: null, at: NOON, zone: 'Europe/Amsterdam', mail },
    ...request,
  };
}

/** So many customers whom nobody has met before; their ids. */
export async function someCustomers(count: number): Promise<readonly string[]> {
  const { receive } = aReceive();
  const receipts = await receive(
    Array.from({ length: count }, () => anEvent(somebody())),
    'api',
  );
  return receipts.map(({ customerId }) => customerId);
}
