import { describe, expect, it } from '@jest/globals';
import { readReports } from '../../mail/bounce-reports.ts';
import { sample, sampleFiles, samples, told } from '../support/bounces.ts';

describe('readReports on the corpus', () => {
  it.each(samples())('reads $name as $expected', async ({ name, expected }) => {
    expect(told(await readReports(sample(name)))).toBe(expected);
  });

  it('has a row for each file and a file for each row, 120 and more of 20 systems and more', () => {
    const rows = samples().map(({ name }) => name);

    expect([...sampleFiles()].sort()).toEqual([...rows].sort());
    expect(rows.length).toBeGreaterThanOrEqual(120);
    expect(new Set(rows.map((name) => name.split('/')[0])).size).toBeGreaterThanOrEqual(20);
  });

  it('tells the words of the server on one line', async () => {
    const [report] = await readReports(sample('postfix/user-unknown'));

    expect(report?.diagnostic).toBe(
      '550 5.1.1 <an@example.net>: Recipient address rejected: User unknown in virtual mailbox table (in reply to RCPT TO command)',
    );
  });
});
