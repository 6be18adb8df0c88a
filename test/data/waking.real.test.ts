import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDecide } from '../../activities/decide.ts';
import { disconnect } from '../../data/connect.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { inside } from '../../data/inside.ts';
import { outbox } from '../../data/outbox.ts';
import { playbooks } from '../../data/playbooks.ts';
import { waking } from '../../data/waking.ts';
import { emptyJourney } from '../../domain/beginning.ts';
import { GRACE_MS } from '../../domain/decide-next.ts';
import { BEGUN } from '../../domain/waking.ts';
import { wakeJourneys } from '../../worker/waking.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { DECIDE, decideOn } from '../support/people.ts';
import { aDatabase, anEvent, aPurchase, somebody } from '../support/shop.ts';

const PEOPLE = 120;
const BUYERS = 12;

const tipsAfter = (days: number) => aPlaybook([aTouch({ name: 'tips', after: { days } })]);
const FIRST = tipsAfter(9);

beforeAll(async () => {
  await aDatabase();
  await playbooks.publish('first', FIRST);
  const at = Date.now();
  const events = Array.from({ length: PEOPLE }, (_, i) =>
    i % (PEOPLE / BUYERS) === 0
      ? aPurchase(somebody(), { at })
      : anEvent(somebody(), { type: 'sign-up', at }),
  );
  await decideOn(events);
}, 60_000);
afterAll(disconnect);

/** A worker that goes over journeys until told to stop. */
function aWorker() {
  const stop = new AbortController();
  const log = { info: () => {}, warn: () => {} };
  const moment = () => ({ now: Date.now(), grace: GRACE_MS, speed: 1 });
  const running = wakeJourneys({ moment, log }, stop.signal);
  return async () => {
    stop.abort();
    await running;
  };
}

async function wakingOf(version: number) {
  return (await playbooks.about(version))?.waking;
}

describe('going over the people inside', () => {
  it('wakes each journey whose next moment changes once, by workers that die half-way and many at once', async () => {
    const version = await playbooks.publish('second', tipsAfter(5));

    const stop = aWorker();
    await eventually(async () => (await wakingOf(version))?.after !== '');
    await stop();
    const stops = [aWorker(), aWorker(), aWorker()];
    await eventually(async () => (await wakingOf(version))?.isDone === true);
    await Promise.all(stops.map((end) => end()));

    expect((await wakingOf(version))?.counts).toMatchObject({ journeys: PEOPLE, wakes: BUYERS });
    expect(await CustomerModel.countDocuments({ wokenBy: version, undelivered: true })).toBe(BUYERS);
    expect(await CustomerModel.countDocuments({ undelivered: true })).toBe(BUYERS);
    expect(await waking.pending(version)).toBe(BUYERS);
  });

  it('leaves to a newer version what it had not gone over', async () => {
    const older = await playbooks.publish('third', tipsAfter(4));
    const newer = await playbooks.publish('fourth', tipsAfter(3));

    expect(await waking.underWay()).toEqual({ version: newer, waking: BEGUN });
    expect((await wakingOf(older))?.isDone).toBe(false);
  });

  it('counts a page once, also where two workers go over it', async () => {
    const underWay = await waking.underWay();
    if (!underWay) throw new Error('nothing is under way');
    const page = [{ customerId: 'c', appointments: [], wakes: false }];

    const moved = await Promise.all([1, 2, 3].map(() => waking.advance(underWay, page, '0')));

    expect(moved.filter(Boolean)).toHaveLength(1);
    expect((await waking.underWay())?.waking).toMatchObject({ after: '0', counts: { journeys: 1 } });
  });
});

describe('decide', () => {
  it('sees a version that was published after it looked which one is in force', async () => {
    const [someone] = await inside.page('', 1);
    const id = someone?.customer.id ?? '';
    const newest = await playbooks.newest();
    const asked: number[] = [];
    const playbook = async (atLeast = 0) => {
      asked.push(atLeast);
      return { ...FIRST, version: atLeast || 1 }; // the first time what was in force a moment ago
    };

    const decide = createDecide({ ...DECIDE, playbook });
    const { journey } = await decide({
      journey: emptyJourney(id, 'first-contact'),
      unheard: [],
      now: Date.now(),
    });

    expect(asked).toEqual([0, newest]);
    expect(journey.playbook).toBe(newest);
    expect((await inside.page('', 1))[0]?.journey).toEqual(journey);
  });
});

describe('outbox', () => {
  it('keeps a customer undelivered whom a newer playbook wakes while they are handed over', async () => {
    await CustomerModel.updateMany({}, { $unset: { undelivered: 1, background: 1, wokenBy: 1 } });
    const [someone] = await inside.page('', 1);
    const _id = someone?.customer.id ?? '';
    const wake = (wokenBy: number) =>
      CustomerModel.updateOne({ _id }, { $set: { undelivered: true, wokenBy } });

    await wake(98);
    const [first] = await outbox.lease(10, 60_000, Date.now());
    await wake(99);
    if (first) await outbox.delivered(first);
    const [again] = await outbox.lease(10, 60_000, Date.now());
    if (again) await outbox.delivered(again);

    expect(first).toMatchObject({ customerId: _id, wokenBy: 98, wakes: true, events: expect.any(Array) });
    expect(again).toMatchObject({ customerId: _id, wokenBy: 99, wakes: true });
    expect(await outbox.lease(10, 60_000, Date.now())).toEqual([]);
  });
});
