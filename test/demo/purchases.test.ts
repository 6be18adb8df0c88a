import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { firstVisits, parseVisits, readVisits } from '../../demo/purchases.ts';

/** Counts as `awk '$2 <= N && $3 < END { print $2, $3 }' | sort -u | wc -l` would. */
function countedApart(customers: number, end: string): number {
  const rows = readFileSync('demo/cdnow-sample.txt', 'utf8').trim().split('\n');
  const days = rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, id, day]) => Number(id) <= customers && String(day) < end)
    .map(([, id, day]) => `${id} ${day}`);
  return new Set(days).size;
}

describe('parseVisits', () => {
  it('joins the rows of one customer and one day', () => {
    const rows =
      ' 00004 0001 19970101  2   29.33\n 00004 0001 19970101  1   10.00\n 00021 0002 19970101  3   63.34\n';

    const visits = parseVisits(rows);

    expect(visits).toEqual([
      { customer: '0001', day: '1997-01-01', cds: 3, cents: 3933 },
      { customer: '0002', day: '1997-01-01', cds: 3, cents: 6334 },
    ]);
  });

  it('refuses a row it does not understand', () => {
    expect(() => parseVisits('00004 0001 1 January 29.33')).toThrow('not a row');
  });

  it('reads the whole sample', () => {
    const visits = readVisits();

    expect(new Set(visits.map(({ customer }) => customer)).size).toBe(2357);
    expect(visits.length).toBe(countedApart(2357, '99999999'));
  });
});

describe('firstVisits', () => {
  it.each([
    [40, 120, '19970501', 63],
    [150, 180, '19970630', 267],
    [5, 1, '19970102', 5],
  ])('of %i customers in %i days are the visits of the file', (customers, days, end, count) => {
    const visits = firstVisits(readVisits(), customers, days);

    expect(visits.length).toBe(count);
    expect(visits.length).toBe(countedApart(customers, end));
  });
});
