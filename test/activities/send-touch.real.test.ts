import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { sends } from '../../data/sends.ts';
import { aPlaybook, aTouch, HOUR } from '../support/builders.ts';
import { GatedServer } from '../support/gated-server.ts';
import { aSender, aTaskFor } from '../support/sending.ts';
import { aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';

const NOON = Date.UTC(2026, 5, 1, 10);
const PLAYBOOK = aPlaybook(
  [
    aTouch({ name: 'good-to-know', on: 'entering' }),
    aTouch({ name: 'thank-you', kind: 'service', topic: 'service' }),
    aTouch({ name: 'birthday', on: 'birthday', suggest: 'cross-sell' }),
  ],
  { contact: { quiet: { from: '20:30', to: '08:30' }, caps: [{ max: 1, days: 2 }] } },
);

let server: GatedServer;
let sender: ReturnType<typeof aSender>;
let customerId: string;
let person: ReturnType<typeof somebody>;
const { receive, receiveOwn } = aReceive({ now: NOON });

beforeAll(aDatabase, 60_000);
afterAll(disconnect);
beforeEach(async () => {
  server = await new GatedServer().listen();
  sender = aSender(server.url, PLAYBOOK, { timeoutMs: 1_500 });
  person = somebody();
  const signUp = anEvent(person, {
    type: 'sign-up',
    at: NOON,
    consent: [{ topic: 'news', basis: 'consent' }],
  });
  customerId = (await receive([signUp], 'api'))[0]?.customerId ?? '';
});
afterEach(async () => {
  server.open();
  await sender.close();
  await server.close();
});

const send = (touch = 'good-to-know', due = NOON) => sender.sendTouch(aTaskFor(customerId, touch, due));

describe('sendTouch', () => {
  it('sends a mail once, however often it is attempted', async () => {
    const outcomes = [await send(), await send(), await send()];

    expect(outcomes).toEqual([{ kind: 'accepted' }, { kind: 'accepted' }, { kind: 'accepted' }]);
    expect(server.messages).toHaveLength(1);
  });

  it('hears a pause that was accepted while the mail server kept us waiting', async () => {
    server.shut();
    const sending = send();
    await server.someoneWaits();
    await receiveOwn(customerId, { type: 'pause', at: NOON, data: { because: 'on holiday' } });
    server.open();

    expect(await sending).toEqual({ kind: 'postponed', reason: 'paused' });
    expect(server.messages).toHaveLength(0);
  });

  it('hears a complaint that was accepted while the mail server kept us waiting', async () => {
    server.shut();
    const sending = send();
    await server.someoneWaits();
    await receive(
      [anEvent(person, { type: 'complaint', at: NOON, data: { text: 'It came broken' } })],
      'api',
    );
    server.open();
    expect(await sending).toEqual({ kind: 'postponed', reason: 'hold' });

    await receive([anEvent(person, { at: NOON, consent: [{ topic: 'news', withdrawn: true }] })], 'api');
    expect(await send()).toEqual({ kind: 'skipped', reason: 'no-consent' });
    expect(server.messages).toHaveLength(0);
  });

  it('lets service mail pass a complaint, but not the end of the journey', async () => {
    await receive(
      [anEvent(person, { type: 'complaint', at: NOON, data: { text: 'It came broken' } })],
      'api',
    );
    expect(await send('thank-you')).toEqual({ kind: 'accepted' });

    await receiveOwn(customerId, { type: 'end', at: NOON + 1, data: { because: 'asked' } });
    expect(await sender.sendTouch({ ...aTaskFor(customerId, 'thank-you', NOON), occasion: '2' })).toEqual({
      kind: 'skipped',
      reason: 'cancelled',
    });
  });

  it('comes back a quarter of an hour after a greylisting, with the same message', async () => {
    server.refuseNext(450, '4.7.1 Greylisted');
    expect(await send()).toEqual({ kind: 'delayed', until: NOON + HOUR / 4, code: 450, status: '4.7.1' });

    sender.time.now = NOON + HOUR / 4;
    expect(await send('good-to-know', NOON + HOUR / 4)).toEqual({ kind: 'accepted' });
    expect(server.messages).toHaveLength(1);
    expect((await sends.byKey(`${customerId}/good-to-know/1`))?.delays.count).toBe(1);
  });

  it('gives a mail up as a soft bounce after two days of being put off', async () => {
    for (const hours of [0, 0.25, 1.25, 5.25, 30, 47]) {
      server.refuseNext(450, '4.2.0 Later');
      sender.time.now = NOON + hours * HOUR;
      const outcome = await send('thank-you', sender.time.now);
      if (hours < 47) expect(outcome).toMatchObject({ kind: 'delayed' });
      else expect(outcome).toEqual({ kind: 'rejected', class: 'soft', code: 450, status: '4.2.0' });
    }
    expect(server.messages).toHaveLength(0);
  });

  it('shows marketing of unknown fate, and never repeats it', async () => {
    server.silentAfterMessage = true;
    expect(await send()).toEqual({ kind: 'unknown' });

    server.silentAfterMessage = false;
    expect(await send()).toEqual({ kind: 'unknown' });
    expect(server.messages).toHaveLength(1);
  });

  it('repeats service mail of unknown fate once, as the very same message', async () => {
    server.silentAfterMessage = true;
    expect(await send('thank-you')).toEqual({ kind: 'delayed', until: NOON + HOUR / 4 });
    sender.time.now = NOON + HOUR / 4;
    expect(await send('thank-you', NOON + HOUR / 4)).toEqual({ kind: 'unknown' });
    server.silentAfterMessage = false;
    expect(await send('thank-you')).toEqual({ kind: 'unknown' });

    const [first, second] = server.messages;
    expect(server.messages).toHaveLength(2);
    expect(second).toBe(first);
  });

  it('never writes to an address again that is gone for good', async () => {
    server.refuseNext(550, '5.1.1 No such user');
    expect(await send()).toEqual({ kind: 'rejected', class: 'hard', code: 550, status: '5.1.1' });
    expect(await send('thank-you')).toEqual({ kind: 'skipped', reason: 'suppressed' });

    await receive([anEvent({ ...person, email: `new-${person.email}` }, { at: NOON })], 'api');
    expect(await sender.sendTouch({ ...aTaskFor(customerId, 'thank-you', NOON), occasion: '2' })).toEqual({
      kind: 'accepted',
    });
  });

  it.each([
    [550, '5.7.1 Blocked by policy'],
    [552, '5.2.2 Mailbox full'],
  ])('goes on writing to whoever was refused with %d %s', async (code, reply) => {
    server.refuseNext(code, reply);
    expect(await send()).toMatchObject({ kind: 'rejected' });

    expect(await send('thank-you')).toEqual({ kind: 'accepted' });
  });

  it('postpones into open hours, and gives the place back', async () => {
    const night = Date.UTC(2026, 5, 1, 20);
    sender.time.now = night;

    expect(await send('good-to-know', night)).toEqual({
      kind: 'postponed',
      until: Date.UTC(2026, 5, 2, 6, 30),
      reason: 'quiet-hours',
    });
    expect((await sends.byKey(`${customerId}/good-to-know/1`))?.state).toBe('released');
  });

  it('gives the last place under a cap to one of many attempts at once', async () => {
    const task = aTaskFor(customerId, 'good-to-know', NOON);
    const attempts = ['1', '2', '3', '4', '5'].map((occasion) => sender.sendTouch({ ...task, occasion }));
    const outcomes = await Promise.all(attempts);

    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    expect(
      outcomes.filter((outcome) => outcome.kind === 'postponed' && outcome.reason === 'cap'),
    ).toHaveLength(4);
    expect(server.messages).toHaveLength(1);
  });

  it('skips what this version cannot do, and what the playbook has no more', async () => {
    expect(await send('birthday')).toEqual({ kind: 'skipped', reason: 'unsupported' });
    expect(await send('gone')).toEqual({ kind: 'skipped', reason: 'removed' });
  });
});
