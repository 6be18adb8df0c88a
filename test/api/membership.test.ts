import { describe, expect, it } from '@jest/globals';
import type { Customer } from '../../domain/customer.ts';
import { anApi, asAdmin, aWorld } from '../support/api.ts';
import { aPlaybook, CUSTOMER_ID, DAY, NOON } from '../support/builders.ts';
import { aGuest, aToken, guestPagesOf } from '../support/guests.ts';
import { postForm } from '../support/join.ts';
import { aLoyalty } from '../support/loyalty.ts';
import { aBuyer, BY_INVITATION, JOINED, TIERS } from '../support/members.ts';

const PLAYBOOK = aPlaybook([], { loyalty: BY_INVITATION });
const MEMBER = { membership: JOINED };

async function pageOf(customer: Customer, { playbook = PLAYBOOK, now = NOON + DAY } = {}) {
  const { app, world } = await guestPagesOf(customer, now, playbook);
  const look = (query = '&lang=en') => app.inject(`/membership?t=${aToken()}${query}`);
  const press = (form: Record<string, string>) =>
    postForm(app, '/membership?lang=en', { t: aToken(), ...form });
  return { look, press, world };
}

describe('/membership', () => {
  it('shows a member points, tier, what the next takes, rights and history, and changes nothing', async () => {
    const { look, world } = await pageOf(aBuyer(MEMBER));

    const { statusCode, body } = await look();

    expect(statusCode).toBe(200);
    for (const said of [
      ...[
        '14 points',
        '14 points expire on 6 July 2027.',
        'You are Tier silver',
        'Still 2 orders to Tier gold.',
      ],
      ...['It is yours until 1 September 2027; with 1 order more before then', 'Free shipping', '+14 points'],
    ]) {
      expect(body).toContain(said);
    }
    expect(body).toMatch(/<progress value="1" max="3" aria-label="On the way to Tier gold">/);
    expect(world.received).toEqual([]);
  });

  it('speaks the language that they are written to in', async () => {
    const { look } = await pageOf(aBuyer(MEMBER));

    expect((await look('')).body).toContain('Je bent Trede silver');
  });

  it('shows who is no member what there is to get, and the terms to agree to', async () => {
    const { body } = await (await pageOf(aBuyer())).look();

    expect(body).toContain('I agree to the terms, version 2026-06');
    expect(body).toContain('With 3 orders in twelve months');
    expect(body).not.toContain('You are');
  });

  it('tells who joins by a first order so, and asks nothing', async () => {
    const playbook = aPlaybook([], { loyalty: aLoyalty({}, { tiers: TIERS }) });
    const { body } = await (await pageOf(aGuest(), { playbook })).look();

    expect(body).toContain('You become a member with your first order.');
    expect(body).not.toContain('name="agree"');
  });

  it('lets them join on the terms that they saw', async () => {
    const { press, world } = await pageOf(aBuyer());

    expect((await press({ what: 'join', terms: '2026-06', agree: 'yes' })).body).toContain('Welcome');
    expect(world.received).toMatchObject([
      { customerId: CUSTOMER_ID, type: 'membership', data: { change: 'join', terms: '2026-06', by: 'page' } },
    ]);
  });

  it.each([
    ['without a word that they agree', { what: 'join', terms: '2026-06' }, 'To join, agree'],
    ['on terms that were changed', { what: 'join', terms: '2025-01', agree: 'yes' }, 'were changed'],
  ])('keeps nothing %s', async (_, form, said) => {
    const { press, world } = await pageOf(aBuyer());

    const answer = await press(form);

    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(said);
    expect(world.received).toEqual([]);
  });

  it('lets a member leave, and whoever is none has left already', async () => {
    const member = await pageOf(aBuyer(MEMBER));
    const stranger = await pageOf(aBuyer());

    await member.press({ what: 'leave' });
    await stranger.press({ what: 'leave' });

    expect(member.world.received).toMatchObject([{ type: 'membership', data: { change: 'leave' } }]);
    expect(stranger.world.received).toEqual([]);
  });

  it('opens by a new link only, and says so where there is no programme', async () => {
    const old = await pageOf(aBuyer(MEMBER), { now: NOON + 100 * DAY });
    const none = await pageOf(aBuyer(MEMBER), { playbook: aPlaybook([]) });

    expect((await old.look()).statusCode).toBe(403);
    expect((await none.look()).body).toContain('has no loyalty programme');
  });
});

describe('GET /v1/customers/:id/membership', () => {
  it('tells points, tier, what is needed, rights and history', async () => {
    const app = await anApi(aWorld({ customers: [aBuyer(MEMBER)] }), {
      clock: { now: () => NOON + DAY, serverTime: () => NOON + DAY },
      playbooks: { current: async () => PLAYBOOK },
    });

    const answer = await app.inject({ url: `/v1/customers/${CUSTOMER_ID}/membership`, headers: asAdmin() });

    const before = '2027-09-01T10:00:00.000Z';
    expect(answer.json()).toMatchObject({
      ...{ customerId: CUSTOMER_ID, member: { terms: '2026-06' }, balance: 14 },
      tier: { name: 'silver', since: '2026-06-01T10:00:00.000Z', until: before },
      next: { tier: { name: 'gold' }, needed: { kind: 'orders', amount: 2, currency: null } },
      keep: { needed: { kind: 'orders', amount: 1 }, before },
      privileges: [{ kind: 'free-shipping', until: before }],
      history: expect.arrayContaining([
        expect.objectContaining({ kind: 'tier', tier: 'silver' }),
        expect.objectContaining({ kind: 'earned', points: 14, reason: 'orders' }),
        expect.objectContaining({ kind: 'joined', reason: '2026-06' }),
      ]),
    });
  });
});
