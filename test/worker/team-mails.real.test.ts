import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { sending } from '../../data/sending.ts';
import { TeamMailModel, teamMails } from '../../data/team-mails.ts';
import { inTransaction } from '../../data/transaction.ts';
import type { Trip } from '../../domain/circuit-breaker.ts';
import { createMailer, type Mailer } from '../../mail/mailer.ts';
import { tellTeam } from '../../worker/team-mails.ts';
import { aPlaybook } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { aDatabase, HOUR } from '../support/shop.ts';
import { FaultyServer } from '../support/smtp.ts';

const TRIP: Trip = { cause: 'spam-complaints', mails: 1_000, spamComplaints: 3, hardBounces: 12 };
const playbook = aPlaybook([]);

let server: FaultyServer;
let mailer: Mailer;
beforeAll(async () => {
  await aDatabase();
  server = await new FaultyServer().listen();
  mailer = createMailer({ smtpUrl: server.url, timeoutMs: 2_000 });
}, 60_000);
beforeEach(() => TeamMailModel.deleteMany({}));
afterAll(async () => {
  await mailer?.close();
  await server?.close();
  await disconnect();
});

/** Has the team told until something is so; the hours of putting off pass at once. */
async function tellUntil(team: readonly string[], done: () => boolean | Promise<boolean>): Promise<void> {
  const news = { about: 'paused', trip: TRIP } as const;
  await inTransaction((session) => teamMails.add({ id: 'trip', news }, new Date(), session));
  const stop = new AbortController();
  let now = Date.now();
  const deps = {
    ...{
      teamMails,
      sending,
      mailer,
      publicUrl: 'https://rapport.example',
      timeoutMs: 1e9,
      log: { warn: () => {} },
    },
    playbook: async () => ({ shop: { ...playbook.shop, team, locale: 'nl' } }),
    linesOf: async () => [],
    now: () => {
      now += 6 * HOUR;
      return now;
    },
  };
  const telling = [tellTeam(deps, stop.signal), tellTeam(deps, stop.signal)];
  try {
    await eventually(done);
  } finally {
    stop.abort();
    await Promise.all(telling);
  }
}

const isDone = async () => (await TeamMailModel.findById('trip').lean())?.nextAt === undefined;

describe('tellTeam', () => {
  it('tells each of the team once, with the numbers and the way to start again', async () => {
    await tellUntil(['an@shop.example', 'bo@shop.example'], isDone);

    expect(server.accepted.map(({ to }) => to)).toEqual(['an@shop.example', 'bo@shop.example']);
    const [{ raw = '' } = {}] = server.accepted;
    const text = raw.replaceAll('=\r\n', '');
    expect(text).toContain('Subject: Marketing staat stil: te veel spamklachten');
    expect(text).toContain('Van de laatste 1000 marketingmails zijn er 3 door wie ze kreeg als spam');
    expect(text).toContain('https://rapport.example/sending');
    expect(text).toContain('Auto-Submitted: auto-generated');
  });

  it('goes on where a server puts it off, tells nobody twice, and gives up whom it cannot reach', async () => {
    await tellUntil(['greylisted@shop.example', 'cy@shop.example', 'nobody@shop.example'], isDone);

    expect(server.acceptedFor('cy')).toBe(1);
    expect(server.acceptedFor('greylisted') + server.acceptedFor('nobody')).toBe(0);
    expect((await TeamMailModel.findById('trip').lean())?.told).toEqual([
      'cy@shop.example',
      'nobody@shop.example',
    ]);
  });
});
