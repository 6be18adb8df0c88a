import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { trusted } from 'mongoose';
import { connect, disconnect } from '../../data/connect.ts';
import { EventModel } from '../../data/event-document.ts';
import { migrate } from '../../data/migrate.ts';
import { expectSound } from '../support/races.ts';
import { mongo } from '../support/servers.ts';
import { anEvent, aPurchase, aReceive, somebody } from '../support/shop.ts';

jest.setTimeout(120_000);

/** A way to MongoDB that can be cut at any moment, whatever is under way on it. */
async function aWay(host: string, port: number) {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = dial(port, host);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one
        .on('error', () => {})
        .on('close', () => {
          open.delete(one);
          other.destroy();
        });
      one.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const at = typeof address === 'object' && address ? address.port : 0;
  const cut = () => [...open].map((socket) => socket.destroy()).length;
  return { at, cut, close: () => server.close(cut) };
}

describe('receive, when connections are lost at any moment', () => {
  let way: Awaited<ReturnType<typeof aWay>>;

  beforeAll(async () => {
    const uri = new URL(await mongo());
    way = await aWay(uri.hostname, Number(uri.port));
    await connect(`mongodb://127.0.0.1:${way.at}${uri.pathname}?directConnection=true`);
    await migrate();
  });
  afterAll(async () => {
    await disconnect();
    way.close();
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
