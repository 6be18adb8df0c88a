import type { PipelineStage } from 'mongoose';
import { IS_NET } from './net-orders.ts';

/** What follows a mail counts for so long after it was due, milliseconds. */
export const FOLLOWED_MS = 7 * 86_400_000;

/** A grant is reserved at its mail's `due`, or soon after. */
const GRANTED_BEFORE_MS = 2 * 86_400_000;

/** Which mails are counted: due from the first moment on and before the second, epoch milliseconds. */
export type Within = {
  readonly from: number;
  readonly to: number;
  readonly playbook?: number | undefined;
};

type Pipeline = PipelineStage.UnionWith['$unionWith'] extends { pipeline?: infer Stages } | string
  ? NonNullable<Stages>
  : never;

/**
 * The mails, by whose name they are counted, read from the index `results` alone. What a merge moved counts once, where
 * it was sent; what a rehearsal skipped is no result.
 */
export function mails({ from, to, playbook }: Within, name: 'touch' | 'phase'): PipelineStage[] {
  return [
    {
      $match: {
        due: { $gte: from, $lt: to },
        settledAt: { $gt: new Date(0) },
        state: { $in: ['accepted', 'unknown', 'rejected', 'lost', 'skipped'] },
        ...(playbook !== undefined && { playbook }),
      },
    },
    READ_FROM_INDEX,
    {
      $project: {
        _id: 0,
        who: '$customerId',
        send: {
          ...{ name: `$${name}`, touch: '$touch', occasion: '$occasion', kind: '$kind' },
          ...{ playbook: '$playbook', due: '$due', fate: FATE },
        },
      },
    },
    { $match: { 'send.fate': { $ne: 'none' }, 'send.name': { $gt: '' } } },
  ];
}

/** Apart from what is made of it: only what is taken as it stands is read from an index without the mails themselves. */
const READ_FROM_INDEX: PipelineStage = {
  $project: {
    ...{ _id: 0, customerId: 1, due: 1, state: 1, 'outcome.reason': 1, kind: 1 },
    ...{ touch: 1, occasion: 1, phase: 1, playbook: 1 },
  },
};

const UNSENT = {
  $cond: [
    { $in: ['$state', ['rejected', 'lost']] },
    'rejected',
    { $cond: [{ $eq: ['$outcome.reason', 'holdout'] }, 'held-out', 'none'] },
  ],
};

const FATE = { $cond: [{ $in: ['$state', ['accepted', 'unknown']] }, 'sent', UNSENT] };

/** What customers did that may follow from a mail, each in a field of its own. */
export function consequences(within: Within): PipelineStage[] {
  return [
    from('events', orders(within)),
    from('events', undone(within)),
    from('events', said(within)),
    from('events', OBJECTIONS),
    from('answers', answers(within)),
    from('grants', grants(within)),
  ];
}

/** How customers met the shop, read from an index alone. */
export function channels(): PipelineStage {
  return from('customers', [
    { $match: { 'known.metThrough.channel': { $gt: '' } } },
    { $project: { _id: 0, who: '$_id', channel: '$known.metThrough.channel' } },
  ]);
}

function from(coll: string, pipeline: Pipeline): PipelineStage {
  return { $unionWith: { coll, pipeline } };
}

function orders({ from: since, to }: Within): Pipeline {
  const at = { $gt: new Date(since), $lte: new Date(to + FOLLOWED_MS) };
  return [
    { $match: { type: 'purchase', at } },
    { $project: { _id: 0, who: '$customerId', order: { id: '$data.orderId', at: { $toLong: '$at' } } } },
  ];
}

/** Orders that do not count: what was cancelled or wholly given back. Few give back, so each of these is looked up. */
function undone({ from: since }: Within): Pipeline {
  const orders = { $ifNull: [{ $arrayElemAt: ['$customer.known.orders', 0] }, []] };
  const input = { $filter: { input: orders, as: 'order', cond: { $not: IS_NET } } };
  return [
    { $match: { type: { $in: ['cancelled', 'refund'] }, at: { $gt: new Date(since) } } },
    { $group: { _id: '$customerId' } },
    { $lookup: { from: 'customers', localField: '_id', foreignField: '_id', as: 'customer' } },
    { $project: { _id: 0, who: '$_id', undone: { $map: { input, as: 'order', in: '$$order.id' } } } },
  ];
}

/** Who ever objected to being measured is held beside nobody: they are in no holdout either (`domain/facts.ts`). */
const OBJECTIONS: Pipeline = [
  { $match: { type: 'objection' } },
  { $project: { _id: 0, who: '$customerId', objected: { $literal: true } } },
];

function said({ from: since }: Within): Pipeline {
  const types = ['unsubscribe', 'spam-complaint', 'complaint'];
  const { touch, occasion } = { touch: '$data.touch', occasion: '$data.occasion' };
  return [
    { $match: { type: { $in: types }, at: { $gt: new Date(since) } } },
    {
      $project: {
        _id: 0,
        who: '$customerId',
        said: { type: '$type', touch, occasion, at: { $toLong: '$at' } },
      },
    },
  ];
}

function answers({ from: since }: Within): Pipeline {
  const answer = { touch: '$touch', occasion: '$occasion', score: '$said.score' };
  return [{ $match: { at: { $gt: new Date(since) } } }, { $project: { _id: 0, who: '$customerId', answer } }];
}

function grants({ from: since }: Within): Pipeline {
  const grant = {
    ...{ touch: '$touch', occasion: '$occasion', currency: '$currency', value: { $ifNull: ['$value', 0] } },
    redeemed: { $cond: [{ $eq: ['$status', 'redeemed'] }, 1, 0] },
  };
  return [
    {
      $match: {
        touch: { $exists: true },
        status: { $in: ['confirmed', 'redeemed', 'expired'] },
        reservedAt: { $gt: since - GRANTED_BEFORE_MS },
      },
    },
    { $project: { _id: 0, who: '$customerId', grant } },
  ];
}
