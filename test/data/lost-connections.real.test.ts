import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { trusted } from 'mongoose';
import { connect, disconnect } from '../../data/connect.ts';
import { EventModel } from '../../data/event-document.ts';
import { migrate } from '../../data/migrate.ts';
import { sends } from '../../data/sends.ts';
import { sendKey } from '../../domain/send.ts';
import { aTask } from '../support/asked-sends.ts';
import { aTransmission } from '../support/attempts.ts';
import { expectSound } from '../support/races.ts';
import { mongo } from '../support/servers.ts';
import { anEvent, aPurchase, aReceive, somebody } from '../support/shop.ts';
import { aWay, type Way } from '../support/way.ts';

jest.setTimeout(120_000);

describe('receive, when connections are lost at any moment', () => {
  let way: Way;

  beforeAll(async () => {
    way = await aWay(await mongo());
    await connect(way.uri);
    await migrate();
  });
  afterAll(async () => {
    await disconnect();
    way.shut();
  });

  it('keeps every event once, as long as the shop posts it until it is answered', async () => {
    const people = Array.from({ length: 8 }, somebody);
    const posted = people.flatMap((one, i) => [
      ...Array.from({ length: 6 }, () => aPurchase(one)),
      anEvent({ id: one.id, email: people[i ^ 1]?.email ?? one.email }), // makes one of two
    ]);
    const done = new AbortController();
    const cutting = cutAgain(way.cut, done.signal);

    const { receive } = aReceive();
    await Promise.all(posted.map((event) => untilAnswered(() => receive([event], 'api'))));
    done.abort();

    expect(await cutting).toBeGreaterThan(0);
    const shops = await EventModel.find({ type: trusted({ $ne: 'merged' }) }).lean();
    expect(shops.map(({ _id }) => _id).sort()).toEqual(posted.map(({ id }) => `shop/${id}`).sort());
    await expectSound();
  });
});

describe('settle, while MongoDB is away', () => {
  let way: Way;

  beforeAll(async () => {
    way = await aWay(await mongo());
    await connect(way.uri);
    await migrate();
  });
  afterAll(async () => {
    await disconnect();
    way.shut();
  });

  it.each([
    ['accepted', { kind: 'accepted' }],
    ['released', { kind: 'delayed', until: 900_000 }],
  ] as const)('waits for it, and writes %s in the end', async (state, outcome) => {
    const task = aTask();
    const claim = await aTransmission(task);

    way.shut();
    const settling = sends.settle(claim, outcome, {}, 0);
    await setTimeout(7_000); // longer than a command waits for a server
    await way.open();

    expect(await settling).toEqual(outcome);
    expect(await sends.byKey(sendKey(task))).toMatchObject({ state, outcome });
  });
});

async function untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch {
    await setTimeout(20);
    return untilAnswered(ask);
  }
}

/** Cuts every connection now and then; answers how many were. */
async function cutAgain(cut: () => number, done: AbortSignal): Promise<number> {
  let lost = 0;
  for (let i = 0; i < 25 && !done.aborted; i++) {
    await setTimeout(40 + ((i * 37) % 100));
    lost += cut();
  }
  return lost;
}
