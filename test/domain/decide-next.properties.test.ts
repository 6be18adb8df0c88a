import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY, HOUR } from '../support/builders.ts';
import { aBusyPlaybook } from '../support/busy-playbook.ts';
import { checkDecision, checkNothingForgotten, checkSends } from '../support/decision-checks.ts';
import { ModelWorld } from '../support/model-world.ts';
import { type Action, aStory, play, settleDown } from '../support/stories.ts';
import type { Fate } from '../support/weather.ts';

const ZONES = [
  ...['Europe/Amsterdam', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Tehran', 'Asia/Kathmandu'],
  'America/St_Johns',
];

const fates = fc
  .array(fc.constantFrom<Fate>('accepted', 'rejected', 'delayed', 'unknown', 'failed', 'stopped'), {
    maxLength: 8,
  })
  .map((some): Fate[] => [...some, 'accepted']);
const lags = fc.array(fc.constantFrom(0, 40, 90_000, 20 * 60_000, 5 * HOUR, 3 * DAY), { maxLength: 5 });

describe('decideNext', () => {
  it('sends nothing twice, forgets nothing, and keeps its promises, whatever happens in whatever order', () => {
    const property = fc.property(aStory, fc.constantFrom(...ZONES), fates, lags, (story, zone, ...[f, l]) => {
      const world = new ModelWorld(aBusyPlaybook(zone), { fates: f, lags: l });
      tell(world, story);

      for (const decided of world.decisions) checkDecision(decided);
      checkSends(world, 0);
      checkNothingForgotten(world);
    });

    fc.assert(property, { numRuns: 80 });
  });
});

function tell(world: ModelWorld, story: readonly Action[]): void {
  for (const action of story) play(world, action);
  settleDown(world);
}
