import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { upliftOf } from '../../domain/uplift.ts';

function arms(treated: readonly [number, number], holdout: readonly [number, number]) {
  const [treatedOrdered, treatedAll] = treated;
  const [heldOrdered, heldAll] = holdout;
  return {
    treated: { customers: treatedAll, ordered: treatedOrdered },
    holdout: { customers: heldAll, ordered: heldOrdered },
  };
}

describe('upliftOf', () => {
  it.each([
    ['nobody is held out', [50, 100], [0, 0], 'no-holdout'],
    ['nobody got it', [0, 0], [5, 100], 'too-few'],
    ['nobody ordered', [0, 5_000], [0, 5_000], 'too-few'],
    ['everybody ordered', [5_000, 5_000], [5_000, 5_000], 'too-few'],
    ['few are held out, however many got it', [900, 9_000], [0, 40], 'too-few'],
    ['just enough are held out', [900, 9_000], [5, 50], 'undecided'],
    ['the rates are alike', [500, 10_000], [25, 500], 'undecided'],
    ['the rates differ by what chance does', [530, 10_000], [20, 500], 'undecided'],
    ['more ordered, beyond chance', [800, 10_000], [25, 1_000], 'more'],
    ['fewer ordered, beyond chance', [200, 10_000], [50, 1_000], 'fewer'],
  ] as const)('where %s', (_, treated, holdout, kind) => {
    expect(upliftOf(arms(treated, holdout)).kind).toBe(kind);
  });

  it('tells the difference of the rates with its bounds', () => {
    const found = upliftOf(arms([56, 70], [48, 80]));

    expect(found).toEqual({
      kind: 'more',
      difference: expect.closeTo(0.2, 10),
      low: expect.closeTo(0.0524, 4),
      high: expect.closeTo(0.3339, 4),
    });
  });

  it('finds something only where the whole interval lies on one side of zero', () => {
    const arm = fc
      .integer({ min: 0, max: 2_000 })
      .chain((all) => fc.integer({ min: 0, max: all }).map((some) => [some, all] as const));
    fc.assert(
      fc.property(arm, arm, (treated, holdout) => {
        const found = upliftOf(arms(treated, holdout));

        if (found.kind === 'more') expect(found.low).toBeGreaterThan(0);
        if (found.kind === 'fewer') expect(found.high).toBeLessThan(0);
        if (found.kind === 'undecided') expect(found.low <= 0 && found.high >= 0).toBe(true);
      }),
    );
  });
});
