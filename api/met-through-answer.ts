import { z } from 'zod';
import type { MetThroughCount } from '../data/met-through.ts';

const COUNTS = {
  customers: z.int(),
  ordered: z.int().describe('of them: who have an order that counts'),
};

export const MetThroughAnswer = z.object({
  ...COUNTS,
  channels: z.array(
    z.object({
      channel: z.string().nullable().describe('null: they did not say'),
      ...COUNTS,
      campaigns: z.array(z.object({ campaign: z.string(), ...COUNTS })),
    }),
  ),
});

type Counts = Pick<MetThroughCount, 'customers' | 'ordered'>;

/** The counts, channel by channel, the most frequent first. */
export function metThroughAnswer(counts: readonly MetThroughCount[]): z.output<typeof MetThroughAnswer> {
  const byChannel = Map.groupBy(counts, ({ channel }) => channel);
  const channels = [...byChannel].map(([channel, ways]) => ({
    ...{ channel, ...sumOf(ways) },
    campaigns: ways
      .flatMap(({ campaign, customers, ordered }) =>
        campaign === null ? [] : { campaign, customers, ordered },
      )
      .sort(byCustomers),
  }));
  return { ...sumOf(counts), channels: channels.sort(byCustomers) };
}

function sumOf(ways: readonly Counts[]): Counts {
  const sum = (of: (way: Counts) => number) => ways.reduce((total, way) => total + of(way), 0);
  return { customers: sum(({ customers }) => customers), ordered: sum(({ ordered }) => ordered) };
}

function byCustomers(a: Counts, b: Counts): number {
  return b.customers - a.customers;
}
