import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GRACE_MS } from '../../domain/decide-next.ts';
import { type SimulatedTouch, simulate } from '../../domain/simulate.ts';
import { DAY, NOON } from '../support/builders.ts';
import { aBusyPlaybook } from '../support/busy-playbook.ts';
import { type Attempted, ModelWorld, type Told } from '../support/model-world.ts';
import { anyEvent, aSpan } from '../support/stories.ts';
import type { Fate, Weather } from '../support/weather.ts';

type Moment = { readonly after: number; readonly event: Told };

const moments = fc.array(fc.record({ after: aSpan, event: anyEvent }), {
  minLength: 1,
  maxLength: 30,
  size: 'max',
});
const lags = fc.array(fc.integer({ min: 0, max: 30 * DAY }), { minLength: 1, maxLength: 7 });
const fates = fc
  .array(fc.constantFrom<Fate>('rejected', 'delayed', 'unknown', 'failed', 'lost'), { maxLength: 4 })
  .map((some): Fate[] => [...some, 'accepted', 'accepted']);

/** Lets a script happen, and the time after it; answers when that ends. */
function tell(world: ModelWorld, script: readonly Moment[]): number {
  let at = NOON;
  for (const { after, event } of script) {
    at += after;
    world.goTo(at);
    world.post({ ...event, at, acts: true });
  }
  world.goTo(at + 300 * DAY);
  return at + 300 * DAY;
}

/** What a time-lapse comes to: every attempt, by its own times, and what is still to come. */
function played(script: readonly Moment[], weather: Weather) {
  const world = new ModelWorld(aBusyPlaybook('Europe/Amsterdam'), { ...weather, grace: Infinity });
  tell(world, script);
  return { attempts: world.attempts.map(timesOf), journey: world.decisions.at(-1)?.answer.journey };
}

function timesOf({ touch, occasion, due, outcome }: SimulatedTouch | Attempted) {
  return { touch, occasion, due, outcome };
}

describe('a time-lapse', () => {
  it('comes to the same, however late the wakes and the attempts are', () => {
    const property = fc.property(moments, lags, fates, (script, lag, fate) => {
      expect(played(script, { lags: lag, fates: fate })).toEqual(played(script, { fates: fate }));
    });

    fc.assert(property, { numRuns: 60 });
  });
});

describe('simulate', () => {
  it('comes to what the engine does, though that runs late, within its grace', () => {
    const milliseconds = fc.array(fc.constantFrom(0, 40, 900, 59_000), { minLength: 1, maxLength: 5 });
    const property = fc.property(moments, milliseconds, (script, lag) => {
      const world = new ModelWorld(aBusyPlaybook('Europe/Amsterdam'), { lags: lag });
      const end = tell(world, script);
      fc.pre(world.latest <= GRACE_MS); // several at one moment, a minute each, come later than that
      const simulated = simulate(world.events, world.playbook, end);

      const engine = world.attempts.filter(({ repeat }) => !repeat).map(timesOf);
      expect(simulated.touches.map(timesOf)).toEqual(engine);
      expect(simulated.unsupported.map(timesOf)).toEqual(world.unsupported());
    });

    fc.assert(property, { numRuns: 60 });
  });
});
