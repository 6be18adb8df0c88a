import { describe, expect, it } from '@jest/globals';
import { simulate } from '../../domain/simulate.ts';
import { anEvent, aPlaybook, aPurchase, aTouch, CUSTOMER_ID, DAY, HOUR, NOON } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';

const CAUSE = { type: 'purchase', id: 'shop/o-1', at: NOON };
const TIPS = aTouch({ name: 'tips', after: { hours: 1 }, at: '09:30', expires: { days: 3 } });
const PLAYBOOK = aPlaybook([TIPS]);
const AGAIN = { type: 'send-again', data: { touch: 'tips', occasion: 'o-1', cause: CAUSE, by: 'anna' } };

/** A customer of whose mail nobody knows what became. */
function aWorldOfUnknownFate(): ModelWorld {
  const world = new ModelWorld(PLAYBOOK, { fates: ['unknown', 'accepted'] });
  world.post({ type: 'purchase', data: { orderId: 'o-1' } });
  world.pass(10 * DAY);
  return world;
}

const agendaOf = (world: ModelWorld) => world.decisions.at(-1)?.answer.journey.agenda;

describe('planAgain', () => {
  it('gives the same touch and occasion a moment of its own, counted from when it was asked for', () => {
    const world = aWorldOfUnknownFate();
    world.post(AGAIN);

    expect(agendaOf(world)).toMatchObject([
      { touch: 'tips', occasion: 'o-1', because: CAUSE, again: true, wanted: world.now },
    ]);
    const [{ due = 0, expires } = {}] = agendaOf(world) ?? [];
    expect(due).toBe(world.now); // its time of that day is over: any later hour will do
    expect(expires).toBe(world.now + 3 * DAY);
  });

  it('plans it once, however often it is heard', () => {
    const world = aWorldOfUnknownFate();
    world.post(AGAIN);
    world.post(AGAIN);

    expect(agendaOf(world)).toHaveLength(1);
  });

  it('keeps its moment when a newer playbook comes, unless that has the touch no more', () => {
    const world = aWorldOfUnknownFate();
    world.post(AGAIN);
    const [before] = agendaOf(world) ?? [];
    world.playbook = { ...PLAYBOOK, version: 2, touches: [{ ...TIPS, after: { days: 30 } }] };
    world.post({ type: 'profile' });
    expect(agendaOf(world)).toEqual([before]);

    world.playbook = { ...PLAYBOOK, version: 3, touches: [] };
    world.post({ type: 'profile' });
    expect(agendaOf(world)).toEqual([]);
  });

  it.each([
    ['a touch that the playbook has not', { touch: 'gone' }],
    ['nothing that is named', { touch: undefined }],
    ['what it is not told the cause of', { cause: undefined }],
  ])('plans nothing for %s', (_what, data) => {
    const world = aWorldOfUnknownFate();
    world.post({ ...AGAIN, data: JSON.parse(JSON.stringify({ ...AGAIN.data, ...data })) });

    expect(agendaOf(world)).toEqual([]);
  });

  it('changes nothing of what a simulation sends', () => {
    const asked = anEvent({ type: 'send-again', n: 2, at: NOON + 5 * DAY, data: AGAIN.data });
    const played = simulate([aPurchase(1), asked], PLAYBOOK, NOON + 30 * DAY);

    expect(played.touches.map(({ touch, customerId }) => [touch, customerId])).toEqual([
      ['tips', CUSTOMER_ID],
    ]);
    expect(played.touches[0]?.due).toBeLessThan(NOON + DAY + HOUR);
  });
});
