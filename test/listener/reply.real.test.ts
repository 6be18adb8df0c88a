import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cases } from '../../data/cases.ts';
import { circuitBreaker } from '../../data/circuit-breaker.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { sends } from '../../data/sends.ts';
import { createReturnPath, readReturnPath } from '../../domain/return-path.ts';
import { createTakeMail } from '../../listener/take-mail.ts';
import { createTakeReply } from '../../listener/take-reply.ts';
import { readFinalReports } from '../../mail/bounce-reports.ts';
import { readReply } from '../../mail/reply.ts';
import { aPlaybook } from '../support/builders.ts';
import {
  aBounce,
  aSentMail,
  HASH_KEY,
  RETURN_PATH,
  SECRET,
  someCustomer,
  someReports,
} from '../support/returned.ts';
import { aDatabase, aReceive } from '../support/shop.ts';

beforeAll(aDatabase, 60_000);
afterAll(disconnect);

const take = createTakeMail({
  ...{ reports: someReports(), readReports: readFinalReports, hashKey: HASH_KEY, breaker: circuitBreaker },
  takeReply: createTakeReply({ customers, sends, receiver: aReceive(), readReply, now: () => Date.now() }),
  named: () => undefined,
  playbook: async () => aPlaybook([]),
  log: { info: () => {} },
});

/** Brings a mail to an address, as far as it is one of ours. */
async function bring(address: string, raw: string, sender = 'an@example.com') {
  const to = readReturnPath(RETURN_PATH, [SECRET], address);
  await take({ raw: Buffer.from(raw), sender, to: to ? [to] : [] });
}

const casesOf = async (customerId: string) => {
  return (await cases.list({ state: 'all', order: 'newest', customerId }, 9)).cases;
};

describe('a reply to a mail', () => {
  it('opens one case, whoever brings it how often, and holds marketing from then on', async () => {
    const customer = await someCustomer();
    const { reply } = await aSentMail(customer);
    const mail = 'Message-ID: <1@example.com>\r\n\r\nIt broke.\r\n\r\n> Dear An\r\n';

    await Promise.all([bring(reply, mail), bring(reply, mail), bring(reply.toUpperCase(), mail)]);

    const [one, ...others] = await casesOf(customer.id);
    expect(one).toMatchObject({ via: 'reply', state: 'open', text: 'It broke.' });
    expect(others).toEqual([]);
    expect((await customers.byId(customer.id))?.known.complaints.open).toEqual([one?.id]);
  });

  it('opens none by a proof that is not ours, for a program, or for a report', async () => {
    const customer = await someCustomer();
    const { key, reply } = await aSentMail(customer);
    const forged = createReturnPath(RETURN_PATH, 'a guess')(customer.id, key).reply;

    await bring(forged, '\r\nIt broke.\r\n');
    await bring(reply, 'Auto-Submitted: auto-replied\r\n\r\nI am away.\r\n');
    await bring(reply, aBounce({ recipient: customer.email }));

    expect(await casesOf(customer.id)).toEqual([]);
    expect((await customers.byId(customer.id))?.suppressed).toBeUndefined();
  });
});
