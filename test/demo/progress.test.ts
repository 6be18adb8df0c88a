import { describe, expect, it } from '@jest/globals';
import { progressLine } from '../../demo/progress.ts';

const programme = { start: Date.UTC(1997, 0, 1), end: Date.UTC(1997, 0, 11), events: 9 };
const standings = [
  { customerId: 'A', n: 1, heard: 1, dues: [], phase: 'relationship' as const },
  { customerId: 'B', n: 1, heard: 0, dues: [] },
];

describe('progressLine', () => {
  it('tells the day in the shop, how far, how busy, and who is in which phase', () => {
    const progress = { now: Date.UTC(1997, 0, 6), posted: 4, lagSeconds: 0.42, standings };

    expect(progressLine(progress, programme)).toBe(
      '06 Jan 1997 ██████████░░░░░░░░░░ 4/9 events · lag 0.4 s' +
        ' · 0 first contact, 0 getting acquainted, 1 relationship, 0 ambassador',
    );
  });

  it('is settling once the last day is over', () => {
    const progress = { now: Date.UTC(1997, 5, 1), posted: 9, lagSeconds: 0, standings };

    expect(progressLine(progress, programme)).toContain('settling    ████████████████████ 9/9');
  });
});
