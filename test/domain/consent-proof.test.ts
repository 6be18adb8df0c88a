import { describe, expect, it } from '@jest/globals';
import { withoutRefused } from '../../domain/consent-proof.ts';

const SOFT = { topic: 'news', basis: 'soft-opt-in' } as const;
const LEFT = { topic: 'news', change: 'withdrawn', at: 20 } as const;
const ASKED = { topic: 'news', change: 'given', basis: 'consent', at: 30 } as const;

describe('withoutRefused', () => {
  it.each([
    ['nothing was said', [], true],
    ['the topic was left', [LEFT], false],
    ['all marketing was refused', [{ ...LEFT, topic: '*' }], false],
    ['another topic was left', [{ ...LEFT, topic: 'tips' }], true],
    ['they agreed themselves since', [LEFT, ASKED], true],
    ['they agreed before they left', [ASKED, { ...LEFT, at: 40 }], false],
    ['only another order came since', [LEFT, { ...ASKED, basis: 'soft-opt-in' as const }], false],
  ])('when %s', (_, said, stays) => {
    expect(withoutRefused([SOFT], said)).toEqual(stays ? [SOFT] : []);
  });

  it('leaves out what is said to be service, too', () => {
    expect(withoutRefused([{ topic: 'news', basis: 'service' }], [LEFT])).toEqual([]);
  });

  it('leaves a consent of their own, and a withdrawal, as they are', () => {
    const given = [
      { topic: 'news', basis: 'consent' },
      { topic: 'tips', withdrawn: true },
    ] as const;

    expect(withoutRefused(given, [LEFT, { ...LEFT, topic: '*' }])).toEqual(given);
  });
});
