import { describe, expect, it } from '@jest/globals';
import { Complaints } from '../../domain/complaint-terms.ts';

/** Where terms are refused. */
function faults(terms: unknown) {
  return Complaints.safeParse(terms).error?.issues.map(({ path }) => path.join('.')) ?? [];
}

describe('Complaints', () => {
  it('takes times that follow each other', () => {
    expect(faults({ answerWithin: '2 days', remindAfter: '1 day', escalateAfter: '3 days' })).toEqual([]);
  });

  it.each([
    [{ answerWithin: '1 day', remindAfter: '1 day' }, 'remindAfter'],
    [{ answerWithin: '2 days', escalateAfter: '1 day' }, 'escalateAfter'],
    [{ escalateAfter: '40 days' }, 'escalateAfter'],
    [{ answerWithin: '30 days' }, 'escalateAfter'],
  ])('refuses %j', (terms, path) => {
    expect(faults(terms)).toEqual([path]);
  });
});
