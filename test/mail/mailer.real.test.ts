import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createMailer, type Mailer } from '../../mail/mailer.ts';
import { aSilentPort, FaultyServer } from '../support/smtp.ts';

const RAW = 'Subject: Hi\r\n\r\n.one\r\n..two\r\n';

const server = new FaultyServer();
const mailers: Mailer[] = [];

function aMailer(options: { connections?: number; timeoutMs?: number; smtpUrl?: string } = {}): Mailer {
  const mailer = createMailer({ smtpUrl: server.url, timeoutMs: 50_000 / 11, ...options }); // as the worker reckons it
  mailers.push(mailer);
  return mailer;
}

/** Delivers, and takes notes of when it was asked. */
async function deliverTo(to: string, mailer = aMailer(), answer: () => Promise<string | undefined> = admit) {
  let asked = 0;
  const outcome = await mailer.deliver({ from: 'hello@shop.example', to: `${to}@example.com` }, RAW, () => {
    asked += 1;
    return answer();
  });
  return { outcome, asked };
}

async function admit(): Promise<string | undefined> {
  return undefined;
}

beforeAll(async () => {
  await server.listen();
});
afterEach(async () => {
  await Promise.all(mailers.splice(0).map((mailer) => mailer.close()));
});
afterAll(async () => {
  await server.close();
});

describe('deliver', () => {
  it('hands over a message as it is, once it is admitted', async () => {
    const { outcome, asked } = await deliverTo('an');

    expect(outcome).toMatchObject({ kind: 'accepted', reply: expect.stringMatching(/^250/) });
    expect(asked).toBe(1);
    expect(server.accepted.filter(({ to }) => to === 'an@example.com')).toEqual([
      { from: 'hello@shop.example', to: 'an@example.com', raw: RAW },
    ]);
  });

  it.each([
    ['greylisted', { kind: 'delayed', code: 450 }, 0],
    ['busy', { kind: 'delayed', code: 421 }, 0],
    ['nobody', { kind: 'rejected', code: 550 }, 0],
    ['refused', { kind: 'rejected', code: 550 }, 1],
    ['full', { kind: 'delayed', code: 452 }, 1],
    ['busy-at-end', { kind: 'delayed', code: 421 }, 1],
    ['reset-midway', { kind: 'unknown' }, 1],
    ['reset-after-dot', { kind: 'unknown' }, 1],
  ])('knows what became of a message to %s', async (to, expected, times) => {
    const { outcome, asked } = await deliverTo(to);

    expect(outcome).toMatchObject(expected);
    expect(asked).toBe(times);
    expect(server.acceptedFor(to)).toBe(0);
  });

  it('gives up a server that is silent after the message, its fate unknown', async () => {
    const { outcome } = await deliverTo('silent', aMailer({ timeoutMs: 400 }));

    expect(outcome.kind).toBe('unknown');
  });

  it('sends nothing that is refused at the last moment', async () => {
    const { outcome } = await deliverTo('late', aMailer(), async () => 'paused');
    await sleep(50);

    expect(outcome).toEqual({ kind: 'refused', because: 'paused' });
    expect(server.acceptedFor('late')).toBe(0);
  });

  it('sends nothing when the last check fails, and fails with its error', async () => {
    const away = new Error('MongoDB is away');

    const delivering = deliverTo('unchecked', aMailer(), async () => {
      throw away;
    });

    await expect(delivering).rejects.toBe(away);
    await sleep(50);
    expect(server.acceptedFor('unchecked')).toBe(0);
  });

  it('waits for a check under way when the connection is lost, and sends nothing after it', async () => {
    let checked = false;

    const { outcome } = await deliverTo('reset-at-354', aMailer(), async () => {
      await sleep(150);
      checked = true;
      return undefined;
    });

    expect(checked).toBe(true);
    expect(outcome.kind).toBe('delayed');
    expect(server.acceptedFor('reset-at-354')).toBe(0);
  });

  it.each(['smtp://127.0.0.1:1', 'smtp://nowhere.invalid:25'])(
    'is delayed while %s cannot be reached',
    async (smtpUrl) => {
      const { outcome, asked } = await deliverTo('an', aMailer({ smtpUrl }));

      expect(outcome.kind).toBe('delayed');
      expect(asked).toBe(0);
    },
  );

  it('is delayed by a server that never greets', async () => {
    const silent = await aSilentPort();

    const { outcome } = await deliverTo('an', aMailer({ smtpUrl: silent.url, timeoutMs: 300 }));
    silent.close();

    expect(outcome.kind).toBe('delayed');
  });
});

describe('the pool', () => {
  it('carries many messages over few connections', async () => {
    const before = server.connections;
    const mailer = aMailer({ connections: 3 });

    const all = Array.from({ length: 40 }, () => deliverTo('many', mailer));
    const kinds = (await Promise.all(all)).map(({ outcome }) => outcome.kind);

    expect(kinds).toEqual(Array(40).fill('accepted'));
    expect(server.acceptedFor('many')).toBe(40);
    expect(server.connections - before).toBe(3);
  });

  it('goes on after every fault, with outcomes that agree with the server’s count', async () => {
    const mailer = aMailer({ connections: 4, timeoutMs: 700 });
    const names = [
      'mixed',
      'nobody',
      'reset-after-dot',
      'mixed',
      'greylisted',
      'silent',
      'busy',
      'mixed',
      'refused',
    ];

    const all = Array.from({ length: 90 }, (_, at) => deliverTo(names[at % names.length] ?? 'mixed', mailer));
    const outcomes = (await Promise.all(all)).map(({ outcome }) => outcome.kind);

    const count = (kind: string) => outcomes.filter((found) => found === kind).length;
    expect(server.acceptedFor('mixed')).toBe(count('accepted'));
    expect(count('refused')).toBe(0);
  });

  it('opens another connection when the server ended the one that waited', async () => {
    const mailer = aMailer({ connections: 1 });
    await deliverTo('first', mailer);

    server.drop();
    const { outcome, asked } = await deliverTo('second', mailer);

    expect(outcome.kind).toBe('accepted');
    expect(asked).toBe(1);
    expect(server.acceptedFor('second')).toBe(1);
  });

  it('is delayed when no connection comes free while there is time to deliver', async () => {
    const mailer = aMailer({ connections: 1, timeoutMs: 800 });
    const before = performance.now();
    const first = deliverTo('silent', mailer); // 800 ms

    const waited = await deliverTo('waiting', mailer);

    expect(performance.now() - before).toBeLessThan(700);
    expect(waited.outcome.kind).toBe('delayed');
    await first;
    expect(waited.asked).toBe(0);
  });

  it('lets messages under way through before it closes', async () => {
    const mailer = aMailer();
    const delivering = deliverTo('last', mailer, async () => {
      await sleep(100);
      return undefined;
    });

    await mailer.close();

    expect((await delivering).outcome.kind).toBe('accepted');
  });
});
