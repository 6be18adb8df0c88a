import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendAgain, settleByHand } from '../../api/settling.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { decisions } from '../../data/decisions.ts';
import { EventModel } from '../../data/event-document.ts';
import { failedSends } from '../../data/failed-sends.ts';
import { sends } from '../../data/sends.ts';
import { unsettledSends } from '../../data/unsettled-sends.ts';
import type { Change } from '../../domain/journey.ts';
import { sendKey } from '../../domain/send.ts';
import { sendRef } from '../../domain/send-ref.ts';
import { type AskedSend, aTask, LEASE } from '../support/asked-sends.ts';
import { aClaim, aTransmission, takesPlace } from '../support/attempts.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { aClock, aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';

const SAID = { by: 'anna', because: 'she told us' };
const { receive, receiveOwn, start } = aReceive();
const playbook = aPlaybook([aTouch({ name: 'good-to-know' }), aTouch({ name: 'tips' })]);
const DEPS = {
  ...{ customers, sends, unsettledSends, failedSends, clock: aClock(7) },
  ...{ playbooks: { current: async () => playbook }, receiver: { receive, receiveOwn, start } },
};

beforeAll(aDatabase, 60_000);
afterAll(disconnect);

/** A mail that took its place, and died while transmitting. */
async function anUnknown(task: Partial<AskedSend> = {}) {
  const [receipt] = await receive([anEvent(somebody())], 'api');
  const asked = aTask({ customerId: receipt?.customerId ?? '', ...task });
  await takesPlace(asked);
  await aTransmission(asked);
  const key = sendKey(asked);
  return { asked, key, id: `${asked.customerId}.${sendRef(key)}` };
}

const placesOf = async (id: string) => (await customers.byId(id))?.contact.places.length;
const askedFor = (customerId: string) => EventModel.countDocuments({ customerId, type: 'send-again' });
const fulfilled = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.filter(({ status }) => status === 'fulfilled').length;

describe('unsettledSends', () => {
  it('lists what died while transmitting, by pages, of a touch, a kind, a time; never what still lives', async () => {
    const found = [];
    for (const due of [5, 6, 7]) found.push((await anUnknown({ touch: 'tips', kind: 'service', due })).key);
    await aTransmission(aTask({ touch: 'tips', kind: 'service' }), Date.now() + 60_000);
    const wanted = { touch: 'tips', kind: 'service' } as const;
    const list = async (more: object, limit = 9) =>
      (await unsettledSends.list({ ...wanted, ...more }, limit)).map(({ _id }) => _id);

    expect(await list({})).toEqual(found.toReversed());
    expect(await list({ since: 6 })).toEqual([found[2], found[1]]);
    const [first = ''] = await list({}, 1);
    expect(await list({ after: { at: 7, key: first } })).toEqual([found[1], found[0]]);
    expect(await list({ kind: 'marketing' })).toEqual([]);
    expect(await unsettledSends.count(2)).toBe(2);
  });
});

