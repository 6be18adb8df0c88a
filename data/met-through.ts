import { CustomerModel } from './customer-document.ts';
import { IS_NET } from './net-orders.ts';

/** How many customers came in one way. */
export type MetThroughCount = {
  /** Null: they did not say. */
  readonly channel: string | null;
  readonly campaign: string | null;
  readonly customers: number;
  /** Of them: who ordered, and kept of it. */
  readonly ordered: number;
};

/** First known within this: from the first moment on, before the second; epoch milliseconds. */
export type FirstKnown = { readonly from?: number | undefined; readonly to?: number | undefined };

/** Nobody waits longer for a table, milliseconds. */
const PATIENCE_MS = 30_000;

/**
 * How customers met the shop, counted per channel and campaign: one pass over who became known within the time.
 *
 * @throws when it takes longer than the patience, milliseconds
 */
export async function countMetThrough(
  within: FirstKnown,
  patienceMs = PATIENCE_MS,
): Promise<readonly MetThroughCount[]> {
  const living = { mergedInto: { $exists: false }, erased: { $exists: false } };
  const counted = await CustomerModel.aggregate<Counted>([
    { $match: { ...living, ...becameKnown(within) } },
    { $project: { channel: MET('channel'), campaign: MET('campaign'), ordered: HAS_ORDERED } },
    {
      $group: {
        _id: { channel: '$channel', campaign: '$campaign' },
        customers: { $sum: 1 },
        ordered: { $sum: { $cond: ['$ordered', 1, 0] } },
      },
    },
  ]).option({ maxTimeMS: patienceMs });
  return counted.map(({ _id, customers, ordered }) => ({ ..._id, customers, ordered }));
}

/** With neither end all are counted, and no index helps. */
function becameKnown({ from, to }: FirstKnown) {
  if (from === undefined && to === undefined) return {};
  return { 'known.createdAt': { $gte: from ?? -Infinity, $lt: to ?? Infinity } };
}

type Counted = Pick<MetThroughCount, 'customers' | 'ordered'> & {
  readonly _id: Pick<MetThroughCount, 'channel' | 'campaign'>;
};

const MET = (part: string) => ({ $ifNull: [`$known.metThrough.${part}`, null] });

/** Whether the fact `orders.count` is one or more. */
const HAS_ORDERED = {
  $anyElementTrue: { $map: { input: '$known.orders', as: 'order', in: IS_NET } },
};
