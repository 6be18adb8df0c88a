import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { customers } from '../../data/customers.ts';
import { sends } from '../../data/sends.ts';
import { freePort } from '../../servers/ports.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { Rapport } from '../support/rapport.ts';
import { aBounce } from '../support/returned.ts';
import { somebody } from '../support/shop.ts';
import { FaultyServer } from '../support/smtp.ts';

const PATIENCE = { within: 60_000 };
const PLAYBOOK = aPlaybook([
  aTouch({ name: 'good-to-know', on: 'sign-up' }),
  aTouch({ name: 'goes-well', on: 'visit' }),
]);

let server: FaultyServer;
let rapport: Rapport;
let port: number;
beforeAll(async () => {
  server = await new FaultyServer().listen();
  port = await freePort();
  rapport = await Rapport.start({ smtpUrl: server.url, playbook: PLAYBOOK, listenPort: port });
  rapport.launch('listener/main.ts');
}, 60_000);
afterAll(async () => {
  await rapport?.stop();
  await server?.close();
});

/** Posts a mail to the listener as another mail server would. */
async function post(to: string, raw: string): Promise<boolean> {
  const line = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  try {
    await line.sendMail({ envelope: { from: '', to: [to] }, raw });
    return true;
  } catch {
    return false; // it is starting
  } finally {
    line.close();
  }
}

describe('a mail that comes back', () => {
  it('ends the mail to an address that is no more: the next is skipped', async () => {
    const customer = somebody();
    const about = (type: string, id: string) => ({
      ...{ id, source: 'shop', type, at: new Date(), customer, data: {} },
      consent: [{ topic: 'news', basis: 'consent' }],
    });
    const [receipt] = await rapport.post(about('sign-up', 's-1'));
    const id = receipt?.customerId ?? '';
    await eventually(() => server.accepted.length === 1, PATIENCE);
    const [{ from = '', raw = '' } = {}] = server.accepted;
    expect(from).toMatch(/^b\+[0-9a-z]{26}\.[a-z2-7]{16}\.[a-z2-7]{16}@bounces\.shop\.example$/);
    expect(raw.replaceAll(/\r\n[ \t]+/g, ' ')).toMatch(
      /^List-Unsubscribe: .*<mailto:u\+[^>]+@bounces\.shop\.example>/m,
    );

    await eventually(() => post(from, aBounce({ recipient: customer.email })), PATIENCE);
    expect((await customers.byId(id))?.suppressed).toBe('hard-bounce');
    const answer = await rapport.journeyOf(id);
    expect(answer.sends[0]).toMatchObject({
      touch: 'good-to-know',
      bounce: { class: 'hard', status: '5.1.1' },
    });

    await rapport.post(about('visit', 'v-1'));
    const skipped = async () =>
      (await sends.ofCustomer(id, 5)).find(({ touch }) => touch === 'goes-well')?.outcome;
    await eventually(async () => (await skipped()) !== undefined, PATIENCE);
    expect(await skipped()).toEqual({ kind: 'skipped', reason: 'suppressed' });
    expect(server.accepted).toHaveLength(1);
  }, 120_000);
});
