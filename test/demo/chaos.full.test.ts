import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { playThrough } from '../../demo/play-through.ts';
import { FIRST_DAY } from '../../demo/purchases.ts';
import { Stage } from '../../demo/stage.ts';

const OPTIONS = {
  kill: 'all',
  times: 20,
  every: 1,
  customers: 30,
  days: 180,
  seed: '1',
  json: true,
} as const;

/** As `npm run chaos` plays: slow enough for twenty crashes, with a mail server that takes its time. */
const SPEED = 20_000;
const SETTING = { from: FIRST_DAY, mailTakesMs: 400 };

let dir = '';
const named = { ...process.env };

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rapport-chaos-'));
  process.env.RAPPORT_SEND_TIMEOUT = '20 seconds';
});

afterEach(async () => {
  process.env = { ...named };
  await rm(dir, { recursive: true, force: true });
});

describe('playThrough', () => {
  it('keeps every promise while worker, Temporal and MongoDB are killed twenty times', async () => {
    const stage = await Stage.set(dir, SPEED, SETTING);
    try {
      const survived = await playThrough(OPTIONS, stage);

      expect(survived.faults).toEqual([]);
      expect(survived).toMatchObject({ kills: 20, duplicates: 0, lostEvents: 0 });
      expect(survived.delivered).toBeGreaterThan(0);
    } finally {
      await stage.stop();
    }
  }, 1_200_000);
});
