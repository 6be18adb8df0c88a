import { describe, expect, it } from '@jest/globals';
import { anApi, asAdmin, aWorld } from '../support/api.ts';
import {
  aCustomer,
  aLadder,
  anEvent,
  aPlaybook,
  aPurchase,
  CUSTOMER_ID,
  DAY,
  NOON,
} from '../support/builders.ts';

const title = (text: string) => ({ nl: text, en: text });
const RIGHTS = [
  { kind: 'member-price', title: title('Prijs'), off: 0.075 },
  { kind: 'early-access', title: title('Eerst'), ahead: { days: 2 } },
  { kind: 'free-shipping', title: title('Gratis'), from: { amount: 2_500, currency: 'EUR' } },
  { kind: 'longer-warranty', title: title('Langer'), by: { years: 1, months: 6 } },
  { kind: 'service-line', title: title('Bel'), phone: '+31 50 123 45 67' },
  { kind: 'event-invitation', title: title('Kom') },
] as const;
const { tiers: [silver] = [], ...loyalty } = aLadder({ silver: 1 });
const PLAYBOOK = aPlaybook([], {
  loyalty: { ...loyalty, tiers: silver ? [{ ...silver, privileges: RIGHTS }] : [] },
});
const MEMBERSHIP = { joined: { at: NOON, terms: '2026-06' }, entries: [] };
const UNTIL = '2027-09-01T10:00:00.000Z';

async function askOf(membership: object, ref = CUSTOMER_ID, current: typeof PLAYBOOK | undefined = PLAYBOOK) {
  const customer = aCustomer([aPurchase(1)], { externalIds: ['shop:c-17'], ...membership });
  const app = await anApi(aWorld({ customers: [customer] }), {
    clock: { now: () => NOON + DAY, serverTime: () => NOON + DAY },
    playbooks: { current: async () => current },
  });
  return app.inject({ url: `/v1/customers/${ref}/privileges`, headers: asAdmin() });
}

describe('GET /v1/customers/:id/privileges', () => {
  it('tells a checkout each right with its value and its end, by the shop’s own id', async () => {
    const answer = await askOf({ membership: MEMBERSHIP }, 'shop:c-17');

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      customerId: CUSTOMER_ID,
      member: true,
      tier: { name: 'silver', title: { nl: 'Trede silver', en: 'Tier silver' } },
      until: UNTIL,
      privileges: [
        { percent: 7.5 },
        { ahead: 'P2D' },
        { from: { amount: 2_500, currency: 'EUR' } },
        { by: 'P1Y6M' },
        { phone: '+31 50 123 45 67', email: null },
        {},
      ].map((value, i) => ({ kind: RIGHTS[i]?.kind, title: RIGHTS[i]?.title, value, until: UNTIL })),
    });
  });

  it.each([
    ['who is no member', { membership: { entries: [] } }, PLAYBOOK],
    ['anybody, where there is no programme', { membership: MEMBERSHIP }, aPlaybook([])],
  ])('tells of %s that there is none', async (_, membership, playbook) => {
    const answer = await askOf(membership, CUSTOMER_ID, playbook);

    expect(answer.json()).toEqual({
      ...{ customerId: CUSTOMER_ID, member: false, tier: null, until: null, privileges: [] },
    });
  });

  it('knows nobody by an id that is not there', async () => {
    expect((await askOf({}, 'shop:c-18')).statusCode).toBe(404);
  });

  it('tells at once of an order that went back', async () => {
    const refund = anEvent({ type: 'refund', n: 2, at: NOON + 1_000, data: { orderId: 'o-1' } });
    const customer = aCustomer([aPurchase(1), refund], { membership: MEMBERSHIP });
    const app = await anApi(aWorld({ customers: [customer] }), {
      playbooks: { current: async () => PLAYBOOK },
    });

    const answer = await app.inject({ url: `/v1/customers/${CUSTOMER_ID}/privileges`, headers: asAdmin() });

    expect(answer.json()).toMatchObject({ member: true, tier: null, privileges: [] });
  });
});
