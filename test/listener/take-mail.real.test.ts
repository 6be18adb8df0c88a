import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { circuitBreaker } from '../../data/circuit-breaker.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { events } from '../../data/events.ts';
import { createReturnPath, tokenIn } from '../../domain/return-path.ts';
import { sendRef } from '../../domain/send-ref.ts';
import { createTakeMail } from '../../listener/take-mail.ts';
import { readFinalReports } from '../../mail/bounce-reports.ts';
import { aPlaybook } from '../support/builders.ts';
import {
  aBounce,
  aSentMail,
  aSpamComplaint,
  HASH_KEY,
  RETURN_PATH,
  SECRET,
  someCustomer,
  someReports,
} from '../support/returned.ts';
import { aDatabase } from '../support/shop.ts';

beforeAll(aDatabase, 60_000);
afterAll(disconnect);

const logged: object[] = [];
const take = createTakeMail({
  ...{ reports: someReports(), readReports: readFinalReports, hashKey: HASH_KEY, breaker: circuitBreaker },
  named: (text) => tokenIn([SECRET], text),
  playbook: async () => aPlaybook([]),
  takeReply: async () => 'unheard',
  log: { info: (fields) => logged.push(fields) },
});

/** Takes a mail at the one address for spam complaints. */
const takeAtLoop = (raw: string) =>
  take({ raw: Buffer.from(raw), sender: '', to: [{ kind: 'feedback-loop' }] });

/** The same, the mail that it returns with our header. */
function enclosing(address: string, raw = aSpamComplaint()): string {
  const header = `X-Rapport-Send:\r\n ${address.split('@')[0]}\r\n`;
  return raw.replace('Subject: Tips\r\n', `${header}Subject: Tips\r\n`);
}

describe('createTakeMail', () => {
  it('logs what a mail is and whether it changed anything, and no address', async () => {
    const customer = await someCustomer();
    const { key } = await aSentMail(customer);
    const to = [{ kind: 'bounce' as const, customerId: customer.id, ref: sendRef(key) }];

    await take({ raw: Buffer.from(aBounce({ recipient: customer.email })), sender: '', to });

    expect(logged).toEqual([{ kind: 'bounce', class: 'hard', status: '5.1.1', taken: 'kept' }]);
  });

  it('takes a spam complaint of a feedback loop, about the mail that it encloses', async () => {
    const customer = await someCustomer();
    const { bounce } = await aSentMail(customer);

    await takeAtLoop(enclosing(bounce));
    await takeAtLoop(enclosing(bounce));

    expect((await events.latest(customer.id, 9)).map(({ type }) => type)).toEqual([
      'spam-complaint',
      'visit',
    ]);
    expect((await customers.byId(customer.id))?.known.marketingOff).toBeDefined();
  });

  it('takes nothing else there: no proof that is not ours, no bounce, no letter', async () => {
    const customer = await someCustomer();
    const { key, bounce } = await aSentMail(customer);
    const forged = createReturnPath(RETURN_PATH, 'a guess')(customer.id, key).bounce;

    await takeAtLoop(aSpamComplaint());
    await takeAtLoop(enclosing(forged));
    await takeAtLoop(`Subject: Hi\r\n\r\n${bounce}\r\n`);
    await takeAtLoop(aBounce({ recipient: customer.email, words: `User unknown ${bounce}` }));

    expect((await events.latest(customer.id, 9)).map(({ type }) => type)).toEqual(['visit']);
    expect((await customers.byId(customer.id))?.suppressed).toBeUndefined();
  });
});
