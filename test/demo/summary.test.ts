import { describe, expect, it } from '@jest/globals';
import { type Summary, tableOf } from '../../demo/summary.ts';

const summary: Summary = {
  customers: 40,
  purchases: 63,
  phases: { 'first-contact': 0, 'getting-acquainted': 28, relationship: 8, ambassador: 4 },
  sends: {
    accepted: 212,
    rejected: 0,
    unknown: 0,
    skipped: { expired: 3 },
    postponed: 17,
    delayed: 0,
    failed: 0,
  },
  delivered: 212,
  duplicates: 0,
  repeated: 0,
  lostEvents: 0,
  relationship: {
    answers: 21,
    meanScore: 8.4,
    complaints: { opened: 2, resolved: 1, inTime: 2 },
    points: 940,
    tiers: { member: 31, silver: 9 },
    grants: { gift: 3 },
    budgetLeft: { 'small-treat': 47_750 },
  },
  maxLagSeconds: 1.4,
  seconds: 85,
};

describe('tableOf', () => {
  it('gives each figure a line of its own, under one another', () => {
    const lines = tableOf(summary).split('\n');

    expect(lines).toContain('  getting acquainted             28');
    expect(lines).toContain('  skipped: expired                3');
    expect(lines).toContain('Longest lag, seconds            1.4');
    expect(lines).toContain('  in tier silver                  9');
    expect(lines).toContain('  budget left: small-treat    47750');
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });
});
