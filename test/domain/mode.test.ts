import { describe, expect, it } from '@jest/globals';
import { isRehearsed, type Mode } from '../../domain/mode.ts';
import { aPlaybook, aTouch, DAY } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';
import { sentIn } from '../support/told.ts';

const PEOPLE = Array.from({ length: 2_000 }, (_, i) => `customer-${i}`);
const realIn = (mode: Mode | undefined) => PEOPLE.filter((id) => !isRehearsed(id, mode));

describe('isRehearsed', () => {
  it.each<[string, Mode | undefined, number]>([
    ['no mode', undefined, 2_000],
    ['live', { kind: 'live' }, 2_000],
    ['rehearsal', { kind: 'rehearsal' }, 0],
    ['a pilot of nobody', { kind: 'pilot', share: 0 }, 0],
    ['a pilot of all', { kind: 'pilot', share: 1 }, 2_000],
  ])('leaves, in %s, %d', (_name, mode, expected) => {
    expect(realIn(mode)).toHaveLength(expected);
  });

  it('lets a pilot write to its share, and keep them when it grows', () => {
    const small = realIn({ kind: 'pilot', share: 0.05 });
    const large = realIn({ kind: 'pilot', share: 0.5 });

    expect(small.length).toBeGreaterThan(60);
    expect(small.length).toBeLessThan(140);
    expect(large).toEqual(expect.arrayContaining(small));
  });
});

describe('a rehearsal', () => {
  const TOUCHES = [1, 2, 3].map((n) => aTouch({ name: `tip-${n}`, after: { days: 1 }, priority: n }));
  const CAPS = { contact: { caps: [{ max: 1, days: 2 }] } };
  const purchase = { type: 'purchase', data: { orderId: 'o-1' } };

  it('decides as if mails left, caps too, and going live sends nothing of it again', () => {
    const world = new ModelWorld(aPlaybook(TOUCHES, { ...CAPS, mode: { kind: 'rehearsal' } }));
    world.post(purchase);
    world.pass(4 * DAY);
    world.playbook = aPlaybook(TOUCHES, { ...CAPS, version: 2 });
    world.post({ type: 'profile' });
    world.pass(10 * DAY);

    expect(sentIn(world)).toEqual([
      '06-02 10:00 tip-3/o-1 rehearsal',
      '06-03 22:00 tip-2/o-1 rehearsal',
      '06-05 22:00 tip-1/o-1 accepted',
    ]);
  });
});
