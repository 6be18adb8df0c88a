import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEarnPoints } from '../../activities/earn-points.ts';
import { disconnect } from '../../data/connect.ts';
import { erasures } from '../../data/erasures.ts';
import { EventModel } from '../../data/event-document.ts';
import { PointEntryModel } from '../../data/point-entries.ts';
import type { Task } from '../../domain/journey.ts';
import { aLoyalty } from '../support/loyalty.ts';
import { aTaskFor } from '../support/sending.ts';
import { aDatabase, aPlaybook, aPurchase, aReceive, NOW, somebody } from '../support/shop.ts';

const loyalty = aLoyalty({ earn: { birthdays: { on: 'birthday', points: 25 } } });
const receiver = aReceive({ playbook: { ...aPlaybook(), loyalty } });
const earnPoints = createEarnPoints({ receiver });

beforeAll(aDatabase, 60_000);
afterAll(disconnect);

async function aMember(): Promise<string> {
  const [receipt] = await receiver.receive([aPurchase(somebody())], 'api');
  return receipt?.customerId ?? '';
}

function aBirthday(customerId: string): Task {
  const because = { type: 'birthday', id: 'birthday/2026', at: NOW };
  return { ...aTaskFor(customerId, 'points-birthday', NOW), occasion: '2026', because, does: 'points' };
}

describe('earnPoints', () => {
  it('gives the points of a birthday once, however often it is attempted', async () => {
    const customerId = await aMember();

    const attempts = await Promise.all([1, 2, 3].map(() => earnPoints(aBirthday(customerId))));

    expect([...attempts, await earnPoints(aBirthday(customerId))]).toEqual(Array(4).fill({ kind: 'done' }));
    expect(await PointEntryModel.find({ customerId }).lean()).toMatchObject([
      { lot: 'birthday/2026/birthdays', points: 25 },
    ]);
  });

  it('gives nothing to who was erased just now, and leaves nothing of them', async () => {
    const customerId = await aMember();
    await erasures.ask(customerId, 'test', NOW);

    expect(await earnPoints(aBirthday(customerId))).toEqual({ kind: 'skipped', reason: 'erased' });

    expect(await PointEntryModel.countDocuments({ customerId })).toBe(0);
    expect(await EventModel.countDocuments({ customerId, type: 'points' })).toBe(0);
  });
});
