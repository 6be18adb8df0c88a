import { describe, expect, it } from '@jest/globals';
import { lookAt } from '../../domain/case-clock.ts';
import type { ComplaintTerms } from '../../domain/complaint-terms.ts';
import type { CaseState } from '../../domain/complaints.ts';
import { DAY, HOUR, NOON } from '../support/builders.ts';

const OPEN: CaseState = { id: 'shop/c-1', openedAt: NOON, turn: 0, since: NOON };
const ANSWERED = { ...OPEN, answeredAt: NOON + HOUR };

/** The clock of a case that was opened at noon, looked at so long after. */
function look(after: number, one = OPEN, complaints: ComplaintTerms = {}) {
  const { tell, next } = lookAt(one, { complaints, shop: { timeZone: 'Europe/Amsterdam' } }, NOON + after);
  return { tell: tell && `${tell.alarm} ${tell.nth}`, next: next - NOON };
}

describe('lookAt', () => {
  it.each([
    ['says nothing at first', 0, undefined, 18 * HOUR],
    ['reminds when three quarters of the day are over', 18 * HOUR, 'reminder 1', DAY],
    ['tells that nobody answered in time', DAY, 'escalated 1', 30 * DAY],
    ['tells the last alone, if it looks late', 3 * DAY, 'escalated 1', 30 * DAY],
    ['tells after 30 days that it is still open', 30 * DAY, 'unresolved 1', 37 * DAY],
    ['and again each week', 45 * DAY, 'unresolved 3', 51 * DAY],
  ])('%s', (_, after, tell, next) => {
    expect(look(after)).toEqual({ tell, next });
  });

  it('of a case that is answered says nothing until it has been open for 30 days', () => {
    expect(look(2 * DAY, ANSWERED)).toEqual({ tell: undefined, next: 30 * DAY });
    expect(look(30 * DAY, ANSWERED).tell).toBe('unresolved 1');
  });

  it('goes by the playbook', () => {
    const terms = { answerWithin: { hours: 4 }, remindAfter: { hours: 1 }, escalateAfter: { hours: 8 } };

    expect(look(HOUR, OPEN, terms)).toEqual({ tell: 'reminder 1', next: 8 * HOUR });
    expect(look(3 * HOUR, OPEN, { answerWithin: { hours: 4 } }).tell).toBe('reminder 1');
    expect(look(8 * HOUR, OPEN, terms).tell).toBe('escalated 1');
  });

  it('counts from when a case was opened again', () => {
    const again = { ...OPEN, turn: 1, since: NOON + 10 * DAY };

    expect(look(10 * DAY + HOUR, again)).toEqual({ tell: undefined, next: 10 * DAY + 18 * HOUR });
  });
});
