import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { circuitBreaker } from '../../data/circuit-breaker.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { events } from '../../data/events.ts';
import { createReturnPath, readReturnPath, tokenIn } from '../../domain/return-path.ts';
import { type Listener, listen } from '../../listener/listener.ts';
import { createTakeMail, type TakeMail } from '../../listener/take-mail.ts';
import { readFinalReports } from '../../mail/bounce-reports.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { CERTIFICATE, KEY } from '../support/certificate.ts';
import {
  aBounce,
  aSentMail,
  aSpamComplaint,
  HASH_KEY,
  RETURN_PATH,
  SECRET,
  someCustomer,
  someReports,
} from '../support/returned.ts';
import { aDatabase } from '../support/shop.ts';
import { say } from '../support/smtp-client.ts';

const log = { info: () => {}, warn: () => {} };
const takes = createTakeMail({
  ...{
    reports: someReports(),
    readReports: readFinalReports,
    hashKey: HASH_KEY,
    breaker: circuitBreaker,
    log,
  },
  takeReply: async () => 'unheard',
  named: (text) => tokenIn([SECRET], text),
  playbook: async () => aPlaybook([aTouch({ name: 'good-to-know', topic: 'tips' })]),
});

let take: TakeMail;
let listener: Listener;
beforeAll(aDatabase, 60_000);
afterAll(disconnect);
beforeEach(async () => {
  take = takes;
  const read = (address: string) => readReturnPath(RETURN_PATH, [SECRET], address);
  listener = await listen({ name: RETURN_PATH, read, take: (mail) => take(mail), log }, '127.0.0.1', 0);
});
afterEach(() => listener.stop());

/** Posts a mail as another mail server would; answers the code of its refusal, or 250. */
async function post(to: string | readonly string[], raw: string | Buffer, from = ''): Promise<number> {
  const line = createTransport({ host: '127.0.0.1', port: listener.port, ignoreTLS: true });
  try {
    await line.sendMail({ envelope: { from, to: [to].flat() }, raw });
    return 250;
  } catch (error) {
    return error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  } finally {
    line.close();
  }
}

const lastEvent = async (id: string) => (await events.latest(id, 1))[0];

