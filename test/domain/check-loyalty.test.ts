import { describe, expect, it } from '@jest/globals';
import { errorsOf, read } from '../support/playbook-text.ts';

const loyalty = (rules: string, more = '') =>
  `loyalty:\n  terms: 2026-11 of the shop\n  joining: automatic\n  points:\n    ${more}\n    earn:\n      ${rules}\nphases: {}\n`;

describe('checkLoyalty', () => {
  it('reads a programme, with what holds where it says nothing, and a touch for each day that earns', () => {
    const outcome = read(
      loyalty(
        'orders: { on: purchase, points: 2, per: 1.50 EUR }\n      birthdays: { on: birthday, points: 5 }',
      ),
    );

    expect(outcome).toMatchObject({
      kind: 'read',
      playbook: {
        loyalty: {
          joining: 'automatic',
          points: {
            earn: { orders: { points: 2, per: { amount: 150, currency: 'EUR' } } },
            ...{
              pendingFor: { days: 14 },
              pendingAtMost: { days: 30 },
              notice: { days: 30 },
              history: false,
            },
          },
        },
        touches: expect.arrayContaining([
          expect.objectContaining({
            ...{ name: 'points-birthday', on: 'birthday', does: 'points', kind: 'service' },
          }),
        ]),
      },
    });
  });

  it.each([
    ['late: { on: lapse, points: 5 }', 'earns nobody points'],
    ['again: { on: tier, points: 5 }', 'earns nobody points'],
    ['parcels: { on: delivered, points: 1, per: 1 EUR }', 'only a purchase tells of any'],
    ['days: { on: birthday, points: 5, where: { year: 2026 } }', 'asks what a birthday says'],
    ['free: { on: purchase, points: 1, per: 0 EUR }', 'is not an amount to count by'],
    ['much: { on: review, points: 1.5 }', 'is not a number of points'],
    ['Much: { on: review, points: 1 }', 'is not a name'],
    ['some: { on: review, points: 1, when: { orders.dayz: 1 } }', 'orders.dayz'],
  ])('refuses %s', (rule, words) => {
    expect(errorsOf(loyalty(rule)).join()).toContain(words);
  });

  it('lets no points expire of which nobody is told', () => {
    const expiring = loyalty('reviews: { on: review, points: 5 }', 'expireAfter: 24 months');
    const told = 'always:\n  thank-you: { on: points-expiring, kind: service }\n';

    expect(errorsOf(expiring).join()).toContain('lets points expire, and nobody is told');
    expect(errorsOf(told + expiring)).toEqual([]);
  });

  it('keeps the names of its own touches for itself', () => {
    const own = 'always:\n  points-birthday: { on: purchase }\n';

    expect(errorsOf(own + loyalty('birthdays: { on: birthday, points: 5 }')).join()).toContain(
      'points-birthday',
    );
  });
});
