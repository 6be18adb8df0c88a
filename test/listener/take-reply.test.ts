import { describe, expect, it } from '@jest/globals';
import { createTakeReply } from '../../listener/take-reply.ts';
import { readReply } from '../../mail/reply.ts';
import { aCustomer, anEvent, aPurchase, CUSTOMER_ID, DAY, NOON } from '../support/builders.ts';

const BUYER = aCustomer([aPurchase(1)]);
const ORDER = BUYER.known.orders[0]?.id ?? '';
const REF = 'abcdefghijklmnop';
const SENDER = 'an@example.com';

function aMail(headers = '', body = 'It broke.'): Buffer {
  return Buffer.from(`Message-ID: <1@example.com>\r\nFrom: ${SENDER}\r\n${headers}\r\n${body}\r\n`);
}

/** What is kept of a mail to the address of a mail that a customer got. */
async function taken(raw: Buffer, customer = BUYER, { sender = SENDER, occasion = '1' } = {}) {
  const kept: object[] = [];
  const ids = new Set<string>();
  const take = createTakeReply({
    customers: { find: async () => customer },
    sends: { byRef: async () => ({ occasion }) },
    receiver: {
      async receiveOwn(customerId, event, id = '') {
        const duplicate = ids.has(id);
        if (!duplicate) kept.push({ customerId, ...event, id });
        ids.add(id);
        return { source: 'rapport', id, customerId, duplicate };
      },
    },
    readReply,
    now: () => NOON,
  });
  const again = () => take({ customerId: CUSTOMER_ID, ref: REF }, { raw, sender });
  return { first: await again(), second: await again(), kept };
}

describe('createTakeReply', () => {
  it('keeps one complaint, though the mail is brought twice', async () => {
    const { first, second, kept } = await taken(aMail());

    expect([first, second]).toEqual(['kept', 'repeated']);
    expect(kept).toEqual([
      {
        ...{ customerId: CUSTOMER_ID, type: 'complaint', at: NOON },
        id: expect.stringMatching(/^complaint\.reply\.abcdefghijklmnop\.[0-9a-f]{16}$/),
        data: { text: 'It broke.', via: 'reply' },
      },
    ]);
  });

  it('is about the order that the mail was about', async () => {
    const { kept } = await taken(aMail(), BUYER, { occasion: ORDER });

    expect(kept).toEqual([
      expect.objectContaining({ data: { text: 'It broke.', via: 'reply', orderId: ORDER } }),
    ]);
  });

  it.each([
    ['a holiday', 'Auto-Submitted: auto-replied\r\n'],
    ['a program', 'Auto-Submitted: auto-generated\r\n'],
    ['a list', 'Precedence: bulk\r\n'],
    ['a bounce', 'Content-Type: multipart/report; boundary=b\r\n'],
  ])('hears nothing in the answer of %s', async (_, headers) => {
    expect(await taken(aMail(headers))).toMatchObject({ first: 'unheard', kept: [] });
  });

  it('hears nothing of a mail without a sender, without a word, or about somebody who is gone', async () => {
    expect((await taken(aMail(), BUYER, { sender: '' })).first).toBe('unheard');
    expect((await taken(aMail('', ' '))).first).toBe('unheard');
    expect((await taken(aMail(), { ...BUYER, erased: true })).first).toBe('unheard');
  });

  it.each([
    ['hears no more of two programs that answer each other', NOON - 1, 'unheard'],
    ['hears them again the day after', NOON - DAY, 'kept'],
  ])('%s', async (_, at, first) => {
    const complaints = Array.from({ length: 20 }, (_one, n) => anEvent({ type: 'complaint', n: n + 1, at }));

    expect((await taken(aMail(), aCustomer(complaints))).first).toBe(first);
  });
});