describe('settleByHand', () => {
  it.each([
    ['arrived', 'accepted', { kind: 'accepted' }, 1],
    ['lost', 'lost', { kind: 'failed', type: 'lost' }, 0],
  ] as const)(
    'keeps that a mail %s, who says so, and its place or not',
    async (what, state, outcome, places) => {
      const { id, key, asked } = await anUnknown();

      await settleByHand(DEPS, id, what, SAID);

      expect(await sends.byKey(key)).toMatchObject({ state, outcome, byHand: [{ what, at: 7, ...SAID }] });
      expect(await placesOf(asked.customerId)).toBe(places);
      expect(await sends.claim(asked, 9 * LEASE, LEASE)).toEqual({ kind: 'settled', outcome });
      await expect(settleByHand(DEPS, id, what, SAID)).rejects.toMatchObject({ statusCode: 409 });
    },
  );

  it('believes one of many who say different things at once', async () => {
    const { id, key } = await anUnknown();
    const said = ['arrived', 'lost', 'arrived', 'lost'] as const;

    const results = await Promise.allSettled(said.map((what) => settleByHand(DEPS, id, what, SAID)));

    expect(fulfilled(results)).toBe(1);
    expect((await sends.byKey(key))?.byHand).toHaveLength(1);
  });

  it('knows nothing of what was never sent, and nothing to settle of what is known', async () => {
    const { asked } = await anUnknown();
    await expect(
      settleByHand(DEPS, `${asked.customerId}.aaaaaaaaaaaaaaaa`, 'lost', SAID),
    ).rejects.toMatchObject({ statusCode: 404 });
    await expect(settleByHand(DEPS, 'nobody.a', 'lost', SAID)).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('sendAgain', () => {
  it('lets a mail be claimed once more, as it was, however many ask at once', async () => {
    const { id, key, asked } = await anUnknown();

    const results = await Promise.allSettled(Array.from({ length: 6 }, () => sendAgain(DEPS, id, SAID)));

    expect(fulfilled(results)).toBeGreaterThan(0);
    expect(await askedFor(asked.customerId)).toBe(1);
    const claim = await aClaim(asked, LEASE);
    expect(claim).toMatchObject({ byHand: true, resend: { to: 'an@example.com' } });
    expect(await sends.byKey(key)).toMatchObject({ resends: 1, byHand: [{ what: 'send-again', ...SAID }] });
    await expect(sendAgain(DEPS, id, SAID)).rejects.toMatchObject({ statusCode: 409 });
  });

  it('tells the journey which mail it is, what it answered, and who wants it', async () => {
    const { id, asked } = await anUnknown();
    await sendAgain(DEPS, id, SAID);

    const [event] = await EventModel.find({ customerId: asked.customerId, type: 'send-again' }).lean();
    const { touch, occasion, because: cause } = asked;
    expect(event?.data).toEqual({ touch, occasion, cause, ...SAID });
  });

  it('may be asked for once more when its fate is unknown again', async () => {
    const { id, asked } = await anUnknown();
    await sendAgain(DEPS, id, SAID);
    await aTransmission(asked, LEASE);

    await sendAgain(DEPS, id, SAID);

    expect(await askedFor(asked.customerId)).toBe(2);
    expect(await aClaim(asked, 3 * LEASE)).toMatchObject({ byHand: true });
  });

  it('loses against a word that it arrived, and wins after one that it was lost', async () => {
    const [arrived, lost] = [await anUnknown(), await anUnknown()];
    await settleByHand(DEPS, arrived.id, 'arrived', SAID);
    await settleByHand(DEPS, lost.id, 'lost', SAID);

    await expect(sendAgain(DEPS, arrived.id, SAID)).rejects.toMatchObject({ statusCode: 409 });
    expect(await askedFor(arrived.asked.customerId)).toBe(0);
    expect(await sendAgain(DEPS, lost.id, SAID)).toMatchObject({ duplicate: false });
  });

  it('refuses what the playbook knows no more', async () => {
    const { id } = await anUnknown({ touch: 'gone' });

    await expect(sendAgain(DEPS, id, SAID)).rejects.toMatchObject({ statusCode: 409 });
  });
});

describe('failedSends', () => {
  it('lists what a journey gave up, until the ledger knows better or a person has it sent again', async () => {
    const [receipt] = await receive([anEvent(somebody())], 'api');
    const customerId = receipt?.customerId ?? '';
    const because = { type: 'purchase', id: 'shop/o-1', at: 0 };
    const about = { touch: 'tips', occasion: 'o-1' };
    const kept = { customerId, phase: 'relationship', playbook: 1, heard: [] } as const;
    const planned: Change = { kind: 'planned', ...about, due: 1, because };
    const failed: Change = { kind: 'settled', ...about, outcome: { kind: 'failed', type: 'lost' } };
    await decisions.save({ seq: 1, at: 1, changes: [planned], ...kept });
    await decisions.save({ seq: 2, at: 2, changes: [failed], ...kept });
    const id = `${customerId}.${sendRef(sendKey({ customerId, ...about }))}`;

    expect((await failedSends.list({}, 9)).rows).toMatchObject([{ ...about, type: 'lost', at: 2 }]);
    await expect(settleByHand(DEPS, id, 'lost', SAID)).rejects.toMatchObject({ statusCode: 409 });
    const asked = await Promise.all([sendAgain(DEPS, id, SAID), sendAgain(DEPS, id, SAID)]);
    expect(asked.map(({ duplicate }) => duplicate).toSorted()).toEqual([false, true]);
    const [event] = await EventModel.find({ customerId, type: 'send-again' }).lean();
    expect(event?.data).toMatchObject({ cause: because });

    const claim = await aClaim(aTask({ customerId, ...about }));
    await sends.settle(claim, { kind: 'accepted' }, {}, 9);
    expect((await failedSends.list({}, 9)).rows).toEqual([]);
  });

  it('leads from page to page past what was given up in the same moment', async () => {
    const kept = { at: 1_000, phase: 'relationship', playbook: 1, heard: [] } as const;
    const failed: Change = {
      ...{ kind: 'settled', touch: 'tips', occasion: 'o-1' },
      outcome: { kind: 'failed', type: 'lost' },
    };
    for (const customerId of ['page-a', 'page-b', 'page-c']) {
      await decisions.save({ customerId, seq: 1, changes: [failed], ...kept });
    }

    const first = await failedSends.list({ since: 1_000 }, 2);
    const second = await failedSends.list({ since: 1_000, after: first.next }, 2);
    const listed = [...first.rows, ...second.rows].map(({ customerId }) => customerId);
    expect(listed.toSorted()).toEqual(['page-a', 'page-b', 'page-c']);
  });

  it('know what the failed mail answered, not another of the same touch', async () => {
    const planned = (order: string): Change => ({
      ...{ kind: 'planned', touch: 'tips', occasion: order, due: 1 },
      because: { type: 'purchase', id: `shop/${order}`, at: 0 },
    });
    await decisions.save({
      ...{ customerId: 'cause-a', seq: 1, at: 1, phase: 'relationship', playbook: 1, heard: [] },
      changes: [planned('o-1'), planned('o-2')],
    });

    expect(await failedSends.causeOf('cause-a', 'tips', 'o-2')).toMatchObject({ id: 'shop/o-2' });
  });
});
