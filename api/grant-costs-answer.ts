import { z } from 'zod';
import { type GrantCount, type GrantFigures, grantFigures } from '../domain/grant-tally.ts';

const Money = z.record(z.string(), z.int()).describe('minor units, by currency');

export const GrantCostsAnswer = z.object({
  touches: z.array(
    z.object({
      touch: z.string().describe('`surprise/<name>`: what was given without a mail of its own'),
      given: z.int(),
      redeemed: z.int(),
      share: z.number().nullable().describe('part of those given that was redeemed'),
      value: Money.describe('what it costs should all be used; minor units, by currency'),
      cost: Money.describe('what it has cost: gifts that left, and all else that was redeemed'),
    }),
  ),
});

/** What surprises cost, for each touch, as the API tells it. */
export function grantCostsAnswer(counts: readonly GrantCount[]): z.output<typeof GrantCostsAnswer> {
  return { touches: [...grantFigures(counts)].map(([touch, figures]) => rowOf(touch, figures)) };
}

function rowOf(touch: string, { given, redeemed, share, value, cost }: GrantFigures) {
  return { ...{ touch, given, redeemed, share: share ?? null }, value: { ...value }, cost: { ...cost } };
}
