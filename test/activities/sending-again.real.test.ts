import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { sendAgain } from '../../api/settling.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { failedSends } from '../../data/failed-sends.ts';
import { sends } from '../../data/sends.ts';
import { unsettledSends } from '../../data/unsettled-sends.ts';
import { sendRef } from '../../domain/send-ref.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { GatedServer } from '../support/gated-server.ts';
import { aSender, aTaskFor } from '../support/sending.ts';
import { aClock, aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';

const NOON = Date.UTC(2026, 5, 1, 10);
const PLAYBOOK = aPlaybook([
  aTouch({ name: 'good-to-know', on: 'entering' }),
  aTouch({ name: 'thank-you', kind: 'service', topic: 'service' }),
]);
const SAID = { by: 'anna', because: 'she asked' };

const receiver = aReceive({ now: NOON });
const DEPS = {
  ...{ customers, sends, unsettledSends, failedSends, receiver, clock: aClock(NOON) },
  playbooks: { current: async () => PLAYBOOK },
};

let server: GatedServer;
let sender: ReturnType<typeof aSender>;
let customerId: string;
let person: ReturnType<typeof somebody>;

beforeAll(aDatabase, 60_000);
afterAll(disconnect);
beforeEach(async () => {
  server = await new GatedServer().listen();
  sender = aSender(server.url, PLAYBOOK, { timeoutMs: 1_000 });
  person = somebody();
  const news = { topic: 'news', basis: 'consent' } as const;
  customerId = await told({
    type: 'sign-up',
    consent: [news],
    customer: { name: { first: 'An', last: 'Vos' } },
  });
});
afterEach(async () => {
  await sender.close();
  await server.close();
});

type Told = Omit<Parameters<typeof anEvent>[1] & {}, 'customer'> & { readonly customer?: object };

async function told({ customer, ...event }: Told): Promise<string> {
  const [receipt] = await receiver.receive(
    [anEvent({ ...person, ...customer }, { at: NOON, ...event })],
    'api',
  );
  return receipt?.customerId ?? '';
}

const send = (touch: string) => sender.sendTouch(aTaskFor(customerId, touch, NOON));
const keyOf = (touch: string) => `${customerId}/${touch}/1`;
const again = (touch: string) => sendAgain(DEPS, `${customerId}.${sendRef(keyOf(touch))}`, SAID);

/** A mail that the server takes, and never says so. */
async function anUnknown(touch: string): Promise<void> {
  server.silentAfterMessage = true;
  await send(touch);
  server.silentAfterMessage = false;
}

describe('a mail that a person has sent again', () => {
  it('leaves once more, to the letter as it was, and never by itself', async () => {
    await anUnknown('good-to-know');
    expect(await send('good-to-know')).toEqual({ kind: 'unknown' });
    await again('good-to-know');
    await told({ type: 'profile', customer: { name: { first: 'Anna', last: 'Smit' } } });

    expect([await send('good-to-know'), await send('good-to-know')]).toEqual([
      { kind: 'accepted' },
      { kind: 'accepted' },
    ]);
    expect(server.messages).toHaveLength(2);
    expect(server.messages[1]).toBe(server.messages[0]);
  });

  it('goes to the address that the customer has by now', async () => {
    await anUnknown('good-to-know');
    await again('good-to-know');
    await receiver.receiveOwn(customerId, {
      type: 'profile',
      at: NOON,
      customer: { email: 'new@example.com' },
    });
    const consent = [{ topic: 'news', basis: 'consent' }] as const;
    await receiver.receiveOwn(customerId, { type: 'consent', at: NOON, consent });
    await send('good-to-know');

    const [first, second] = await Promise.all(server.messages.map((message) => PostalMime.parse(message)));
    expect(second?.to).toEqual([{ address: 'new@example.com', name: 'An Vos' }]);
    expect(second?.messageId).toBe(first?.messageId);
  });

  it('is kept back by what the customer said meanwhile', async () => {
    await anUnknown('good-to-know');
    await again('good-to-know');
    await told({ type: 'profile', consent: [{ topic: 'news', withdrawn: true }] });

    expect(await send('good-to-know')).toEqual({ kind: 'skipped', reason: 'no-consent' });
    expect(server.messages).toHaveLength(1);
  });

  it('keeps its name, as service mail does that is repeated by itself', async () => {
    await anUnknown('thank-you');
    await told({ type: 'profile', customer: { name: { first: 'Anna', last: 'Smit' } } });
    expect(await send('thank-you')).toEqual({ kind: 'accepted' });

    expect(server.messages).toHaveLength(2);
    expect(server.messages[1]).toBe(server.messages[0]);
    expect((await sends.byKey(keyOf('thank-you')))?.mail?.toName).toBe('An Vos');
  });
});
