import { describe, expect, it } from '@jest/globals';
import { drive, StoodStill } from '../../demo/driver.ts';
import type { Standing } from '../../demo/lag.ts';
import type { Posted } from '../../demo/script.ts';

const SPEED = 86_400; // a day a second
const START = Date.UTC(1996, 11, 12);
const DAY_MS = 86_400_000;

function aScript(days: readonly number[]): Posted[] {
  return days.map((day) => ({
    id: `p-${day}`,
    source: 'shop',
    type: 'purchase',
    at: new Date(START + day * DAY_MS).toISOString(),
    customer: { id: `c-${day}` },
  }));
}

/** A shop of one customer, on a clock that only sleeping moves, with an engine that hears after a while. */
function aShop(hearsAfterMs: (wall: number) => number, dues: readonly number[] = []) {
  let wall = 0;
  const posts: { readonly id: string; readonly at: number }[] = [];
  const standing = (): Standing => {
    const heard = posts.filter(({ at }) => at + hearsAfterMs(at) <= wall).length;
    const open = dues.filter((due) => START + wall * SPEED < due + DAY_MS);
    return { customerId: 'A', n: posts.length, heard, dues: open };
  };
  const deps = {
    lapse: { speed: SPEED, wallStart: 0, logicalStart: START },
    post: async (events: readonly Posted[]) => {
      posts.push(...events.map(({ id }) => ({ id, at: wall })));
      return events.map(() => 'A');
    },
    standings: async () => [standing()],
    tell: () => undefined,
    wall: () => wall,
    sleep: async (ms: number) => {
      wall += ms;
    },
  };
  return { deps, posts, wall: () => wall };
}

/** A customer whose touch has just come due. */
function aLateOne(customerId: string, wall: number): Standing {
  return { customerId, n: 0, heard: 0, dues: [START + (wall - 50) * SPEED] };
}

describe('drive', () => {
  it('posts each event when its time has come, never before', async () => {
    const shop = aShop(() => 50);

    const played = await drive(aScript([1, 2, 2.5, 7]), START + 8 * DAY_MS, shop.deps);

    expect(shop.posts.map(({ id }) => id)).toEqual(['p-1', 'p-2', 'p-2.5', 'p-7']);
    for (const { id, at } of shop.posts) expect(at).toBeGreaterThanOrEqual(Number(id.slice(2)) * 1000);
    expect(shop.posts.at(-1)?.at).toBeLessThan(7300);
    expect(played).toEqual({ posted: 4, end: START + 8 * DAY_MS, maxLagSeconds: 0 });
  });

  it('holds events back while the engine lags more than two seconds, and tells the longest lag', async () => {
    const shop = aShop((at) => (at < 2000 ? 5000 : 50));

    const played = await drive(aScript([1, 2, 4, 5]), START + 6 * DAY_MS, shop.deps);

    expect(shop.posts[1]?.at).toBeLessThan(2300);
    expect(shop.posts[2]?.at).toBeGreaterThanOrEqual(6000);
    expect(played.maxLagSeconds).toBeGreaterThan(4.5);
  });

  it('makes no heap: no more than twelve customers wait at once', async () => {
    const many = Array.from({ length: 60 }, (_, index) => 1 + index / 1000);
    const shop = aShop(() => 0);
    const crowd = async () => Array.from({ length: 10 }, (_, index) => aLateOne(`${index}`, shop.wall()));
    let batches = 0;
    const post = (events: readonly Posted[]) => {
      batches += 1;
      expect(events.length).toBeLessThanOrEqual(2);
      return shop.deps.post(events);
    };

    const end = START + 3 * DAY_MS;
    const standings = async () => (shop.posts.length < 60 ? crowd() : []);
    await drive(aScript(many), end, { ...shop.deps, post, standings });

    expect(batches).toBeGreaterThanOrEqual(30);
  });

  it('waits until what is due before the end is settled', async () => {
    const shop = aShop(() => 50, [START + 5.9 * DAY_MS]);

    await drive(aScript([1]), START + 6 * DAY_MS, shop.deps);

    expect(shop.wall()).toBeGreaterThanOrEqual(6900);
  });

  it('gives up on an engine that stands still for 20 minutes', async () => {
    const shop = aShop(() => Number.POSITIVE_INFINITY);

    await expect(drive(aScript([1]), START + 2 * DAY_MS, shop.deps)).rejects.toThrow(StoodStill);
  });
});
