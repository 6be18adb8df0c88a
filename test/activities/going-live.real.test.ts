import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { sending } from '../../data/sending.ts';
import { SendingDomainModel } from '../../data/sending-domains.ts';
import { sends } from '../../data/sends.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { aPlaybook, aTouch, DAY } from '../support/builders.ts';
import { GatedServer } from '../support/gated-server.ts';
import { aSender, aTaskFor } from '../support/sending.ts';
import { aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';

const NOON = Date.UTC(2026, 5, 1, 10);
const HAND = { by: 'test', at: new Date(NOON) };
const TOUCHES = [
  aTouch({ name: 'good-to-know', on: 'entering' }),
  aTouch({ name: 'thank-you', kind: 'service', topic: 'service' }),
];
const REHEARSAL = aPlaybook(TOUCHES, {
  mode: { kind: 'rehearsal' },
  contact: { caps: [{ max: 1, days: 2 }] },
});
const team = ['team@shop.example', 'anna@shop.example'];
const WARM_UP = aPlaybook(TOUCHES, { contact: { perDay: { start: 3, doubleDays: 2 } } });

let server: GatedServer;
let sender: ReturnType<typeof aSender>;
const { receive } = aReceive({ now: NOON });

beforeAll(aDatabase, 60_000);
afterAll(disconnect);
beforeEach(async () => {
  server = await new GatedServer().listen();
});
afterEach(async () => {
  server.open();
  await sender.close();
  await server.close();
});

const play = (playbook: Playbook) => {
  sender = aSender(server.url, playbook, { timeoutMs: 5_000 });
};

async function aCustomer(): Promise<string> {
  const consent = [{ topic: 'news', basis: 'consent' as const }];
  const [receipt] = await receive([anEvent(somebody(), { type: 'sign-up', at: NOON, consent })], 'api');
  return receipt?.customerId ?? '';
}

const send = (customerId: string, touch = 'good-to-know', due = NOON) =>
  sender.sendTouch(aTaskFor(customerId, touch, due));

describe('sendTouch, in a rehearsal', () => {
  it('writes to the team alone, service mail too, and keeps what the customer would have got', async () => {
    play({ ...REHEARSAL, shop: { ...REHEARSAL.shop, team } });
    const customerId = await aCustomer();

    expect(await send(customerId)).toEqual({ kind: 'skipped', reason: 'rehearsal' });
    expect(await send(customerId, 'thank-you')).toEqual({ kind: 'skipped', reason: 'rehearsal' });
    expect(await send(customerId)).toEqual({ kind: 'skipped', reason: 'rehearsal' });

    const kept = await sends.byKey(`${customerId}/good-to-know/1`);
    expect(
      server.messages.flatMap((message) => /^To: (.*)$/m.exec(message)?.[1]?.trim() ?? []).sort(),
    ).toEqual([...team, ...team].sort());
    expect(server.messages.every((message) => /^Subject: .*Rehearsal/m.test(message))).toBe(true);
    expect(server.messages.some((message) => message.includes('List-Unsubscribe'))).toBe(false);
    expect(kept?.wouldBe?.to).toMatch(/@example\.com$/);
    expect((await customers.byId(customerId))?.contact.places).toHaveLength(2);
  });

  it('sends nothing of it again when the playbook goes live', async () => {
    play(REHEARSAL);
    const customerId = await aCustomer();
    await send(customerId);
    await sender.close();
    play({ ...REHEARSAL, mode: { kind: 'live' } });

    expect(await send(customerId)).toEqual({ kind: 'skipped', reason: 'rehearsal' });
    expect(server.messages).toHaveLength(0);
  });

  it('leaves the team alone where only a share is written to', async () => {
    play({ ...REHEARSAL, mode: { kind: 'pilot', share: 0 }, shop: { ...REHEARSAL.shop, team } });

    expect(await send(await aCustomer())).toEqual({ kind: 'skipped', reason: 'rehearsal' });
    expect(server.messages).toHaveLength(0);
  });
});

describe('sendTouch, while mail is stopped', () => {
  afterEach(() => sending.start(0, HAND));

  it('sends nothing, not even what waited at the mail server’s door, and gives all back', async () => {
    play(aPlaybook(TOUCHES));
    const [early, late] = [await aCustomer(), await aCustomer()];
    server.shut();
    const underWay = send(early, 'thank-you');
    await server.someoneWaits();
    await sending.stop('all', HAND);
    server.open();

    expect(await underWay).toEqual({ kind: 'postponed', reason: 'stopped' });
    expect(await send(late)).toEqual({ kind: 'postponed', reason: 'stopped' });
    expect(server.messages).toHaveLength(0);
    expect((await customers.byId(early))?.contact.places).toHaveLength(0);

    await sending.start(0, HAND);
    expect(await send(early, 'thank-you')).toEqual({ kind: 'accepted' });
  });

  it('lets service mail leave where marketing alone is stopped', async () => {
    play(aPlaybook(TOUCHES));
    const customerId = await aCustomer();
    await sending.stop('marketing', HAND);

    expect(await send(customerId)).toEqual({ kind: 'postponed', reason: 'stopped' });
    expect(await send(customerId, 'thank-you')).toEqual({ kind: 'accepted' });
  });

  it('settles what must not be sent at all', async () => {
    play(aPlaybook([]));
    await sending.stop('all', HAND);

    expect(await send(await aCustomer())).toEqual({ kind: 'skipped', reason: 'removed' });
  });
});

describe('sendTouch, in a warm-up', () => {
  it('lets as many leave as the day allows, of all customers at once, and the others come tomorrow', async () => {
    play(WARM_UP);
    const people = await Promise.all(Array.from({ length: 8 }, aCustomer));
    server.refuseNext(550, '5.1.1 No such user'); // gives its turn back
    const first = await send(people[0] ?? '');
    const outcomes = await Promise.all(people.slice(1).map((id) => send(id)));
    const later = outcomes.flatMap((outcome) => (outcome.kind === 'postponed' ? [outcome] : []));

    expect(first.kind).toBe('rejected');
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(3);
    expect(later.every(({ reason }) => reason === 'warm-up')).toBe(true);
    for (const { until = 0 } of later) expect(Math.floor((until - NOON) / DAY + 10 / 24)).toBe(1);
    expect(await send(people[1] ?? '', 'thank-you')).toEqual({ kind: 'accepted' });
    expect(await SendingDomainModel.findById('shop.example').lean()).toMatchObject({ since: 20_605 });
  });

  it('does not even call the mail server for whom the day has no room', async () => {
    play(aPlaybook(TOUCHES, { contact: { perDay: { start: 1, doubleDays: 2 } } }));
    await send(await aCustomer());
    server.shut();

    expect(await send(await aCustomer())).toMatchObject({ kind: 'postponed', reason: 'warm-up' });
  });
});
