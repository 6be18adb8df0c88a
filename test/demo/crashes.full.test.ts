import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sends } from '../../data/sends.ts';
import { play } from '../../demo/play.ts';
import { Stage } from '../../demo/stage.ts';
import type { Summary } from '../../demo/summary.ts';
import { crashAgainAndAgain } from '../support/crashes.ts';

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
  it.each(['The worker', 'Temporal', 'MongoDB'])(
    'of %s',
    async (victim) => {
      const stage = await Stage.set(dir, SPEED);
      try {
        await expectHonest(await playThrough(stage, () => stage.crash(victim)));
      } finally {
        await stage.stop();
      }
    },
    1_200_000,
  );
});
