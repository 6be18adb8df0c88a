import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { AnswerModel } from '../../data/answer-document.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { EventModel } from '../../data/event-document.ts';
import { SendModel } from '../../data/send-document.ts';
import { sends } from '../../data/sends.ts';
import { createMailLinks } from '../../mail/links.ts';
import { anApi, aWorld } from '../support/api.ts';
import { ASKING_TOUCHES } from '../support/asked.ts';
import { aPlaybook } from '../support/builders.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { SECRET } from '../support/guests.ts';
import { postForm } from '../support/join.ts';
import { aSend } from '../support/ledger.ts';
import { aClock, aDatabase, anAnswers, anEvent, aReceive, somebody } from '../support/shop.ts';

const NOW = Date.UTC(2026, 10, 22, 12);

let app: FastifyInstance;
beforeAll(async () => {
  await aDatabase();
  app = await anApi(aWorld(), {
    ...{ customers, sends, receiver: aReceive(), answers: anAnswers(), clock: aClock() },
    playbooks: { current: async () => aPlaybook(ASKING_TOUCHES) },
  });
});
afterAll(async () => {
  await app.close();
  await disconnect();
});

/** Somebody to whom a mail went that asks whether they would recommend us, and the token of its links. */
async function anAskedPerson() {
  const [receipt] = await aReceive().receive([anEvent(somebody(), { type: 'sign-up' })], 'api');
  const customerId = receipt?.customerId ?? '';
  const send = aSend({ touch: 'nps', occasion: '1', due: NOW - 1 });
  const key = `${customerId}/nps/1`;
  await SendModel.create([{ ...send, _id: key, customerId }]);
  const { answer } = createMailLinks('', SECRET)({ customerId, key, topic: 'surveys' });
  return { customerId, key, link: answer, t: new URL(answer, 'http://x').searchParams.get('t') ?? '' };
}

describe('/answer, on a real database', () => {
  it('changes nothing for a scanner that opens every answer of the mail, by GET and by HEAD', async () => {
    const { link } = await anAskedPerson();
    const before = await everythingKept();

    const links = [link, ...Array.from({ length: 11 }, (_, score) => `${link}&score=${score}`)];
    for (const method of ['GET', 'HEAD'] as const) {
      const opened = await Promise.all(links.map((url) => app.inject({ method, url })));
      expect(opened.map(({ statusCode }) => statusCode)).toEqual(links.map(() => 200));
    }

    expect(await everythingKept()).toEqual(before);
  });

  it('keeps one answer and one event of the same that is posted five times at once', async () => {
    const { customerId, key, t } = await anAskedPerson();

    const form = { t, score: '9', comment: 'kind people' };
    const posted = await Promise.all([1, 2, 3, 4, 5].map(() => postForm(app, '/answer', form)));

    expect(posted.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
    expect(await AnswerModel.find({ customerId }).lean()).toMatchObject([{ _id: key, changes: 0 }]);
    expect(await EventModel.countDocuments({ customerId, type: 'feedback' })).toBe(1);
  });
});
