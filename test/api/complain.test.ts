import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { Customer } from '../../domain/customer.ts';
import type { World } from '../support/api.ts';
import { aCustomer, anEvent, aPurchase, CUSTOMER_ID, DAY, NOON } from '../support/builders.ts';
import { aToken, guestPagesOf } from '../support/guests.ts';
import { aJoinablePlaybook, postForm } from '../support/join.ts';

const NOW = NOON + 60_000;
const BUYER = aCustomer([
  anEvent({
    type: 'sign-up',
    n: 1,
    customer: { email: 'an@example.com', emailKey: 'key-an', locale: 'nl-BE' },
  }),
  aPurchase(2),
]);
const ORDER = BUYER.known.orders[0]?.id ?? '';

let app: FastifyInstance;
let world: World;
async function of(customer: Customer, now = NOW, playbook = aJoinablePlaybook()): Promise<void> {
  ({ app, world } = await guestPagesOf(customer, now, playbook));
}
beforeEach(() => of(BUYER));

const look = (lang = 'en') => app.inject(`/complain?t=${aToken()}&lang=${lang}`);
const send = (form: Record<string, string>, t = aToken()) =>
  postForm(app, '/complain?lang=en', { t, form: 'f-1', ...form });

describe('GET /complain', () => {
  it('offers their orders by date, in their language, and changes nothing', async () => {
    const { statusCode, body } = await app.inject(`/complain?t=${aToken()}`);

    expect(statusCode).toBe(200);
    expect(body).toContain('<html lang="nl">');
    expect(body).toContain(`value="${ORDER}"`);
    expect(body).toContain('Van 1 juni 2026');
    expect(body).not.toContain('an@example.com');
    expect(world.received).toEqual([]);
  });

  it('says when an answer comes, as the playbook has it', async () => {
    expect((await look()).body).toContain('answers within 1 day');
    await of(BUYER, NOW, { ...aJoinablePlaybook(), complaints: { answerWithin: { hours: 4 } } });
    expect((await look('nl')).body).toContain('antwoordt binnen 4 uur');
  });

  it('is another form each time it is asked for', async () => {
    const formIn = (body: string) => /name="form" value="(\w+)"/.exec(body)?.[1];

    const [first, second] = await Promise.all([look(), look()]);

    expect(formIn(first.body)).toHaveLength(26);
    expect(formIn(second.body)).not.toBe(formIn(first.body));
  });

  it('by an old mail takes a complaint still, and does not tell what was bought', async () => {
    await of(BUYER, NOW + 91 * DAY);

    const { body } = await look();

    expect(body).toContain('<textarea');
    expect(body).not.toContain(ORDER);
  });

  it.each([
    ['preferences', ''],
    ['unsubscribe', ''],
    ['why', ''],
    ['preferences', '/data'],
  ])('is led to by /%s%s', async (page, part) => {
    const { body } = await app.inject(`/${page}${part}?t=${aToken()}&lang=en`);

    expect(body).toContain(`href="/complain?t&#x3D;${aToken()}`);
  });
});

describe('POST /complain', () => {
  it('keeps one event, with what they wrote and the order it is about', async () => {
    const { statusCode, body } = await send({ order: ORDER, text: ' It broke.\r\nTwice. ' });

    expect([statusCode, body]).toEqual([200, expect.stringContaining('within 1 day')]);
    expect(body).toContain('no marketing');
    expect(world.received).toEqual([
      {
        ...{ customerId: CUSTOMER_ID, type: 'complaint', at: NOW },
        id: expect.stringMatching(/^complaint\.form\.[0-9a-f]{32}$/),
        data: { text: 'It broke.\nTwice.', via: 'form', orderId: ORDER },
      },
    ]);
  });

  it('is the same event when it is pressed twice, and another with other words or on another form', async () => {
    await send({ text: 'It broke' });
    await send({ text: 'It broke' });
    await send({ text: 'It broke, and it was late' });
    await send({ text: 'It broke', form: 'f-2' });

    const ids = world.received.map((one) => JSON.parse(JSON.stringify(one)).id);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
  });

  it.each([
    ['nothing', '   ', 'Write what is wrong'],
    ['too much', 'x'.repeat(5_001), 'at most 5000 characters'],
  ])('says beside the form when there is %s, keeps what is written and the form', async (_, text, said) => {
    const { statusCode, body } = await send({ text, order: ORDER });

    expect([statusCode, body]).toEqual([422, expect.stringContaining(said)]);
    expect(body).toContain('name="form" value="f-1"');
    expect(body).toContain(`>${text.trim()}</textarea>`);
    expect(body).toMatch(new RegExp(`value="${ORDER}" checked`));
    expect(world.received).toEqual([]);
  });

  it('takes 5,000 characters of whatever script', async () => {
    expect((await send({ text: '€'.repeat(5_000) })).statusCode).toBe(200);
  });

  it('takes no order that is not theirs', async () => {
    await send({ text: 'It broke', order: 'somebody-elses' });

    expect(world.received).toEqual([expect.objectContaining({ data: { text: 'It broke', via: 'form' } })]);
  });

  it.each([
    ['a link that is not ours', aToken('news', 'another secret'), 404],
    ['the link of a copy', 'copy', 200],
  ])('keeps nothing by %s', async (_, token, status) => {
    expect((await send({ text: 'It broke' }, token)).statusCode).toBe(status);
    expect(world.received).toEqual([]);
  });
});
