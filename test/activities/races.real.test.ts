import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { stableShare } from '../../domain/hash.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { GatedServer } from '../support/gated-server.ts';
import { aSender, aTaskFor } from '../support/sending.ts';
import { aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';

const NOON = Date.UTC(2026, 5, 1, 10);
const MAX = 3;
const NAMES = ['good-to-know', 'welcome', 'about-you', 'goes-well', 'win-back'];
const NEWS = { topic: 'news', basis: 'consent' } as const;
const PLAYBOOK = aPlaybook(
  NAMES.map((name) => aTouch({ name })),
  { contact: { caps: [{ max: MAX, days: 1 }] } },
);

let server: GatedServer;
let sender: ReturnType<typeof aSender>;
const receiver = aReceive({ now: NOON });

beforeAll(aDatabase, 60_000);
afterAll(disconnect);
beforeEach(async () => {
  server = await new GatedServer().listen();
  sender = aSender(server.url, PLAYBOOK);
});
afterEach(async () => {
  server.open();
  await sender.close();
  await server.close();
});

type Somebody = { readonly customerId: string; readonly person: ReturnType<typeof somebody> };

async function aCustomer(): Promise<Somebody> {
  const person = somebody();
  const signUp = anEvent(person, { type: 'sign-up', at: NOON, consent: [NEWS] });
  const [receipt] = await receiver.receive([signUp], 'api');
  return { person, customerId: receipt?.customerId ?? '' };
}

/** What silences somebody; it holds from when this resolves. */
const SILENCES: Readonly<Record<string, (who: Somebody) => Promise<unknown>>> = {
  'a pause': ({ customerId }) =>
    receiver.receiveOwn(customerId, { type: 'pause', at: NOON, data: { because: 'asked' } }),
  'a withdrawal': ({ person }) =>
    receiver.receive([anEvent(person, { at: NOON, consent: [{ topic: 'news', withdrawn: true }] })], 'api'),
  'a complaint': ({ person }) =>
    receiver.receive([anEvent(person, { type: 'complaint', at: NOON, data: { text: 'broken' } })], 'api'),
  'an end': ({ customerId }) => receiver.receiveOwn(customerId, { type: 'end', at: NOON, data: {} }),
};

const sendTo = ({ customerId }: Somebody, touch: string) =>
  sender.sendTouch(aTaskFor(customerId, touch, NOON));

describe('different touches of one customer, attempted at once', () => {
  it.each(Object.entries(SILENCES))(
    'never leave after %s is received, however many wait',
    async (_what, silence) => {
      const who = await aCustomer();
      server.shut();
      const attempts = NAMES.map((name) => sendTo(who, name));
      await eventually(() => server.waiting > 0);
      await silence(who);
      server.open();

      const outcomes = await Promise.all(attempts);
      expect(outcomes.filter(({ kind }) => kind === 'accepted')).toEqual([]);
      expect(server.messagesTo(who.person.email)).toEqual([]);
      expect((await customers.byId(who.customerId))?.contact.places).toEqual([]);
    },
  );

  it.each(['1', '2', '3', '4', '5', '6'])(
    'never go over the cap, and hold a place each, whatever is received in between (seed %s)',
    async (seed) => {
      const who = await aCustomer();
      const wait = (what: string) => sleep(60 * stableShare(seed, what));
      const attempts = NAMES.map(async (name) => {
        await wait(name);
        return sendTo(who, name);
      });
      await wait('visit');
      await receiver.receive([anEvent(who.person, { type: 'visit', at: NOON })], 'api');
      await wait('silence');
      const silences = Object.values(SILENCES);
      await silences[Math.floor(stableShare(seed, 'which') * silences.length)]?.(who);
      const late = await sendTo(who, NAMES[0] ?? '').catch(() => undefined); // its first attempt may be alive

      const outcomes = await Promise.all(attempts);
      const accepted = outcomes.filter(({ kind }) => kind === 'accepted').length;
      expect(accepted).toBeLessThanOrEqual(MAX);
      expect(server.messagesTo(who.person.email)).toHaveLength(accepted);
      expect((await customers.byId(who.customerId))?.contact.places).toHaveLength(accepted);
      if (late?.kind === 'accepted') expect(outcomes[0]).toEqual(late);
    },
  );
});
