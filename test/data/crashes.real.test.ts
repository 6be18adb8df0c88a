import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { type Claimed, SendUnderWay, sends } from '../../data/sends.ts';
import { sendKey } from '../../domain/send.ts';
import { type AskedSend, aMail, aTask, LEASE } from '../support/asked-sends.ts';
import { takesPlace } from '../support/attempts.ts';
import { aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';

jest.setTimeout(60_000);

beforeAll(aDatabase);
afterAll(disconnect);

/** Where a worker can die. */
const POINTS = ['claimed', 'placed', 'transmitting', 'handed over', 'never'] as const;
type Point = (typeof POINTS)[number];

/** A send with the count of what the mail server got. */
type Watched = { readonly task: AskedSend; arrived: number };

describe('a worker that dies', () => {
  const { receive } = aReceive();

  const aWatched = async (kind: AskedSend['kind']): Promise<Watched> => {
    const [receipt] = await receive([anEvent(somebody())], 'api');
    return { task: aTask({ customerId: receipt?.customerId ?? '', kind }), arrived: 0 };
  };

  /** One attempt; it ends at the point, as its worker does. */
  const attempt = async (send: Watched, now: number, dies: Point): Promise<void> => {
    const claim = await sends.claim(send.task, now, LEASE);
    if (claim.kind === 'settled' || dies === 'claimed') return;
    if (!(await takesPlace(send.task)) || dies === 'placed') return;
    await transmit(send, claim, now, dies);
  };

  const endOf = async ({ task }: Watched) => (await sends.byKey(sendKey(task)))?.state;
  const placesOf = async ({ task }: Watched) =>
    (await customers.byId(task.customerId))?.contact.places.length;

  it.each([
    ['claimed', 'marketing', 'accepted', 1],
    ['placed', 'marketing', 'accepted', 1],
    ['transmitting', 'marketing', 'unknown', 0],
    ['handed over', 'marketing', 'unknown', 1],
    ['claimed', 'service', 'accepted', 1],
    ['placed', 'service', 'accepted', 1],
    ['transmitting', 'service', 'accepted', 1],
    ['handed over', 'service', 'accepted', 2],
  ] as const)('when it is %s leaves %s mail %s', async (dies, kind, state, arrived) => {
    const send = await aWatched(kind);

    await attempt(send, 0, dies);
    await expect(attempt(send, 1, 'never')).rejects.toBeInstanceOf(SendUnderWay);
    await attempt(send, LEASE, 'never');
    await attempt(send, 2 * LEASE, 'never');

    expect([await endOf(send), send.arrived]).toEqual([state, arrived]);
    expect(await placesOf(send)).toBe(1);
  });

  it('twice while service mail is handed over leaves it unknown, and shown', async () => {
    const send = await aWatched('service');

    for (const round of [0, 1, 2]) await attempt(send, round * LEASE, 'handed over');

    expect([await endOf(send), send.arrived]).toEqual(['unknown', 2]);
  });

  /** No mail arrived too often, and the ledger tells of what arrived, or that it cannot know. */
  const expectHonest = async (send: Watched) => {
    expect(send.arrived).toBeLessThanOrEqual(send.task.kind === 'service' ? 2 : 1);
    expect(await endOf(send)).toMatch(send.arrived === 0 ? /^unknown$/ : /^(accepted|unknown)$/);
  };

  /** Three workers at each send at once, which die anywhere. */
  const muddle = async (watched: readonly Watched[], round: number) => {
    const attempts = watched.flatMap((send, i) =>
      [0, 1, 2].map((worker) => attempt(send, (round * LEASE) / 2, pointFor(i, round, worker))),
    );
    for (const result of await Promise.allSettled(attempts)) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(SendUnderWay);
    }
  };

  it.each(['marketing', 'service'] as const)(
    'anywhere never makes %s mail arrive too often',
    async (kind) => {
      const watched = await Promise.all(Array.from({ length: 8 }, () => aWatched(kind)));

      for (const round of [0, 1, 2, 3, 4, 5]) await muddle(watched, round);
      for (const later of [9, 11, 13]) {
        await Promise.all(watched.map((send) => attempt(send, later * LEASE, 'never')));
      }

      for (const send of watched) await expectHonest(send);
    },
  );
});

async function transmit(send: Watched, claim: Claimed, now: number, dies: Point): Promise<void> {
  if (!(await sends.transmitting(claim, aMail()))) return;
  send.arrived += dies === 'transmitting' ? 0 : 1;
  if (dies === 'never') await sends.settle(claim, { kind: 'accepted' }, {}, now);
}

/** Any point, and always the same. */
function pointFor(send: number, round: number, worker: number): Point {
  return POINTS[(send * 7 + round * 3 + worker * 5) % POINTS.length] ?? 'never';
}
