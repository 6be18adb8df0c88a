import { describe, expect, it } from '@jest/globals';
import { emptyJourney } from '../../domain/beginning.ts';
import { anApi, asAdmin, aWorld } from '../support/api.ts';
import {
  aCustomer,
  aLadder,
  aPlaybook,
  aPurchase,
  aTouch,
  CUSTOMER_ID,
  DAY,
  NOON,
} from '../support/builders.ts';

const CARE = aTouch({
  name: 'care',
  after: { days: 20 },
  when: { $or: [{ 'orders.days': 1 }, { 'consents.tips': true }] },
});
const BIRTHDAY = aTouch({ name: 'birthday', on: 'birthday', oncePer: { years: 1, months: 6 }, share: 0.1 });
const PLAYBOOK = aPlaybook([CARE, BIRTHDAY], { contact: { holdout: 0.05 } });

const COMING = {
  ...{ touch: 'care', occasion: 'o-1', due: NOON + 20 * DAY, wanted: NOON + 20 * DAY, priority: 50 },
  because: { type: 'purchase', id: 'shop/o-1', at: NOON },
};
const JOURNEY = { ...emptyJourney(CUSTOMER_ID, 'getting-acquainted'), since: NOON, agenda: [COMING] };

async function exported(query = '', more: object = {}, playbook = PLAYBOOK) {
  const purchase = aPurchase(1);
  const change = { kind: 'planned', ...COMING } as const;
  const decision = {
    ...{ customerId: CUSTOMER_ID, seq: 1, at: NOON, playbook: 1 },
    phase: 'getting-acquainted',
    ...{ heard: [COMING.because], changes: [change] },
  } as const;
  const world = { customers: [aCustomer([purchase], { journey: JOURNEY, ...more })], events: [purchase] };
  const app = await anApi(aWorld({ ...world, decisions: [decision] }), {
    playbooks: { current: async () => playbook },
  });
  return app.inject({ url: `/v1/customers/${CUSTOMER_ID}/export${query}`, headers: asAdmin() });
}

describe('GET /v1/customers/:id/export', () => {
  it('tells what is kept, and in words how it is decided, what comes and why', async () => {
    const answer = await exported('?lang=en');

    expect(answer.headers['content-disposition']).toContain(`customer-${CUSTOMER_ID}.json`);
    const { events, decisions, logic, customer } = answer.json();
    expect(customer).toMatchObject({ id: CUSTOMER_ID, phase: 'getting-acquainted' });
    expect(events).toMatchObject([{ type: 'purchase', inWords: expect.stringContaining('Kind of Blue') }]);
    expect(decisions[0].inWords[0]).toMatch(/planned for .*because order o-1 was placed/);
    expect(logic.youAreIn).toMatchObject({ phase: 'Getting acquainted', objection: null });
    expect(logic.forEverybody).toContainEqual(expect.stringContaining('5% of all customers, drawn by lot'));
    expect(logic.next).toMatchObject([{ because: expect.stringMatching(/^You placed order o-1, on /) }]);
    expect(logic.mails.map(({ rule }: { rule: string[] }) => rule.slice(0, 3))).toEqual([
      [
        'It goes out 20 days after an order.',
        'Only if: days on which you ordered: 1 or your permission for Tips: yes.',
        '5% of all customers, drawn by lot, get no marketing: so we see whether it is of any use.',
      ],
      [
        'It goes out at once after a birthday.',
        'At most once in 1 year and 6 months.',
        'Only to a part of all customers, drawn by lot: 10%.',
      ],
    ]);
  });

  it('speaks the customer’s language, and Dutch where that is asked', async () => {
    expect((await exported('?lang=nl')).json().logic.youAreIn.phase).toBe('Kennismaking');
    expect((await exported('', {})).json().language).toBe('en');
    expect((await exported('?lang=de')).statusCode).toBe(422);
  });

  it('tells all of the profile, and of the membership', async () => {
    const { known } = aCustomer([aPurchase(1)]);
    const profile = {
      ...{ email: 'an@example.com', emailKey: 'key-of-an', name: { first: 'An' }, locale: 'nl' },
      ...{ timeZone: 'Europe/Brussels', birthday: '06-21', interests: ['jazz'], everyDays: 30 },
      answered: ['often'],
    };
    const entry = { id: 'e-1', at: NOON, points: 5, kind: 'earned', reason: 'orders', lot: 'e-1' } as const;
    const entries = [{ ...entry, earnedAt: NOON, from: NOON }];
    const membership = { joined: { at: NOON, terms: '2026' }, left: NOON - DAY, entries };
    const marketingOff = { at: NOON };
    const told = (
      await exported('?lang=en', { known: { ...known, profile, marketingOff, ended: true }, membership })
    ).json();

    expect(told.profile).toEqual(profile);
    expect(told.membership).toMatchObject({ ...membership, tier: null, since: null, until: null });
    expect(told).toMatchObject({ marketingOff, ended: true });
    expect(told.logic.youAreIn.mailsAtMost).toBe('Once a month');
    expect((await exported()).json().membership).toBeNull();
    expect((await exported('?lang=en')).json().logic.youAreIn.mailsAtMost).toBe(
      'As often as there is something to say',
    );
  });

  it('tells which tier they have, since when and until when', async () => {
    const membership = { joined: { at: NOON, terms: '2026' }, entries: [] };
    const playbook = aPlaybook([], { loyalty: aLadder({ silver: 1 }) });

    expect((await exported('', { membership }, playbook)).json().membership).toEqual({
      ...{ ...membership, tier: 'silver', since: NOON, until: Date.UTC(2027, 8, 1, 10) },
    });
  });

  it('has nothing to tell of who was erased', async () => {
    expect((await exported('', { erased: true })).statusCode).toBe(410);
  });
});
