import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import mongoose from 'mongoose';
import { SMTPServer } from 'smtp-server';
import type { Activities } from '../../activities/index.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { sends } from '../../data/sends.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { startEngine } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { runsOf, wordsOf } from '../support/histories.ts';
import { devServer } from '../support/journeys.ts';
import { aDatabase, anEvent, aPurchase, aReceive } from '../support/shop.ts';

const ADDRESS = 'wilhelmina.achterberg@example.com';
/** What tells who somebody is; none of it belongs in a history. */
const PERSONAL = ['wilhelmina', 'achterberg', '@example.com', 'scratched sleeve', 'kind of blue', 'vismarkt'];

const PLAYBOOK = aPlaybook([
  aTouch({ name: 'thank-you', kind: 'service', topic: 'service' }),
  aTouch({ name: 'good-to-know', on: 'complaint-resolved' }),
]);

let env: TestWorkflowEnvironment;
let server: SMTPServer;
beforeAll(async () => {
  [env] = await Promise.all([devServer(), aDatabase()]);
  server = aQuotingServer();
}, 60_000);
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(resolve));
  await Promise.all([env?.teardown(), disconnect()]);
});

describe('discretion', () => {
  it('keeps who a customer is out of every history, whatever mail server and database quote', async () => {
    const asked = { decide: 0, sendTouch: 0 };
    const engine = await startEngine({
      ...{ env, playbook: PLAYBOOK, smtpUrl: `smtp://127.0.0.1:${await listening(server)}` },
      around: ({ decide, sendTouch, ...others }): Activities => ({
        ...others,
        async decide(situation) {
          asked.decide += 1;
          if (asked.decide === 1) await quoteTheDocument();
          return decide(situation);
        },
        async sendTouch(task) {
          asked.sendTouch += 1;
          if (asked.sendTouch === 1) await quoteTheDocument();
          return sendTouch(task);
        },
      }),
    });
    const { receive } = aReceive({ now: Date.now() });
    const [receipt] = await receive(aLife(), 'api');
    const id = receipt?.customerId ?? '';
    await eventually(async () => (await sends.ofCustomer(id, 9)).filter((send) => send.outcome).length === 2);
    await eventually(async () => (await customers.byId(id))?.journey?.agenda.length === 0);
    await engine.stop();

    expect((await sends.ofCustomer(id, 9)).map(({ outcome }) => outcome)).toEqual([
      { kind: 'skipped', reason: 'suppressed' },
      { kind: 'rejected', class: 'hard', code: 550, status: '5.1.1' },
    ]);
    const words = (await runsOf(env, id)).map(wordsOf).join('\n');
    expect(words).toContain('MongoServerError');
    expect(words).toContain('thank-you');
    for (const personal of PERSONAL) expect(words.toLowerCase()).not.toContain(personal);
  }, 60_000);
});

/** Whatever a customer may tell, in every field that takes words. */
function aLife() {
  const now = Date.now();
  const somebody = {
    ...{ id: ADDRESS, email: ADDRESS, name: { first: 'Wilhelmina', last: 'Achterberg' } },
    ...{ birthday: '06-21', interests: ['scratched sleeve'] },
  };
  const items = [{ sku: 'cd-17', name: 'Kind of Blue', quantity: 1, price: 1466 }];
  const order = { orderId: `${ADDRESS}-1`, total: 1466, currency: 'EUR', items };
  const life = [
    aPurchase(somebody, { id: `${ADDRESS}/1`, at: now - 5_000, data: order }),
    anEvent(somebody, { type: 'complaint', at: now - 4_000, data: { text: 'scratched sleeve' } }),
    anEvent(somebody, { type: 'complaint-resolved', at: now - 3_000 }),
    anEvent(somebody, { type: 'sent-a-card', at: now - 2_000, data: { from: 'Vismarkt 12' } }),
  ];
  return life.map((event) => ({ ...event, consent: [{ topic: 'news', basis: 'consent' } as const] }));
}

/** Makes MongoDB refuse a document, as it does: with the document's key in its message. */
async function quoteTheDocument(): Promise<void> {
  const things = mongoose.connection.collection<{ _id: string }>('things');
  await things.insertOne({ _id: ADDRESS }).catch(() => {});
  await things.insertOne({ _id: ADDRESS });
}

/** A mail server that knows nobody, and says whom. */
function aQuotingServer(): SMTPServer {
  return new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, callback) => {
      const refusal = new Error(`5.1.1 <${address}>: Wilhelmina does not live here`);
      callback(Object.assign(refusal, { responseCode: 550 }));
    },
  });
}

async function listening(server: SMTPServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  return address && typeof address === 'object' ? address.port : 0;
}
