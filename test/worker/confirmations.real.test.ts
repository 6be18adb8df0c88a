import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { type Asked, JoinRequestModel, joinRequests } from '../../data/join-requests.ts';
import { sending } from '../../data/sending.ts';
import { suppressions } from '../../data/suppressions.ts';
import { templates } from '../../data/templates.ts';
import { createMailer, type Mailer } from '../../mail/mailer.ts';
import { createRenderer } from '../../mail/render.ts';
import { createConfirmationWayBack } from '../../mail/way-back.ts';
import { type ConfirmationsDeps, sendConfirmations } from '../../worker/confirmations.ts';
import { createTemplateShelf } from '../../worker/template-shelf.ts';
import { NOON } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { aJoinablePlaybook } from '../support/join.ts';
import { someReports } from '../support/returned.ts';
import { aDatabase } from '../support/shop.ts';
import { FaultyServer } from '../support/smtp.ts';

const MINUTE = 60_000;
const REHEARSAL = { kind: 'rehearsal' } as const;
const TIMEOUT = 11_000;

const server = new FaultyServer();
const { find: templateFor } = createTemplateShelf('templates', (compiled) => templates.save(compiled));
const workers: (() => Promise<void>)[] = [];
let mailer: Mailer;
let now = NOON;

beforeAll(async () => {
  await aDatabase();
  await server.listen();
  mailer = createMailer({ smtpUrl: server.url, timeoutMs: TIMEOUT });
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((stop) => stop()));
  await JoinRequestModel.deleteMany({});
});
afterAll(async () => {
  await mailer.close();
  await server.close();
  await disconnect();
});

/** A worker that sends confirmations, on a clock that the test sets, until it is stopped. */
function aWorker(deps: Partial<ConfirmationsDeps> = {}): void {
  const stop = new AbortController();
  const all = {
    ...{ joinRequests, suppressions, sending, mailer, templateFor, renderer: createRenderer() },
    ...{ publicUrl: 'http://127.0.0.1:3000', secret: 's', timeoutMs: TIMEOUT, now: () => now },
    ...{ playbook: async () => aJoinablePlaybook(), log: { warn: () => {} }, reports: someReports() },
    wayBackOf: createConfirmationWayBack({ secret: 's' }),
  };
  const running = sendConfirmations({ ...all, ...deps }, stop.signal);
  workers.push(async () => {
    stop.abort();
    await running;
  });
}

/** Somebody asks to join; the local part of the address says what goes wrong, and is its key. */
async function ask(local: string, wish: Partial<Asked> = {}): Promise<string> {
  const asked = { email: `${local}@example.com`, topics: ['news'], language: 'nl', where: 'x', ...wish };
  if (!(await joinRequests.ask(local, asked, now))) throw new Error('asked a moment ago');
  return `${local}.000001`;
}

async function stateOf(id: string): Promise<string | undefined> {
  return (await joinRequests.find(id))?.state;
}

async function attempted(id: string, failures: number): Promise<void> {
  await eventually(async () => (await JoinRequestModel.findById(id).lean())?.failures === failures);
}

function mailTo(local: string): string {
  return server.accepted.find(({ to }) => to === `${local}@example.com`)?.raw ?? '';
}

