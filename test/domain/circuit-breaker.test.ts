import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { becauseOf, isCounted, tripOf } from '../../domain/circuit-breaker.ts';

describe('tripOf', () => {
  it.each([
    [1_000, 0, 0, undefined],
    [1_000, 2, 0, undefined],
    [1_000, 3, 0, 'spam-complaints'],
    [1_000, 0, 49, undefined],
    [1_000, 0, 50, 'hard-bounces'],
    [1_000, 2, 49, undefined],
    [20, 1, 1, undefined],
    [20, 2, 9, undefined],
    [20, 3, 0, 'spam-complaints'],
    [200, 0, 9, undefined],
    [200, 0, 10, 'hard-bounces'],
    [201, 0, 10, undefined],
    [999, 3, 50, 'spam-complaints'],
    [0, 0, 0, undefined],
  ] as const)('of %d mails, %d called spam and %d came back for good: %s', (mails, spam, hard, cause) => {
    expect(tripOf({ mails, spamComplaints: spam, hardBounces: hard })?.cause).toBe(cause);
  });

  it('is never brought about by a mail that arrives', () => {
    const count = fc.integer({ min: 0, max: 60 });
    const property = fc.property(fc.integer({ min: 60, max: 999 }), count, count, (mails, spam, hard) => {
      const before = tripOf({ mails, spamComplaints: spam, hardBounces: hard });
      const after = tripOf({ mails: mails + 1, spamComplaints: spam, hardBounces: hard });
      return before !== undefined || after === undefined;
    });
    fc.assert(property);
  });
});

describe('becauseOf', () => {
  it('tells the numbers', () => {
    expect(becauseOf({ cause: 'spam-complaints', mails: 1_000, spamComplaints: 3, hardBounces: 12 })).toBe(
      '3 spam complaints in the last 1000 marketing mails',
    );
  });
});

describe('isCounted', () => {
  it.each([
    [{ kind: 'spam-complaint' }, true],
    [{ kind: 'bounce', class: 'hard' }, true],
    [{ kind: 'bounce', class: 'soft' }, false],
    [{ kind: 'bounce', class: 'policy' }, false],
    [{ kind: 'unsubscribe' }, false],
  ] as const)('of %j: %s', (report, expected) => {
    expect(isCounted(report)).toBe(expected);
  });
});
