import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { CustomerModel } from '../../data/customer-document.ts';
import { SendModel } from '../../data/send-document.ts';
import { play } from '../../demo/play.ts';
import { firstVisits, readVisits } from '../../demo/purchases.ts';
import { speedFor } from '../../demo/speed.ts';
import { Stage } from '../../demo/stage.ts';
import type { Summary } from '../../demo/summary.ts';

const CUSTOMERS = 150;
const DAYS = 180;

/** The default playbook's quiet hours, as words that compare. */
const QUIET_FROM = '20:30';
const QUIET_TO = '08:30';

describe('a play of 150 customers over 180 days', () => {
  let dir = '';
  let stage: Stage | undefined;
  let summary: Summary | undefined;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'rapport-demo-'));
    stage = await Stage.set(dir, speedFor(CUSTOMERS, ''));
    const options = { customers: CUSTOMERS, days: DAYS, seed: '1', exit: true, json: true };
    summary = await play(options, stage);
  }, 1_200_000);

  afterAll(async () => {
    await stage?.stop();
    await rm(dir, { recursive: true, force: true });
  }, 60_000);

  it('loses no event, repeats no mail, and knows what became of each', () => {
    expect(summary).toMatchObject({ customers: CUSTOMERS, duplicates: 0, repeated: 0, lostEvents: 0 });
    expect(summary?.sends).toMatchObject({ unknown: 0, failed: 0 });
    expect(summary?.delivered).toBe(summary?.sends.accepted);
  });

  it('holds every purchase of the file', () => {
    expect(summary?.purchases).toBe(firstVisits(readVisits(), CUSTOMERS, DAYS).length);
    expect(summary?.purchases).toBe(267);
  });

  it('populates at least three phases', () => {
    const counts = Object.values(summary?.phases ?? {});

    expect(counts.filter((count) => count > 0).length).toBeGreaterThanOrEqual(3);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(CUSTOMERS);
  });

  it('hears answers, puts complaints right, and earns and gives', () => {
    const { answers = 0, meanScore, complaints, points = 0, tiers, grants } = summary?.relationship ?? {};

    expect(answers).toBeGreaterThan(20);
    expect(meanScore).toBeGreaterThan(4);
    expect(complaints?.opened).toBeGreaterThan(3);
    expect(complaints?.resolved).toBeGreaterThan(0);
    expect(points).toBeGreaterThan(0);
    expect(Object.values(tiers ?? {}).reduce((all, count) => all + count, 0)).toBe(CUSTOMERS);
    expect(Object.keys(grants ?? {})).not.toEqual([]);
  });

  it('planned no marketing mail in quiet hours', async () => {
    const customers = await CustomerModel.find({}, { known: 1 }).lean();
    const zones = new Map(customers.map(({ _id, known }) => [_id, known.profile.timeZone]));
    const sent = await SendModel.find({ kind: 'marketing', state: 'accepted' }).lean();

    const quiet = sent.filter(({ customerId, due }) => {
      const local = DateTime.fromMillis(due, { zone: zones.get(customerId) ?? 'UTC' }).toFormat('HH:mm');
      return local >= QUIET_FROM || local < QUIET_TO;
    });

    expect(sent.length).toBeGreaterThan(100);
    expect(quiet).toEqual([]);
  });
});
