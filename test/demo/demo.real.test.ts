import { readdir } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { lastLineOf, runDemo } from '../support/demo.ts';

const folders = () => readdir('.rapport').catch(() => []);

describe('npm run demo', () => {
  it('plays the first ten customers of January 1997 without a loss, and ends with its figures', async () => {
    const before = await folders();

    const run = await runDemo('--customers', '10', '--days', '20', '--exit', '--json');

    expect(run).toMatchObject({ code: 0 });
    const summary = lastLineOf(run);
    expect(summary).toMatchObject({
      customers: 10,
      purchases: 13, // awk '$2 <= 10 && $3 < 19970121 { print $2, $3 }' demo/cdnow-sample.txt | sort -u | wc -l
      sends: { rejected: 0, unknown: 0, delayed: 0, failed: 0 },
      duplicates: 0,
      repeated: 0,
      lostEvents: 0,
    });
    expect(summary.delivered).toBe(summary.sends.accepted);
    expect(summary.delivered).toBeGreaterThan(20);
    expect(await folders()).toEqual(before); // what went well leaves nothing behind
  }, 180_000);

  it('refuses wrong usage with one line and code 2', async () => {
    const run = await runDemo('--customers', 'many');

    expect(run.code).toBe(2);
    expect(run.stderr.trim().split('\n')).toHaveLength(1);
  });
});
