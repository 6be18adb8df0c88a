import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sends } from '../../data/sends.ts';
import { play } from '../../demo/play.ts';
import { Stage } from '../../demo/stage.ts';
import type { Summary } from '../../demo/summary.ts';
import { BINARIES, findBinary } from '../../servers/binaries.ts';
import { mongoUri, startMongo } from '../../servers/mongo.ts';
import { startTemporal } from '../../servers/temporal.ts';
import { crashAgainAndAgain, portIsFree } from '../support/crashes.ts';

const OPTIONS = { customers: 40, days: 90, seed: '1', exit: true, json: true };

/** Slow enough for twenty crashes, and what is lost by each to be done again. */
const SPEED = 40_000;

let dir = '';
const named = { ...process.env };

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rapport-crashes-'));
  process.env.RAPPORT_SEND_TIMEOUT = '8 seconds';
});

afterEach(async () => {
  process.env = { ...named };
  await rm(dir, { recursive: true, force: true });
});

/** Plays while something crashes again and again. */
async function playThrough(stage: Stage, crash: () => Promise<void>): Promise<Summary> {
  const over = new AbortController();
  const crashing = crashAgainAndAgain(20, crash, over.signal);
  const summary = await play(OPTIONS, stage).finally(() => over.abort());
  expect(await crashing).toBeGreaterThanOrEqual(10);
  return summary;
}

/** What holds through any crash. */
async function expectHonest({ sends: counts, ...summary }: Summary): Promise<void> {
  expect(summary).toMatchObject({ customers: 40, duplicates: 0, lostEvents: 0 });
  expect((await sends.tally()).underWay).toBe(0);
  expect(summary.delivered).toBeGreaterThanOrEqual(counts.accepted);
  expect(summary.delivered).toBeLessThanOrEqual(counts.accepted + counts.unknown);
}

describe('a play through twenty crashes', () => {
  it('of the worker', async () => {
    const stage = await Stage.set(dir, SPEED);
    try {
      await expectHonest(await playThrough(stage, () => stage.crash('The worker')));
    } finally {
      await stage.stop();
    }
  }, 1_200_000);

  it('of Temporal, on its own data', async () => {
    const temporal = await findBinary(BINARIES.temporal);
    let server = await startTemporal({ temporal, dir, headless: true });
    process.env.TEMPORAL_ADDRESS = server.address;
    const stage = await Stage.set(dir, SPEED);
    try {
      const crash = async () => {
        await server.running.kill();
        await portIsFree(server.ports.temporal);
        server = await startTemporal({ temporal, dir, headless: true, ports: server.ports });
      };
      await expectHonest(await playThrough(stage, crash));
    } finally {
      await stage.stop();
      await server.running.stop();
    }
  }, 1_200_000);

  it('of MongoDB', async () => {
    const mongod = await findBinary(BINARIES.mongod);
    let server = await startMongo({ mongod, dir });
    process.env.MONGODB_URI = mongoUri(server.port, 'rapport');
    const stage = await Stage.set(dir, SPEED);
    try {
      const crash = async () => {
        await server.running.kill();
        await portIsFree(server.port);
        server = await startMongo({ mongod, dir, port: server.port });
      };
      await expectHonest(await playThrough(stage, crash));
    } finally {
      await stage.stop();
      await server.running.stop();
    }
  }, 1_200_000);
});
