import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { Ask } from '../../domain/asks.ts';
import { ADMIN_KEY, asAdmin, type World } from '../support/api.ts';
import { askPages, tokenOf } from '../support/asked.ts';
import { CUSTOMER_ID, DAY, NOON } from '../support/builders.ts';
import { aToken } from '../support/guests.ts';
import { postForm } from '../support/join.ts';

let app: FastifyInstance;
let world: World;
beforeEach(async () => {
  ({ app, world } = await askPages());
});

const look = (ask: Ask, more = '') => app.inject(`/answer?t=${tokenOf(ask)}&lang=en${more}`);
const send = (ask: Ask, form: Record<string, string | string[]>) => {
  return postForm(app, '/answer?lang=en', { t: tokenOf(ask), ...form });
};

describe('GET /answer', () => {
  it.each<[Ask, string, number]>([
    ['nps', '8', 11],
    ['csat', '5', 3],
    ['product-score', '10', 5],
    ['review', '3', 5],
  ])('shows %s with the answer of the link chosen, and keeps nothing', async (ask, score, choices) => {
    const { statusCode, body } = await look(ask, `&score=${score}`);

    expect(statusCode).toBe(200);
    expect(body.match(/type="radio"/g)).toHaveLength(choices);
    expect(body.match(/value="(\d+)" checked/)?.[1]).toBe(score);
    expect(world.received).toEqual([]);
    expect(world.answers).toEqual([]);
  });

  it.each(['11', '4.5', 'x', '9'])('chooses nothing of stars for a score of %s', async (score) => {
    const { statusCode, body } = await look('product-score', `&score=${score}`);

    expect(statusCode).toBe(200);
    expect(body).not.toContain(' checked');
  });

  it.each([
    ['10', 'What do you like about it?', 'You may write back', true],
    ['7', 'What would make it better?', 'You may write back', false],
    ['2', 'What went wrong?', 'A person reads it', false],
    ['', 'Would you like to say why?', 'Choose what fits', false],
  ])('asks on after %s: %s', async (score, why, also, quotes) => {
    const { body } = await look('nps', `&score=${score}`);

    expect(body).toContain(why);
    expect(body).toContain(also);
    expect(body.includes('You may show this to others')).toBe(quotes);
    expect(body.replaceAll(/href="[^"]*"/g, '')).not.toMatch(/complain/i);
  });

  it('speaks Dutch to who reads Dutch, and names the shop', async () => {
    const { body } = await app.inject(`/answer?t=${tokenOf('nps')}`);

    expect(body).toContain('<html lang="nl">');
    expect(body).toContain('Hoe waarschijnlijk is het dat je Koffiehuis Zuiderzon aan een vriend aanraadt?');
    expect(body).not.toContain('an@example.com');
  });

  it.each([
    ['a link that is not ours', 't=lost', 404],
    ['a copy', 't=copy', 200],
    ['a mail that asks nothing', `t=${aToken()}`, 404],
  ])('says kindly that there is nothing to answer by %s', async (_what, query, status) => {
    const { statusCode, body } = await app.inject(`/answer?${query}&score=8&lang=en`);

    expect(statusCode).toBe(status);
    expect(body).not.toContain('<form');
  });

  it('says kindly that it is over, after 30 days', async () => {
    ({ app, world } = await askPages({ now: NOON + 30 * DAY }));

    expect((await look('nps')).body).toContain('This question is closed');
    expect((await send('nps', { score: '3' })).body).toContain('It could be answered until 1 July 2026');
    expect(world.answers).toEqual([]);
  });
});

describe('POST /answer', () => {
  it('keeps the answer, thanks, and shows what stands', async () => {
    const { statusCode, body } = await send('nps', {
      score: '9',
      comment: 'quick\r\nand kind',
      reply: 'yes',
    });

    expect(statusCode).toBe(200);
    expect(body).toContain('That is good to read.');
    expect(body).toContain('Change my answer');
    expect(world.answers).toMatchObject([
      { ask: 'nps', changes: 0, said: { score: 9, comment: 'quick\nand kind', mayReply: true } },
    ]);
    expect((await look('nps')).body).toMatch(/value="9" checked[\s\S]*quick\nand kind/);
  });

  it('is kept once, however often it is sent, and changed by another', async () => {
    await send('nps', { score: '9' });
    await send('nps', { score: '9' });
    await send('nps', { score: '4' });

    expect(world.received).toHaveLength(2);
    expect(world.answers).toMatchObject([{ said: { score: 4 }, changes: 1 }]);
  });

  it('asks who is let down what went wrong, and then opens a case', async () => {
    expect((await send('nps', { score: '2' })).body).toContain('Tell us what went wrong');
    const { body } = await send('nps', { score: '2', comment: 'it never came' });

    expect(body).toContain('A person looks at what went wrong, and writes to you.');
    expect(body.replaceAll(/href="[^"]*"/g, '')).not.toMatch(/complain/i);
    expect(world.received).toMatchObject([{}, {}, { event: { type: 'complaint', data: { via: 'answer' } } }]);
  });

  it.each<[Ask, Record<string, string>, string]>([
    ['nps', { comment: 'nothing chosen' }, 'Choose one of the answers first.'],
    ['product-score', { score: '9' }, 'Choose one of the answers first.'],
    ['open', { comment: '  ' }, 'Write a line, and send it.'],
    ['nps', { score: '9', comment: 'x'.repeat(2_001) }, 'at most 2000 characters'],
    ['profile', {}, 'Answer one of the questions'],
    ['profile', { day: '31', month: '2' }, 'That day does not exist.'],
  ])('asks to mend %s %j', async (ask, form, said) => {
    const { statusCode, body } = await send(ask, form);

    expect(statusCode).toBe(422);
    expect(body).toContain(said);
    expect(world.answers).toEqual([]);
  });

  it('keeps words, and under which name they may be shown', async () => {
    await send('open', { comment: 'good people', quote: 'yes', name: ' An\nVos ' });

    expect(world.answers).toMatchObject([
      { said: { comment: 'good people', mayQuote: true, name: 'An Vos' } },
    ]);
  });
});

describe('GET /v1/customers/:id/answers', () => {
  it('tells them, with what may be done with them', async () => {
    await send('open', { comment: 'good people', quote: 'yes', name: 'An' });
    const url = `/v1/customers/${CUSTOMER_ID}/answers`;

    const { customerId, answers } = (await app.inject({ url, headers: asAdmin(ADMIN_KEY) })).json();

    expect(customerId).toBe(CUSTOMER_ID);
    expect(answers).toMatchObject([
      {
        touch: 'open',
        ask: 'open',
        score: null,
        comment: 'good people',
        mayQuote: true,
        name: 'An',
        changes: 0,
      },
    ]);
    expect((await app.inject({ url })).statusCode).toBe(401);
  });
});
