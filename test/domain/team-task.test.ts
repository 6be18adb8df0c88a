import { describe, expect, it } from '@jest/globals';
import { simulate } from '../../domain/simulate.ts';
import { outcomeOf, remindedAt, todoOf } from '../../domain/team-task.ts';
import { anEvent, aPlaybook, aPurchase, aTouch, DAY, NOON } from '../support/builders.ts';
import { aTeamTask } from '../support/team-tasks.ts';

const CARD = aTouch({ name: 'card', by: 'team', after: { days: 1 } });

describe('todoOf', () => {
  const todo = { nl: 'Schrijf {first} een kaart', en: 'Write {first} a card' };

  it.each([
    [{ todo }, 'An', 'nl', 'Schrijf An een kaart'],
    [{ todo }, undefined, 'en', 'Write this customer a card'],
    [{}, 'An', 'en', 'Handwritten: An'],
    [undefined, undefined, 'nl', 'Handwritten: deze klant'],
  ] as const)('of %j for %s, in %s, is "%s"', (touch, first, language, words) => {
    expect(todoOf(aTeamTask(), touch, first, language)).toBe(words);
  });
});

describe('outcomeOf', () => {
  it.each([
    ['open', { kind: 'done' }],
    ['done', { kind: 'done' }],
    ['cannot', { kind: 'done' }],
    ['skipped', { kind: 'skipped', reason: 'holdout' }],
    ['moved', { kind: 'skipped', reason: 'merged' }],
  ] as const)('of a task that is %s is %j', (state, outcome) => {
    expect(outcomeOf(aTeamTask({ state, reason: 'holdout' }))).toEqual(outcome);
  });
});

describe('remindedAt', () => {
  it('is three days after the task was given', () => {
    expect(remindedAt(aTeamTask())).toBe(NOON + 3 * DAY);
  });
});

describe('a touch by: team, simulated', () => {
  const play = (events: Parameters<typeof simulate>[0], contact = {}) =>
    simulate(events, aPlaybook([CARD], { contact }), NOON + 10 * DAY).touches.map(({ outcome }) => outcome);

  it('is given to who has no address and said nothing of consent', () => {
    const { customer: _, ...order } = aPurchase(1);

    expect(play([{ ...order, consent: [] }])).toEqual([{ kind: 'done' }]);
  });

  it('takes its place under the caps, and waits for a hold', () => {
    const twice = [aPurchase(1), aPurchase(2)];
    expect(play(twice, { caps: [{ max: 1, days: 5 }] })).toEqual([{ kind: 'done' }, { kind: 'done' }]);

    expect(play([aPurchase(1), anEvent({ type: 'complaint', n: 2 })])).toEqual([]);
  });

  it('is held back from the holdout', () => {
    expect(play([aPurchase(1)], { holdout: 1 })).toEqual([{ kind: 'skipped', reason: 'holdout' }]);
  });
});
