import { describe, expect, it } from '@jest/globals';
import { attitudeOf } from '../../domain/attitude.ts';
import { foldFeedback } from '../../domain/feedback.ts';
import { readEvents } from '../../domain/incoming.ts';
import { complaintIn } from '../../domain/let-down.ts';
import { anEvent, DAY, NOON } from '../support/builders.ts';

/** What is read of a review from a source; or what is wrong with it, and where. */
function reviewFrom(source: string, data: object) {
  const at = new Date(NOON).toISOString();
  const read = readEvents({ id: 'r-1', source, type: 'review', at, customer: { id: 'c-1' }, data }, NOON);
  if (read.kind === 'read') return read.events[0]?.data;
  return read.problems.map(({ path, message, hint }) => `${path.join('.')}: ${message} (${hint})`);
}

describe('a review from outside', () => {
  it.each([
    ['kiyoh', { score: 9 }, { score: 9 }],
    ['trustpilot', { score: 4, text: 'good' }, { score: 8, stars: 4, text: 'good' }],
    ['Google', { score: 1 }, { score: 0, stars: 1 }],
    ['shop', { score: 4 }, { score: 4 }],
    ['shop', { stars: 5 }, { score: 10, stars: 5 }],
    ['trustpilot', { text: 'no stars' }, { text: 'no stars' }],
    ['trustpilot', { score: 9 }, ['data.score: is no number of stars (trustpilot gives 1–5)']],
  ])('of %s that says %j is kept as %j', (source, data, expected) => {
    expect(reviewFrom(source, data)).toEqual(expected);
  });

  it('counts as a score of the product, the latest of both', () => {
    const review = anEvent({ type: 'review', n: 1, at: NOON, data: { score: 8 } });
    const answer = anEvent({
      type: 'feedback',
      n: 2,
      at: NOON - DAY,
      data: { question: 'product', score: 3 },
    });

    expect([review, answer].reduce(foldFeedback, {})).toEqual({
      product: { score: 8, at: NOON },
      lastAt: NOON,
    });
  });
});

describe('foldFeedback', () => {
  it('keeps words without a score as an answer, and nothing of a review without one', () => {
    const words = anEvent({ type: 'feedback', n: 1, data: { question: 'open', comment: 'fine' } });
    const review = anEvent({ type: 'review', n: 2, data: { text: 'fine' } });

    expect(foldFeedback({}, words)).toEqual({ lastAt: NOON });
    expect(foldFeedback({}, review)).toEqual({});
  });
});

describe('complaintIn', () => {
  const low = { score: 0, text: 'broken', orderId: 'o-1' };

  it('finds one in a low review with words, and says by which way', () => {
    expect(complaintIn(anEvent({ type: 'review', n: 1, data: low }))).toEqual({
      id: expect.stringMatching(/^low-score\.[\da-f]{32}$/),
      data: { text: 'broken', score: 0, via: 'review', orderId: 'o-1' },
    });
  });

  it('finds one in a low answer that a shop reports', () => {
    const data = { question: 'nps', score: 6, comment: 'late' };

    expect(complaintIn(anEvent({ type: 'feedback', n: 1, data }))?.data).toEqual({
      text: 'late',
      score: 6,
      via: 'answer',
    });
  });

  it.each([
    ['without words', { type: 'review', data: { score: 0, text: ' ' } }],
    ['with a good score', { type: 'review', data: { score: 8, text: 'good' } }],
    ['without a score', { type: 'review', data: { text: 'broken' } }],
    ['of the past', { type: 'review', data: low, acts: false }],
    ['of our own page, which settles that itself', { type: 'review', data: low, id: 'rapport/answer/x' }],
    ['of another kind', { type: 'visit', data: low }],
  ])('finds none in one %s', (_what, event) => {
    expect(complaintIn(anEvent({ n: 1, ...event }))).toBeUndefined();
  });
});

describe('attitudeOf', () => {
  it.each([
    ['nps', [10, 9], [8, 7], [6, 0]],
    ['product', [10, 8], [7, 5], [4, 0]],
    [undefined, [8], [5], [3]],
  ])('of %s', (question, promoters, passives, detractors) => {
    const all = (scores: readonly number[]) => scores.map((score) => attitudeOf(question, score));

    expect(new Set(all(promoters))).toEqual(new Set(['promoter']));
    expect(new Set(all(passives))).toEqual(new Set(['passive']));
    expect(new Set(all(detractors))).toEqual(new Set(['detractor']));
  });
});
