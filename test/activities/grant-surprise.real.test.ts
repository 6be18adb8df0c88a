import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BudgetModel } from '../../data/budgets.ts';
import { disconnect } from '../../data/connect.ts';
import { GrantModel } from '../../data/grant-document.ts';
import { grants } from '../../data/grants.ts';
import { SendModel } from '../../data/send-document.ts';
import { unfinishedGrants } from '../../data/unfinished-grants.ts';
import { unsettledSends } from '../../data/unsettled-sends.ts';
import type { Surprise } from '../../domain/surprise.ts';
import { aPlaybook, aTouch, DAY, HOUR, NOON } from '../support/builders.ts';
import { GatedServer } from '../support/gated-server.ts';
import { aSender, aTaskFor } from '../support/sending.ts';
import { aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';
import { aGrantRequest, aSurprise } from '../support/surprises.ts';

const ONE_A_DAY = { counts: 'grants', amount: 30, per: { months: 1 }, spread: true } as const;

let server: GatedServer;
let sender: ReturnType<typeof aSender>;
let surprise: Surprise;
const receiver = aReceive({ now: NOON });

beforeAll(aDatabase, 60_000);
afterAll(disconnect);
beforeEach(async () => {
  server = await new GatedServer().listen();
  play({});
});
afterEach(async () => {
  server.open();
  await sender.close();
  await server.close();
});

/** A shop that gives a coupon by small-treat. */
function play(terms: Partial<Surprise>) {
  surprise = aSurprise({ expires: { days: 90 }, ...terms });
  const touch = aTouch({ name: 'small-treat', surprise: surprise.name });
  sender = aSender(server.url, aPlaybook([touch], { surprises: { [surprise.name]: surprise } }), {
    timeoutMs: 1_500,
  });
  sender.time.now = NOON;
}

async function aCustomer() {
  const person = somebody();
  const consent = [{ topic: 'news', basis: 'consent' as const }];
  const [receipt] = await receiver.receive([anEvent(person, { type: 'sign-up', at: NOON, consent })], 'api');
  return { person, customerId: receipt?.customerId ?? '' };
}

const send = (customerId: string, due = NOON) => {
  sender.time.now = due;
  return sender.sendTouch(aTaskFor(customerId, 'small-treat', due));
};

const keyOf = (customerId: string) => `${customerId}/small-treat/1`;
const grantOf = (customerId: string) => grants.byId(keyOf(customerId));
const spent = async () => (await BudgetModel.findOne({ surprise: surprise.name }).lean())?.grants ?? 0;

describe('sendTouch, with a surprise', () => {
  it('tells of a grant that is there, with its code, value and end, once', async () => {
    const { customerId } = await aCustomer();

    expect([await send(customerId), await send(customerId)]).toEqual([
      { kind: 'accepted' },
      { kind: 'accepted' },
    ]);

    const grant = await grantOf(customerId);
    expect(grant).toMatchObject({ status: 'confirmed', value: 750, expiresAt: NOON + 90 * DAY });
    expect(server.messages).toHaveLength(1);
    expect(server.messages[0]).toContain(grant?.code ?? 'none');
    expect(await spent()).toBe(1);
  });

  it('waits for the day that has room, and says that there is none when the period has none', async () => {
    play({ budget: ONE_A_DAY });
    const [one, other, third] = [await aCustomer(), await aCustomer(), await aCustomer()];

    expect(await send(one.customerId)).toEqual({ kind: 'accepted' });
    const until = Date.parse('2026-06-02T00:00+02:00');
    expect(await send(other.customerId)).toEqual({ kind: 'postponed', until, reason: 'budget' });
    expect(await send(other.customerId, until + 10 * HOUR)).toEqual({ kind: 'accepted' });

    await BudgetModel.updateOne({ surprise: surprise.name }, { $set: { spent: 30 } });
    expect(await send(third.customerId)).toEqual({ kind: 'skipped', reason: 'budget' });
    expect(server.messages).toHaveLength(2);
  });

  it.each([
    ['is put off by the mail server', () => server.refuseNext(450, '4.7.1 Greylisted'), 'delayed'],
    ['comes back', () => server.refuseNext(550, '5.7.1 Blocked'), 'rejected'],
  ])('gives everything back when the mail %s', async (_, refuse, kind) => {
    play({ budget: ONE_A_DAY });
    const { customerId } = await aCustomer();
    refuse();

    expect(await send(customerId)).toMatchObject({ kind });

    expect(await grantOf(customerId)).toMatchObject({ status: 'released' });
    expect(await spent()).toBe(0);
  });

  it('gives nothing while a complaint is open, also one that came while the server kept us waiting', async () => {
    const { customerId, person } = await aCustomer();
    server.shut();
    const sending = send(customerId);
    await server.someoneWaits();
    expect(await grantOf(customerId)).toMatchObject({ status: 'pending' });
    await receiver.receive(
      [anEvent(person, { type: 'complaint', at: NOON, data: { text: 'broken' } })],
      'api',
    );
    server.open();

    expect(await sending).toEqual({ kind: 'postponed', reason: 'hold' });
    expect(await send(customerId)).toEqual({ kind: 'postponed', reason: 'hold' });
    expect(await grantOf(customerId)).toMatchObject({ status: 'released' });
    expect(server.messages).toEqual([]);
  });

  it('does not send what was given back while the server kept us waiting', async () => {
    const { customerId } = await aCustomer();
    server.shut();
    const sending = send(customerId);
    await server.someoneWaits();
    await grants.release(keyOf(customerId), NOON);
    server.open();

    expect(await sending).toEqual({ kind: 'postponed', until: NOON, reason: 'budget' });
    expect(server.messages).toEqual([]);
    expect(await send(customerId)).toEqual({ kind: 'accepted' });
  });

  it('keeps a grant of unknown fate, until a person knows that nobody heard of it', async () => {
    const { customerId } = await aCustomer();
    server.silentAfterMessage = true;

    expect(await send(customerId)).toEqual({ kind: 'unknown' });
    const code = (await grantOf(customerId))?.code;
    expect(await grantOf(customerId)).toMatchObject({ status: 'confirmed' });
    await unsettledSends.settle(keyOf(customerId), { what: 'lost', by: 'test', because: 'asked', at: NOON });

    expect(await grantOf(customerId)).toMatchObject({ status: 'released', code });
    expect(await spent()).toBe(0);
  });

  it('shows in a rehearsal what it would give, and takes it out of no budget', async () => {
    const touch = aTouch({ name: 'small-treat', surprise: surprise.name });
    const surprises = { [surprise.name]: surprise };
    sender = aSender(server.url, aPlaybook([touch], { surprises, mode: { kind: 'rehearsal' } }));
    const { customerId } = await aCustomer();

    expect(await send(customerId)).toEqual({ kind: 'skipped', reason: 'rehearsal' });

    expect(await grantOf(customerId)).toBeUndefined();
    const kept = await SendModel.findById(keyOf(customerId)).lean();
    expect(kept?.wouldBe?.values.grant).toMatchObject({ code: 'REHEARSAL', value: 750 });
  });
});

describe('unfinishedGrants.finishNext', () => {
  const LEASE_END = new Date(NOON + HOUR);
  const serverTime = LEASE_END.getTime() + 1;

  const finishAll = async () => {
    while (await unfinishedGrants.finishNext({ serverTime, now: NOON }));
  };

  /** A grant whose worker died; its mail stands in the ledger so, or not at all. */
  async function leftBehind(
    state?: 'claimed' | 'transmitting' | 'accepted' | 'skipped' | 'released',
    over = true,
  ) {
    const { customerId } = await aCustomer();
    const leaseUntil = over ? LEASE_END : new Date(serverTime + HOUR);
    const id = keyOf(customerId);
    await grants.give(
      aGrantRequest({ customerId, surprise, id, mail: { owner: 'me', leaseUntil: LEASE_END } }),
    );
    const task = { customerId, touch: 'small-treat', occasion: '1', kind: 'marketing', due: NOON } as const;
    const untried = { postponements: 0, delays: { count: 0 }, resends: 0 };
    if (state) await SendModel.create({ _id: id, ...task, ...untried, state, leaseUntil });
    return id;
  }

  it.each([
    ['was accepted', 'accepted', 'confirmed'],
    ['died while it left', 'transmitting', 'confirmed'],
    ['died before it left', 'claimed', 'released'],
    ['was skipped', 'skipped', 'released'],
    ['is to be tried again', 'released', 'released'],
    ['was never claimed, or is erased', undefined, 'released'],
  ] as const)('settles a grant whose mail %s', async (_, state, status) => {
    const id = await leftBehind(state);

    await finishAll();

    expect(await grants.byId(id)).toMatchObject({ status });
    expect(await spent()).toBe(status === 'confirmed' ? 1 : 0);
  });

  it('leaves a grant alone whose attempt lives', async () => {
    const id = await leftBehind('claimed', false);

    await finishAll();

    expect(await grants.byId(id)).toMatchObject({ status: 'pending' });
    expect(await GrantModel.findById(id).lean()).toMatchObject({ leaseUntil: new Date(serverTime + HOUR) });
  });
});