describe('listen', () => {
  it('takes a bounce from nobody, and suppresses whom it concerns, once', async () => {
    const customer = await someCustomer();
    const { bounce } = await aSentMail(customer);

    expect(await post(bounce.toUpperCase(), aBounce({ recipient: customer.email }))).toBe(250);
    expect(await post(bounce, aBounce({ recipient: customer.email }))).toBe(250);

    expect((await customers.byId(customer.id))?.suppressed).toBe('hard-bounce');
    expect((await events.latest(customer.id, 10)).map(({ type }) => type)).toEqual(['bounce', 'visit']);
  });

  it('lets whoever a bounce names alone: it is about whoever it came back from', async () => {
    const [customer, other] = [await someCustomer(), await someCustomer()];
    const { bounce } = await aSentMail(customer);

    await post(bounce, aBounce({ recipient: other.email }));

    expect((await customers.byId(other.id))?.suppressed).toBeUndefined();
    expect((await customers.byId(customer.id))?.suppressed).toBe('hard-bounce');
  });

  it('refuses whatever it did not make: no relay, no guesses, no other domain', async () => {
    const { bounce } = await aSentMail({ id: '01JX0000000000000000000007' });
    const forged = createReturnPath(RETURN_PATH, 'a guess')('01JX0000000000000000000007', 'x').bounce;
    const wrong = [
      forged,
      `c${bounce.slice(1)}`,
      bounce.replace(RETURN_PATH, 'example.com'),
      'an@example.com',
    ];

    for (const to of [...wrong, `postmaster@${RETURN_PATH}`]) {
      expect([to, await post(to, aBounce())]).toEqual([to, 550]);
    }
  });

  it('keeps a spam complaint, and nothing of an answer, of a late mail, or of any other', async () => {
    const customer = await someCustomer();
    const { bounce } = await aSentMail(customer);
    const away = 'Auto-Submitted: auto-replied\r\nSubject: Out of office\r\n\r\nBack on Monday.';

    for (const raw of [
      away,
      aBounce({ action: 'delayed', status: '4.4.1' }),
      'Subject: Hi\r\n\r\nHi',
      '',
      '\0',
    ]) {
      expect(await post(bounce, raw, 'an@example.com')).toBe(250);
    }
    expect((await lastEvent(customer.id))?.type).toBe('visit');
    expect(await post(bounce, aSpamComplaint())).toBe(250);
    expect((await lastEvent(customer.id))?.type).toBe('spam-complaint');
    expect((await customers.byId(customer.id))?.known.marketingOff).toBeDefined();
  });

  it('lets who writes to the address of a mail leave its topic, as often as they do, and no program for them', async () => {
    const customer = await someCustomer();
    const { unsubscribe } = await aSentMail(customer);
    const letter = (n: number) => `Message-ID: <${n}@example.com>\r\nSubject: unsubscribe\r\n\r\n`;
    const away = `Auto-Submitted: auto-replied (vacation)\r\n${letter(0)}`;

    expect(await post(unsubscribe, away, customer.email)).toBe(250);
    expect(await post(unsubscribe, letter(0), '')).toBe(250);
    expect((await lastEvent(customer.id))?.type).toBe('visit');

    for (const n of [1, 1, 2]) expect(await post(unsubscribe, letter(n), customer.email)).toBe(250);
    const told = await events.latest(customer.id, 10);
    expect(told.map(({ type }) => type)).toEqual(['unsubscribe', 'unsubscribe', 'visit']);
    expect(told[0]?.data).toEqual({ topic: 'tips', how: 'mailto', touch: 'good-to-know', occasion: '1' });
    const { known } = (await customers.byId(customer.id)) ?? {};
    expect(known?.consents.tips?.granted).toBe(false);
    expect(known?.marketingOff).toBeUndefined();
  });

  it('reads the beginning of a long mail, and refuses only what no bounce can be', async () => {
    const customer = await someCustomer();
    const { bounce } = await aSentMail(customer);
    const long = aBounce({ recipient: customer.email }).replace(
      /--b--\r\n$/,
      `--b\r\n\r\n${'x'.repeat(3e6)}\r\n--b--`,
    );

    expect(await post(bounce, Buffer.alloc(27_000_000, 'x\r\n'))).toBe(552);
    expect(await post(bounce, long)).toBe(250);
    expect((await customers.byId(customer.id))?.suppressed).toBe('hard-bounce');
  });

  it('leaves a mail with its sender while it cannot be kept', async () => {
    const customer = await someCustomer();
    const { bounce } = await aSentMail(customer);
    take = async () => {
      throw new Error('MongoDB is away');
    };
    expect(await post(bounce, aBounce())).toBe(451);

    take = takes;
    expect(await post(bounce, aBounce())).toBe(250);
  });

  it('encrypts where it has a certificate, and only there', async () => {
    const customer = await someCustomer();
    const { bounce } = await aSentMail(customer);
    const read = (address: string) => readReturnPath(RETURN_PATH, [SECRET], address);
    const tls = { cert: CERTIFICATE, key: KEY };
    const encrypted = await listen({ name: RETURN_PATH, read, take: takes, log, tls }, '127.0.0.1', 0);
    const tryWith = (port: number) => {
      const way = { port, requireTLS: true, tls: { rejectUnauthorized: false } };
      const line = createTransport({ host: '127.0.0.1', ...way });
      return line.sendMail({ envelope: { from: '', to: [bounce] }, raw: aBounce() }).then(
        () => true,
        () => false,
      );
    };

    expect([await tryWith(encrypted.port), await tryWith(listener.port)]).toEqual([true, false]);
    await encrypted.stop();
  });

  it('offers no signing in, and hangs up on whoever guesses', async () => {
    const answers = await say(listener.port, [
      'EHLO x',
      'AUTH PLAIN AAAA',
      'MAIL FROM:<>',
      ...Array(12).fill('RCPT TO:<a@b.example>'),
    ]);

    expect(answers.find((line) => /^250.AUTH/.test(line))).toBeUndefined();
    expect(answers.some((line) => /^50\d/.test(line))).toBe(true);
    expect(answers.filter((line) => line.startsWith('550 5.1.1'))).toHaveLength(10);
    expect(answers.some((line) => line.startsWith('421 4.7.0'))).toBe(true);
  });
});
