import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { SendModel } from '../../data/send-document.ts';
import { SendingModel, sending } from '../../data/sending.ts';
import { sendKey } from '../../domain/send.ts';
import { createWayBack } from '../../mail/way-back.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { manySent, RETURN_PATH, SECRET } from '../support/returned.ts';
import { aSender, aTaskFor } from '../support/sending.ts';
import { aDatabase, anEvent, aReceive } from '../support/shop.ts';
import { FaultyServer } from '../support/smtp.ts';

const NOON = Date.UTC(2026, 5, 1, 10);
const PLAYBOOK = aPlaybook([
  aTouch({ name: 'good-to-know', on: 'entering' }),
  aTouch({ name: 'thank-you', kind: 'service', topic: 'service' }),
]);
const TEAM = {
  ...PLAYBOOK,
  mode: { kind: 'rehearsal' as const },
  shop: { ...PLAYBOOK.shop, team: ['team@shop.example'] },
};
const REFUSED = {
  state: 'rejected',
  outcome: { kind: 'rejected', class: 'hard' },
  claimedAt: new Date(NOON),
};
const wayBackOf = createWayBack({ secret: SECRET, returnPath: RETURN_PATH });

let server: FaultyServer;
beforeAll(async () => {
  await aDatabase();
  server = await new FaultyServer().listen();
}, 60_000);
afterAll(async () => {
  await server?.close();
  await disconnect();
});
beforeEach(async () => {
  await Promise.all([SendingModel.deleteMany({}), SendModel.deleteMany({})]);
  server.accepted.length = 0;
});

/** Sends a touch to somebody with this local part, which names what goes wrong. */
async function sendTo(name: string, touch = 'good-to-know', playbook = PLAYBOOK) {
  const consent = [{ topic: 'news', basis: 'consent' as const }];
  const event = anEvent({ id: name, email: `${name}@example.com` }, { type: 'sign-up', at: NOON, consent });
  const [receipt] = await aReceive({ now: NOON }).receive([event], 'api');
  const id = receipt?.customerId ?? '';
  const sender = aSender(server.url, playbook, { timeoutMs: 1_500, wayBackOf });
  try {
    return { id, outcome: await sender.sendTouch(aTaskFor(id, touch, NOON)) };
  } finally {
    await sender.close();
  }
}

describe('what a mail server refuses at once', () => {
  it('suppresses the address, and pauses marketing when it is one too many', async () => {
    await manySent(9, REFUSED);
    expect((await sending.current()).stopped).toBeUndefined();

    const { id, outcome } = await sendTo('nobody');

    expect(outcome).toMatchObject({ kind: 'rejected', class: 'hard' });
    expect((await customers.byId(id))?.suppressed).toBe('hard-bounce');
    expect(await sending.current()).toMatchObject({ stopped: 'marketing', by: 'circuit-breaker' });
  });

  it('blames nobody for a refusal of policy', async () => {
    const { id, outcome } = await sendTo('refused');

    expect(outcome).toMatchObject({ kind: 'rejected', class: 'policy' });
    expect((await customers.byId(id))?.suppressed).toBeUndefined();
  });
});

describe('the sender of the envelope', () => {
  it.each(['good-to-know', 'thank-you'])('is the return path of the mail, also of %s', async (touch) => {
    const { id } = await sendTo(`c-${touch}`, touch);
    const key = sendKey({ customerId: id, touch, occasion: '1' });

    expect(server.accepted.map(({ from }) => from)).toEqual([wayBackOf(id, key).bounces]);
    expect(server.accepted[0]?.raw).toContain('X-Rapport-Send: b+');
    expect((await SendModel.findById(key).lean())?.mail?.from).toMatch(/@shop\.example$/); // the From stays
  });

  it('is no such power in the hands of the team, to whom a rehearsal shows a copy', async () => {
    await sendTo('rehearsed', 'good-to-know', TEAM);

    const [{ from = '', to = '', raw = '' } = {}] = server.accepted;
    expect([to, from.startsWith('b+')]).toEqual(['team@shop.example', false]);
    expect(raw).not.toMatch(/X-Rapport-Send|mailto:u\+/);
  });
});
