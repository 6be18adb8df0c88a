import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { trusted } from 'mongoose';
import { AnswerModel } from '../../data/answer-document.ts';
import { CaseModel } from '../../data/case-document.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { eraseAll } from '../../data/erasing.ts';
import { EventModel } from '../../data/event-document.ts';
import { everythingOf } from '../../data/everything.ts';
import { retention } from '../../data/retention.ts';
import type { Said } from '../../domain/answer.ts';
import type { Ask } from '../../domain/asks.ts';
import type { EventData } from '../../domain/event.ts';
import { sendRef } from '../../domain/send-ref.ts';
import { aDatabase, anAnswers, anEvent, aReceive, HOUR, somebody } from '../support/shop.ts';

/** The moment at which the shop's clock stands still. */
const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 24 * HOUR;
const { receive } = aReceive();
const answers = anAnswers();

beforeAll(aDatabase);
afterAll(disconnect);

/** Somebody who was asked something, and how they answer it. */
async function anAskedPerson(ask: Ask = 'nps') {
  const { id, email } = somebody();
  const [receipt] = await receive([anEvent({ id, email }, { type: 'sign-up' })], 'api');
  const customerId = receipt?.customerId ?? '';
  const key = `${customerId}/${ask}/1`;
  const about = { key, ref: sendRef(key), customerId, touch: ask, occasion: '1', ask };
  const asked = { ...about, askedAt: NOW - DAY, until: NOW + 29 * DAY };
  const say = (said: Said, customer = {}) => answers.keep(asked, { said, customer });
  return { id, email, customerId, key, say };
}

const eventsOf = (customerId: string) => {
  return EventModel.find({ customerId, _id: trusted({ $regex: '^rapport/answer/' }) })
    .sort({ n: 1 })
    .lean();
};

describe('answers', () => {
  it('sent five times at once are one answer, and one event that acts', async () => {
    const { customerId, key, say } = await anAskedPerson();

    await Promise.all([1, 2, 3, 4, 5].map(() => say({ score: 9, comment: 'kind people' })));

    expect(await AnswerModel.find({ customerId }).lean()).toMatchObject([
      { _id: key, changes: 0, said: { score: 9, comment: 'kind people' } },
    ]);
    expect(await eventsOf(customerId)).toMatchObject([{ type: 'feedback', acts: true }]);
    expect((await customers.byId(customerId))?.known.feedback.nps?.score).toBe(9);
  });

  it('that differ, sent at once, leave one answer: the one that the facts tell of', async () => {
    const { customerId, key, say } = await anAskedPerson();

    await Promise.all([3, 5, 7, 9].map((score) => say({ score })));

    const stands = await answers.find(key);
    const events = await eventsOf(customerId);
    expect(events.map(({ acts }) => acts)).toEqual([true, false, false, false]);
    expect(stands?.changes).toBe(3);
    expect((await customers.byId(customerId))?.known.feedback.nps?.score).toBe(stands?.said.score);
  });

  it('of who is let down and says why open one case, which silences before the answer, whatever is sent at once', async () => {
    const { customerId, say } = await anAskedPerson();

    await Promise.all(
      ['late', 'late', 'too late', 'far too late'].map((comment) => say({ score: 1, comment })),
    );

    const complaints = await EventModel.find({ customerId, type: 'complaint' }).lean();
    expect(complaints).toMatchObject([{ acts: true, data: { via: 'answer', score: 1 } }]);
    expect((await customers.byId(customerId))?.known.complaints.open).toEqual([complaints[0]?._id]);
    expect(await CaseModel.find({ customerId }).lean()).toMatchObject([
      { _id: complaints[0]?._id, via: 'answer' },
    ]);
  });

  it('go with a customer who turns out to be another, and may be changed there', async () => {
    const older = await anAskedPerson();
    const younger = await anAskedPerson();
    await younger.say({ score: 3 });
    await receive([anEvent({ id: older.id, email: younger.email }, { at: NOW - 1 })], 'api');

    await younger.say({ score: 10 });

    expect(await answers.ofCustomer(older.customerId, 10)).toMatchObject([
      { key: younger.key, customerId: older.customerId, said: { score: 10 }, changes: 1 },
    ]);
    expect((await customers.byId(older.customerId))?.known.feedback.nps?.score).toBe(10);
  });

  it('fill what is known of a customer, and are exported', async () => {
    const { customerId, say } = await anAskedPerson('profile');
    await say({ answers: { birthday: '06-21' } }, { birthday: '06-21' });

    const customer = await customers.byId(customerId);
    if (!customer) throw new Error('gone');
    expect(customer.known.profile).toMatchObject({ birthday: '06-21', answered: ['birthday'] });
    const exported = [];
    for await (const row of (await everythingOf(customer)).answers()) exported.push(row);
    expect(exported).toMatchObject([{ ask: 'profile', said: { answers: { birthday: '06-21' } } }]);
  });

  it('keep the score when what was written is forgotten', async () => {
    const { key, say } = await anAskedPerson();
    await say({ score: 9, comment: 'kind people', mayQuote: true, name: 'An' });

    await retention.forget('written', NOW + DAY);

    expect((await answers.find(key))?.said).toEqual({ score: 9, mayQuote: true });
  });

  it('are gone with who is erased', async () => {
    const { customerId, key, say } = await anAskedPerson();
    await say({ score: 9 });

    await eraseAll({ members: [customerId], addressKeys: [], externalIds: [], emails: [] });

    expect(await answers.find(key)).toBeUndefined();
  });
});

describe('a review from elsewhere', () => {
  const review = (customer: { id: string; email: string }, data: EventData, at = NOW) => {
    return anEvent(customer, { source: 'trustpilot', type: 'review', at, data });
  };

  it('opens a case in its own transaction if it is a low one with words, once', async () => {
    const person = somebody();
    const low = review(person, { score: 0, stars: 1, text: 'scratched' });

    const [receipt] = await receive([low], 'api');
    await receive([low], 'api');

    const { customerId = '' } = receipt ?? {};
    const { known } = (await customers.byId(customerId)) ?? {};
    expect(known?.feedback.product?.score).toBe(0);
    expect(await EventModel.find({ customerId, type: 'complaint' }).lean()).toMatchObject([
      { data: { via: 'review', text: 'scratched' } },
    ]);
    expect(known?.complaints.open).toHaveLength(1);
  });

  it('of the past, or imported, opens none', async () => {
    const person = somebody();
    const [receipt] = await receive([review(person, { score: 0, text: 'bad' }, NOW - 3 * DAY)], 'api');

    expect((await customers.byId(receipt?.customerId ?? ''))?.known.complaints.open).toEqual([]);
  });
});