describe('sendConfirmations', () => {
  it('sends none while mail is stopped, and goes on when it is started', async () => {
    const hand = { by: 'test', at: new Date(NOON) };
    await sending.stop('all', hand);
    const id = await ask('patient');
    aWorker();
    const another = await ask('also-patient');
    expect([await stateOf(id), await stateOf(another)]).toEqual(['waiting', 'waiting']);

    await sending.start(0, hand);
    await eventually(async () => (await stateOf(id)) === 'sent' && (await stateOf(another)) === 'sent');
  });

  it('sends one mail a request, in its language, with a link and nothing that was filled in', async () => {
    const [an, ben] = [await ask('an', { name: 'Annabel' }), await ask('ben', { language: 'en' })];
    aWorker();
    aWorker();
    await eventually(async () => (await stateOf(an)) === 'sent' && (await stateOf(ben)) === 'sent');

    expect(server.acceptedFor('an')).toBe(1);
    expect(mailTo('an')).toContain('Nog even bevestigen');
    expect(mailTo('ben')).toContain('Please confirm');
    expect(mailTo('an').replaceAll('=\r\n', '')).toContain(
      'http://127.0.0.1:3000/join/confirm?c=3Dan.000001.',
    );
    expect(mailTo('an')).not.toContain('Annabel');
    expect(mailTo('an')).not.toContain('List-Unsubscribe');
  });

  it('tries again when the mail server puts it off, and waits longer each time', async () => {
    const id = await ask('greylisted');
    aWorker();
    await attempted(id, 1);
    now += MINUTE;
    await attempted(id, 2);
    now += MINUTE;

    const kept = await JoinRequestModel.findById(id).lean();
    expect(kept).toMatchObject({ state: 'waiting', nextAt: new Date(now + MINUTE) });
  });

  it('goes on trying when the mail server puts it off after it has read the mail', async () => {
    const id = await ask('full');
    aWorker();
    for (const failures of [1, 2, 3]) {
      await attempted(id, failures);
      now += MINUTE * 2 ** failures;
    }

    expect(await stateOf(id)).toBe('waiting');
  });

  it('sends it once more when nobody knows what became of it, as the very same mail', async () => {
    const mails: string[] = [];
    const silent: ConfirmationsDeps['mailer'] = {
      async deliver(_envelope, raw, admit) {
        if ((await admit()) !== undefined) return { kind: 'refused', because: 'settled' };
        mails.push(raw.toString());
        return { kind: 'unknown', reply: 'it fell silent' };
      },
    };
    const id = await ask('unknown');
    aWorker({ mailer: silent });
    await attempted(id, 1);
    now += MINUTE;
    await attempted(id, 2);
    now += 2 * MINUTE;
    await eventually(async () => (await stateOf(id)) === 'sent');

    expect(mails).toHaveLength(2);
    expect(mails[1]).toBe(mails[0]);
  });

  it('is taken over when its worker died', async () => {
    const id = await ask('orphan');
    const lost = await joinRequests.lease(now, TIMEOUT);
    expect(await joinRequests.lease(now + TIMEOUT - 1, TIMEOUT)).toBeUndefined();
    now += 2 * TIMEOUT;
    aWorker();
    await eventually(async () => (await stateOf(id)) === 'sent');

    expect(server.acceptedFor('orphan')).toBe(1);
    if (!lost) throw new Error('nothing was leased');
    expect(await joinRequests.begin(lost)).toBe(false);
  });

  it('writes to nobody who is gone, and remembers who turns out to be', async () => {
    await suppressions.add('bounced', 'hard-bounce', NOON);
    await suppressions.add('left', 'unsubscribe', NOON);
    const [bounced, left, nobody] = [await ask('bounced'), await ask('left'), await ask('nobody')];
    aWorker();
    await eventually(async () => (await JoinRequestModel.countDocuments({ state: 'waiting' })) === 0);

    expect(await Promise.all([bounced, left, nobody].map(stateOf))).toEqual(['refused', 'sent', 'refused']);
    expect(server.acceptedFor('bounced')).toBe(0);
    expect(await suppressions.reason('nobody')).toBe('hard-bounce');
  });

  it('writes to the team alone while the playbook is rehearsed', async () => {
    const live = aJoinablePlaybook();
    const rehearsed = { ...live, mode: REHEARSAL, shop: { ...live.shop, team: ['us@example.com'] } };
    const [us, them] = [await ask('us'), await ask('them')];
    aWorker({ playbook: async () => rehearsed });
    await eventually(async () => (await JoinRequestModel.countDocuments({ state: 'waiting' })) === 0);

    expect([await stateOf(us), await stateOf(them)]).toEqual(['sent', 'refused']);
    expect(server.acceptedFor('them')).toBe(0);
  });

  it('sends nothing any more to who has confirmed', async () => {
    const id = await ask('quick');
    await joinRequests.confirm(id);
    aWorker();
    await ask('later');
    await eventually(async () => (await stateOf('later.000001')) === 'sent');

    expect(server.acceptedFor('quick')).toBe(0);
  });
});
