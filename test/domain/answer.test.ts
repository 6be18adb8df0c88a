import { describe, expect, it } from '@jest/globals';
import { type Answer, type Asked, answered, type Said } from '../../domain/answer.ts';
import type { Ask } from '../../domain/asks.ts';
import { CUSTOMER_ID, DAY, NOON } from '../support/builders.ts';

function asked(ask: Ask): Asked {
  const about = { key: `${CUSTOMER_ID}/${ask}/o-1`, ref: 'abcdefgh', customerId: CUSTOMER_ID, touch: ask };
  return { ...about, occasion: 'o-1', orderId: 'o-1', ask, askedAt: NOON, until: NOON + 30 * DAY };
}

function keep(ask: Ask, said: Said, before?: Answer) {
  return answered(asked(ask), before, { said }, NOON + 1);
}

/** The types of what is kept, with what each holds. */
function eventsOf(ask: Ask, said: Said, before?: Answer) {
  return keep(ask, said, before)?.events.map(({ event }) => [event.type, event.data]) ?? [];
}

const ABOUT = { touch: 'nps', occasion: 'o-1', orderId: 'o-1' };

describe('answered', () => {
  it('keeps the first answer as an event that acts, by an identity of its question', () => {
    const kept = keep('nps', { score: 9 });

    expect(kept?.answer).toMatchObject({ said: { score: 9 }, changes: 0, firstAt: NOON + 1, at: NOON + 1 });
    expect(kept?.events).toEqual([
      {
        id: `answer/abcdefgh/${CUSTOMER_ID}`,
        acts: true,
        event: { type: 'feedback', at: NOON + 1, data: { ...ABOUT, score: 9, question: 'nps' } },
      },
    ]);
  });

  it('changes nothing when the same is said once more', () => {
    const before = keep('nps', { score: 9, comment: 'fine' })?.answer;

    expect(keep('nps', { comment: 'fine', score: 9 }, before)).toBeUndefined();
  });

  it('puts a change in its place, later than what it changes, and lets nothing be triggered again', () => {
    const before = keep('nps', { score: 9 })?.answer;
    const changed = keep('nps', { score: 7 }, before);

    expect(changed?.answer).toMatchObject({
      said: { score: 7 },
      changes: 1,
      firstAt: NOON + 1,
      at: NOON + 2,
    });
    expect(changed?.events).toMatchObject([
      { id: `answer/abcdefgh/${CUSTOMER_ID}/1`, acts: false, event: { at: NOON + 2, data: { change: 1 } } },
    ]);
  });

  it.each<[Ask, Said, readonly string[]]>([
    ['nps', { score: 6, comment: 'too late' }, ['feedback', 'complaint']],
    ['nps', { score: 6 }, ['feedback']],
    ['nps', { score: 7, comment: 'too late' }, ['feedback']],
    ['csat', { score: 0, comment: 'no answer' }, ['feedback', 'complaint']],
    ['csat', { score: 5, comment: 'so so' }, ['feedback']],
    ['product-score', { score: 3, comment: 'scratched' }, ['feedback', 'complaint']],
    ['review', { score: 0, comment: 'scratched' }, ['review', 'complaint']],
    ['review', { score: 5, comment: 'so so' }, ['review']],
    ['open', { comment: 'all bad' }, ['feedback']],
    ['profile', { answers: { often: 7 } }, ['profile']],
  ])('keeps %s %j as %j: who is let down and says why complains', (ask, said, types) => {
    expect(eventsOf(ask, said).map(([type]) => type)).toEqual(types);
  });

  it('tells a complaint what was said, and how', () => {
    const [, complaint] = eventsOf('nps', { score: 2, comment: 'too late' });

    expect(complaint).toEqual(['complaint', { ...ABOUT, via: 'answer', text: 'too late', score: 2 }]);
  });

  it('complains once a question, also when the words come later', () => {
    const silent = keep('nps', { score: 2 })?.answer;
    const spoken = keep('nps', { score: 2, comment: 'too late' }, silent);
    const more = keep('nps', { score: 1, comment: 'far too late' }, spoken?.answer);

    expect(spoken?.events.map(({ id, acts }) => [id.split('/').slice(3).join('/'), acts])).toEqual([
      ['1', false],
      ['complaint', true],
    ]);
    expect(more?.events.map(({ event }) => event.type)).toEqual(['feedback']);
    expect(more?.answer.complained).toBe(true);
  });

  it('keeps what may be done with the words, and what an answer tells of the customer', () => {
    const said = { comment: 'good people', mayReply: true, mayQuote: true, name: 'An' } as const;

    expect(eventsOf('open', said)).toEqual([
      ['feedback', { ...ABOUT, touch: 'open', ...said, question: 'open' }],
    ]);
    const telling = { said: { answers: { birthday: '06-21' } }, customer: { birthday: '06-21' } };
    expect(answered(asked('profile'), undefined, telling, NOON)?.events).toMatchObject([
      {
        event: { type: 'profile', customer: { birthday: '06-21' }, data: { answers: { birthday: '06-21' } } },
      },
    ]);
  });
});
