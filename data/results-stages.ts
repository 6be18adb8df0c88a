import type { PipelineStage } from 'mongoose';
import { FOLLOWED_MS } from './results-sources.ts';

/** All that is known of a customer in one place: mails and what may follow from them meet here, and nowhere else. */
const TOGETHER: readonly PipelineStage[] = [
  {
    $group: {
      _id: '$who',
      ...{ channel: { $max: '$channel' }, objected: { $max: '$objected' } },
      ...{ sends: { $push: '$send' }, orders: { $push: '$order' }, undone: { $push: '$undone' } },
      ...{ said: { $push: '$said' }, answers: { $push: '$answer' }, grants: { $push: '$grant' } },
    },
  },
  { $match: { 'sends.0': { $exists: true } } },
  {
    $set: {
      orders: {
        $let: {
          vars: { undone: { $ifNull: [{ $arrayElemAt: ['$undone', 0] }, []] } },
          in: { $filter: { input: '$orders', cond: { $not: { $in: ['$$this.id', '$$undone'] } } } },
        },
      },
    },
  },
  { $unwind: '$sends' },
];

/** Within seven days after the mail was due, and not at that moment: what caused a mail does not follow from it. */
function inItsDays(at: string) {
  const until = { $add: ['$sends.due', FOLLOWED_MS] };
  return { $and: [{ $gt: [at, '$sends.due'] }, { $lte: [at, until] }] };
}

/** What names this very mail. */
const NAMES_IT = {
  $and: [{ $eq: ['$$this.touch', '$sends.touch'] }, { $eq: ['$$this.occasion', '$sends.occasion'] }],
};

/** A complaint that names no mail follows from each of the seven days before it. */
const COMPLAINS = {
  $and: [
    { $eq: ['$$this.type', 'complaint'] },
    { $cond: [{ $gt: ['$$this.touch', null] }, NAMES_IT, inItsDays('$$this.at')] },
  ],
};

function isAny(input: string, cond: object) {
  return { $ne: [{ $filter: { input, cond } }, []] };
}

function saysOfIt(type: 'unsubscribe' | 'spam-complaint') {
  return isAny('$said', { $and: [{ $eq: ['$$this.type', type] }, NAMES_IT] });
}

/** What became of each mail. */
function seen(now: number): PipelineStage {
  const first = (input: string) => ({ $arrayElemAt: [{ $filter: { input, cond: NAMES_IT } }, 0] });
  return {
    $project: {
      ...{ channel: '$channel', objected: '$objected' },
      ...{ name: '$sends.name', kind: '$sends.kind', playbook: '$sends.playbook' },
      ...{ fate: '$sends.fate', due: '$sends.due' },
      isOver: { $lte: ['$sends.due', now - FOLLOWED_MS] },
      ordered: isAny('$orders', inItsDays('$$this.at')),
      answer: first('$answers'),
      grant: first('$grants'),
      unsubscribed: saysOfIt('unsubscribe'),
      complained: isAny('$said', COMPLAINS),
      calledSpam: saysOfIt('spam-complaint'),
    },
  };
}

const IS_SENT = { $eq: ['$fate', 'sent'] };

function many(...conditions: readonly (object | string)[]) {
  return { $sum: { $cond: [{ $and: conditions }, 1, 0] } };
}

/** A mail of marketing whose days are over, as it is compared; what is not to be compared is missing. */
const COMPARED = {
  $cond: [
    { $and: ['$isOver', { $eq: ['$kind', 'marketing'] }, { $ne: ['$objected', true] }] },
    { due: '$due', isHeldOut: { $eq: ['$fate', 'held-out'] }, ordered: '$ordered' },
    '$$REMOVE',
  ],
};

/** Counts a customer's mails of one name; compared is the first of them alone. */
const PER_CUSTOMER: PipelineStage = {
  $group: {
    _id: { who: '$_id', name: '$name' },
    channel: { $first: '$channel' },
    kind: { $min: '$kind' },
    playbooks: { $addToSet: '$playbook' },
    ...{ sent: many(IS_SENT), rejected: many({ $eq: ['$fate', 'rejected'] }) },
    heldOut: many({ $eq: ['$fate', 'held-out'] }),
    ...{ followed: many(IS_SENT, '$isOver'), ordered: many(IS_SENT, '$isOver', '$ordered') },
    answers: many(IS_SENT, { $gt: ['$answer', null] }),
    scored: many(IS_SENT, { $gt: ['$answer.score', null] }),
    scoreSum: { $sum: { $cond: [IS_SENT, '$answer.score', 0] } },
    ...{ granted: many(IS_SENT, { $gt: ['$grant', null] }), redeemed: { $sum: '$grant.redeemed' } },
    ...{ cost: { $sum: '$grant.value' }, currency: { $max: '$grant.currency' } },
    unsubscribes: many(IS_SENT, '$unsubscribed'),
    complaints: many(IS_SENT, '$complained'),
    spamComplaints: many(IS_SENT, '$calledSpam'),
    first: { $min: COMPARED },
  },
};

/** Counts of a customer that add up over all. */
const COUNTS = [
  ...(['sent', 'rejected', 'heldOut', 'answers', 'scored', 'scoreSum', 'granted', 'redeemed'] as const),
  ...(['followed', 'ordered', 'unsubscribes', 'complaints', 'spamComplaints'] as const),
];

function overall(byChannel: boolean): PipelineStage {
  const isCompared = { $gt: ['$first', null] };
  const isHeldOut = { $and: [isCompared, '$first.isHeldOut'] };
  const isTreated = { $and: [isCompared, { $not: '$first.isHeldOut' }] };
  return {
    $group: {
      _id: {
        name: '$_id.name',
        channel: byChannel ? { $ifNull: ['$channel', null] } : null,
        currency: { $ifNull: ['$currency', null] },
      },
      kind: { $min: '$kind' },
      playbooks: { $addToSet: '$playbooks' },
      ...Object.fromEntries([...COUNTS, 'cost'].map((count) => [count, { $sum: `$${count}` }])),
      ...{ treated: many(isTreated), treatedOrdered: many(isTreated, '$first.ordered') },
      ...{ holdout: many(isHeldOut), holdoutOrdered: many(isHeldOut, '$first.ordered') },
    },
  };
}

/** From mails and what customers did to counts: by customer, by customer and name, by name. */
export function counting(now: number, byChannel: boolean): readonly PipelineStage[] {
  return [...TOGETHER, seen(now), PER_CUSTOMER, overall(byChannel)];
}
