import { describe, expect, it } from '@jest/globals';
import { askLink, isLinkMailed } from '../../domain/fresh-link.ts';
import { ownTouches } from '../../domain/own-touches.ts';
import { aCustomer, anEvent, aPlaybook, NOON } from '../support/builders.ts';

const HOUR = 3_600_000;
const PLAYBOOK = aPlaybook([...ownTouches({})]);
const AN = aCustomer([anEvent({ type: 'sign-up', n: 1, customer: { email: 'an@example.com' } })]);

describe('askLink', () => {
  it('is one event of a customer in a clock hour, and another in the next, or of another', () => {
    const [first, again] = [askLink(AN, NOON), askLink(AN, NOON + HOUR - 1)];

    expect(first.event).toEqual({ type: 'link-asked', at: NOON });
    expect(again.id).toBe(first.id);
    const others = [askLink(AN, NOON + HOUR), askLink({ id: 'ben' }, NOON)].map(({ id }) => id);
    expect(new Set([first.id, ...others]).size).toBe(3);
  });
});

describe('isLinkMailed', () => {
  const known = (more: object) => ({ ...AN, known: { ...AN.known, ...more } });

  it('is so for whom we write to, by a playbook that has the mail', () => {
    expect(isLinkMailed(AN, PLAYBOOK)).toBe(true);
  });

  it.each([
    ['by a playbook of before', AN, aPlaybook([])],
    ['while all is rehearsed', AN, { ...PLAYBOOK, mode: { kind: 'rehearsal' as const } }],
    ['while only others are written to', AN, { ...PLAYBOOK, mode: { kind: 'pilot' as const, share: 0 } }],
    ['to a suppressed address', { ...AN, suppressed: 'hard-bounce' }, PLAYBOOK],
    ['to who ended', known({ ended: true }), PLAYBOOK],
    ['to who has no address', known({ profile: { answered: [] } }), PLAYBOOK],
  ])('is not so %s', (_, customer, playbook) => {
    expect(isLinkMailed(customer, playbook)).toBe(false);
  });
});
