import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { customers } from '../../data/customers.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { GatedServer } from '../support/gated-server.ts';
import { Rapport } from '../support/rapport.ts';
import { somebody } from '../support/shop.ts';

const PATIENCE = { within: 60_000 };
const PLAYBOOK = aPlaybook([
  aTouch({ name: 'welcome', on: 'sign-up' }),
  aTouch({ name: 'thank-you', kind: 'service', topic: 'service' }),
]);

let server: GatedServer;
let rapport: Rapport;
beforeAll(async () => {
  server = await new GatedServer().listen();
  rapport = await Rapport.api({ smtpUrl: server.url, playbook: PLAYBOOK });
}, 60_000);
afterAll(async () => {
  await rapport?.stop();
  await server.close();
});

function anEvent(id: string, type: string, customer: object, data: object = {}) {
  const consent = [{ topic: 'news', basis: 'consent' }];
  return { id, source: 'shop', type, at: new Date(), customer, consent, data };
}

describe('a worker that is killed in decide, after its writes', () => {
  it('leaves nothing unheard and nothing heard twice, what comes meanwhile included', async () => {
    const dying = rapport.launch('test/support/dying-worker.ts');
    const person = somebody();
    const [receipt] = await rapport.post(anEvent('e-1', 'sign-up', person));
    const customerId = receipt?.customerId ?? '';
    await eventually(() => server.messages.length === 1, PATIENCE);
    const order = (orderId: string) => ({ orderId, total: 1466, currency: 'EUR' });
    await rapport.post(anEvent('e-2', 'purchase', { id: person.id }, order('o-2')));
    expect(await dying.exited).toBe(137);
    const written = (await customers.byId(customerId))?.journey;
    expect(written).toMatchObject({ heard: 2, phase: 'getting-acquainted' });
    expect(server.messages).toHaveLength(1);

    await rapport.post(anEvent('e-3', 'purchase', { id: person.id }, order('o-3')));
    rapport.startWorker();
    await eventually(() => server.messages.length === 3, PATIENCE);
    await eventually(async () => (await rapport.journey(customerId)).agenda.length === 0, PATIENCE);

    expect(await rapport.heard(customerId)).toEqual(['shop/e-1', 'shop/e-2', 'shop/e-3']);
    const journey = await rapport.journey(customerId);
    expect(journey).toMatchObject({
      heard: 3,
      counters: { welcome: { count: 1 }, 'thank-you': { count: 2 } },
    });
    expect(journey).toEqual((await customers.byId(customerId))?.journey);
    expect(server.messages).toHaveLength(3);
  }, 120_000);
});
