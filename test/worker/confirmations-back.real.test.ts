import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { circuitBreaker } from '../../data/circuit-breaker.ts';
import { ConfirmationBounceModel } from '../../data/confirmation-bounces.ts';
import { disconnect } from '../../data/connect.ts';
import { joinRequests } from '../../data/join-requests.ts';
import { sending } from '../../data/sending.ts';
import { suppressions } from '../../data/suppressions.ts';
import { readReturnPath, tokenIn } from '../../domain/return-path.ts';
import { type Listener, listen } from '../../listener/listener.ts';
import { createTakeMail } from '../../listener/take-mail.ts';
import { readFinalReports } from '../../mail/bounce-reports.ts';
import { createMailer, type Mailer } from '../../mail/mailer.ts';
import { createRenderer } from '../../mail/render.ts';
import { createConfirmationWayBack } from '../../mail/way-back.ts';
import { sendConfirmations } from '../../worker/confirmations.ts';
import { createTemplateShelf } from '../../worker/template-shelf.ts';
import { aPlaybook } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { aJoinablePlaybook } from '../support/join.ts';
import { aBounce, HASH_KEY, RETURN_PATH, SECRET, someReports } from '../support/returned.ts';
import { aDatabase } from '../support/shop.ts';
import { FaultyServer } from '../support/smtp.ts';

const TWO_DAYS = 48 * 3_600_000;
const TIMEOUT = 11_000;

const log = { info: () => {}, warn: () => {} };
const server = new FaultyServer();
let mailer: Mailer;
let listener: Listener;

beforeAll(async () => {
  await aDatabase();
  await server.listen();
  mailer = createMailer({ smtpUrl: server.url, timeoutMs: TIMEOUT });
  const take = createTakeMail({
    ...{ reports: someReports(), readReports: readFinalReports, hashKey: HASH_KEY, breaker: circuitBreaker },
    ...{ takeReply: async () => 'unheard', named: (text) => tokenIn([SECRET], text), log },
    playbook: async () => aPlaybook([]),
  });
  const read = (address: string) => readReturnPath(RETURN_PATH, [SECRET], address);
  listener = await listen({ name: RETURN_PATH, read, take, log }, '127.0.0.1', 0);
}, 60_000);
afterAll(async () => {
  await Promise.all([listener.stop(), mailer.close()]);
  await server.close();
  await disconnect();
});

/** Somebody asks to join, and a worker deals with it, some time later. */
async function asked(local: string, carrier: Pick<Mailer, 'deliver'> = mailer, later = 0): Promise<string> {
  const [now, stop] = [Date.now(), new AbortController()];
  await joinRequests.ask(
    local,
    { email: `${local}@example.com`, topics: ['news'], language: 'nl', where: 'x' },
    now,
  );
  const { find: templateFor } = createTemplateShelf('templates', async () => {});
  const deps = {
    ...{ joinRequests, suppressions, sending, mailer: carrier, templateFor, renderer: createRenderer(), log },
    ...{ publicUrl: 'http://127.0.0.1:3000', secret: SECRET, timeoutMs: TIMEOUT, now: () => now + later },
    ...{ playbook: async () => aJoinablePlaybook(), reports: someReports() },
    wayBackOf: createConfirmationWayBack({ secret: SECRET, returnPath: RETURN_PATH }),
  };
  const working = sendConfirmations(deps, stop.signal);
  await eventually(async () => (await joinRequests.find(`${local}.000001`))?.state !== 'waiting');
  stop.abort();
  await working;
  return (await joinRequests.find(`${local}.000001`))?.state ?? '';
}

/** Posts a mail as another mail server would; answers the code of its refusal, or 250. */
async function post(to: string, raw: string): Promise<number> {
  const line = createTransport({ host: '127.0.0.1', port: listener.port, ignoreTLS: true });
  return line.sendMail({ envelope: { from: '', to: [to] }, raw }).then(
    () => 250,
    ({ responseCode }: { responseCode?: number }) => responseCode ?? 0,
  );
}

describe('sendConfirmations, of mails that come back', () => {
  it('gives each a return path of its own, at which the listener hears of it', async () => {
    expect(await asked('mistyped')).toBe('sent');
    const { from = '', raw = '' } = server.accepted.find(({ to }) => to === 'mistyped@example.com') ?? {};
    expect(raw.replaceAll(/\r\n\s/g, ' ')).toContain(`X-Rapport-Send: ${from.split('@')[0]}`);

    expect(await post(from.replace(/.@/, '1@'), aBounce())).toBe(550);
    expect(await post(from, aBounce({ action: 'delayed', status: '4.4.1' }))).toBe(250);
    expect(await post(from, aBounce({ status: '5.7.1', words: 'rejected as spam' }))).toBe(250);
    expect(await suppressions.has('mistyped')).toBe(false);

    expect(await post(from.toUpperCase(), aBounce())).toBe(250);
    expect(await suppressions.reason('mistyped')).toBe('hard-bounce');
    expect((await joinRequests.find('mistyped.000001'))?.state).toBe('refused');
  });

  it('takes a refusal at the door as it would take a bounce', async () => {
    expect(await asked('nobody')).toBe('refused');
    expect(await asked('refused')).toBe('refused');

    const found = await ConfirmationBounceModel.find({ addressKey: 'nobody' }).lean();
    expect(found.map((bounce) => bounce.class)).toEqual(['hard']);
    expect(await suppressions.reason('nobody')).toBe('hard-bounce');
    expect(await suppressions.has('refused')).toBe(false);
  });

  it('counts a mailbox that stayed full as one soft bounce, and no server that answers nobody', async () => {
    const lasts = {
      full: { kind: 'delayed', code: 452, reply: '4.2.2 Mailbox full' },
      closing: { kind: 'delayed', code: 421, reply: '4.3.2 Closing' },
      lost: { kind: 'delayed', reply: 'no connection' },
    } as const;
    for (const [local, last] of Object.entries(lasts)) {
      expect(await asked(local, { deliver: async () => last }, TWO_DAYS)).toBe('refused');
    }

    const bounces = await ConfirmationBounceModel.find({ class: 'soft' }).lean();
    expect(bounces.map(({ addressKey }) => addressKey)).toEqual(['full']);
    expect(await suppressions.has('full')).toBe(false);
  });
});
