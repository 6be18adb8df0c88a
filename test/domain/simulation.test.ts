import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '../../domain/event.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { Simulation } from '../../domain/simulation.ts';
import { anEvent, aPlaybook, aPurchase, aTouch, DAY, HOUR, NOON } from '../support/builders.ts';

const MIDNIGHT = NOON - 12 * HOUR; // on a Monday, in Amsterdam

function figuresOf(playbook: Playbook, lives: readonly (readonly StoredEvent[])[], days = 28) {
  const simulation = new Simulation(playbook, { from: MIDNIGHT, until: MIDNIGHT + days * DAY });
  for (const life of lives) simulation.play(life);
  return simulation.figures();
}

const thanks = aTouch({ name: 'thanks', after: { hours: 1 }, kind: 'service' });
const letter = aTouch({ name: 'letter', after: { days: 1 }, at: '10:00' });

describe('Simulation', () => {
  it('counts what is sent, to whom, and when', () => {
    const figures = figuresOf(aPlaybook([thanks, letter]), [[aPurchase(1)], [aPurchase(1, NOON + 7 * DAY)]]);

    expect(figures.customers).toBe(2);
    expect(figures.mails.all).toEqual({
      mails: 4,
      perCustomerAndWeek: { mean: 4 / 7, median: 0, p95: 2, max: 2 }, // one is known for four weeks, one for three
      perCustomer: { mean: 2, median: 2, p95: 2, max: 2 },
      neverMailed: 0,
    });
    expect(figures.mails.marketing).toMatchObject({ mails: 2, perCustomerAndWeek: { max: 1 } });
    expect(figures.load).toEqual({
      busiestDay: { from: '2026-06-01', mails: 1 },
      busiestWeek: { from: '2026-06-01', mails: 2 },
      quietestWeek: { from: '2026-06-15', mails: 0 },
    });
  });

  it('says of every planned touch what became of it', () => {
    const playbook = aPlaybook([
      aTouch({ name: 'sent' }),
      aTouch({ name: 'unwanted', when: { 'orders.count': { $gte: 9 } } }),
      aTouch({ name: 'cancelled', after: { days: 9 }, cancelOn: ['refund'] }),
      aTouch({ name: 'later', after: { days: 60 } }),
      aTouch({ name: 'suggestion', suggest: 'cross-sell' }),
    ]);
    const back = anEvent({ type: 'refund', n: 2, at: NOON + DAY, data: { orderId: 'o-1' } });
    const { touches } = figuresOf(playbook, [[aPurchase(1), back]]);

    const rows = touches.map(({ touch, planned, sent, skipped, dropped, toCome, supported }) => {
      return [touch, planned, sent, skipped, dropped, toCome, supported];
    });
    expect(rows).toEqual([
      ['sent', 1, 1, {}, {}, 0, true],
      ['unwanted', 1, 0, { condition: 1 }, {}, 0, true],
      ['cancelled', 1, 0, {}, { cancelled: 1 }, 0, true],
      ['later', 1, 0, {}, {}, 1, true],
      ['suggestion', 1, 0, { unsupported: 1 }, {}, 0, false],
    ]);
  });

  it('counts customers, weeks and mails by phase', () => {
    const signUp = anEvent({ type: 'sign-up', n: 1, at: MIDNIGHT });
    const { phases } = figuresOf(aPlaybook([thanks]), [[signUp, aPurchase(2, MIDNIGHT + 7 * DAY)], [signUp]]);

    expect(phases.slice(0, 3)).toMatchObject([
      { phase: 'first-contact', customersAtTheEnd: 1, customerWeeks: 5, mails: 0 },
      {
        phase: 'getting-acquainted',
        customersAtTheEnd: 1,
        customerWeeks: 3,
        mails: 1,
        mailsPerCustomerAndWeek: 1 / 3,
      },
      { phase: 'relationship', customersAtTheEnd: 0, customerWeeks: 0, mails: 0, mailsPerCustomerAndWeek: 0 },
    ]);
  });

  it('counts what happened before the time as nobody’s week', () => {
    const old = { ...aPurchase(1, NOON - 400 * DAY), acts: false, receivedAt: MIDNIGHT };
    const { phases, mails } = figuresOf(aPlaybook([thanks]), [[old]]);

    expect(phases[1]).toMatchObject({ customersAtTheEnd: 1, customerWeeks: 4 });
    expect(mails.all).toMatchObject({ mails: 0, perCustomerAndWeek: { max: 0 }, neverMailed: 1 });
  });
});

describe('Simulation under frequency caps', () => {
  const caps = [{ max: 1, days: 2 }];
  const minor = aTouch({ name: 'minor', after: { days: 1 }, at: '10:00', priority: 10 });
  const brief = { ...minor, expires: { days: 1 } };
  const twoDays = { name: 'letter', putOff: 1, medianDays: 2, expired: 0 };
  const of = (playbook: Playbook, events: readonly StoredEvent[] = [aPurchase(1)]) =>
    figuresOf(playbook, [events]).touches.map(({ touch, caps }) => ({ name: touch, ...caps }));
  const untouched = (name: string) => ({ name, putOff: 0, medianDays: 0, expired: 0 });

  it('counts what they put off, and by how long', () => {
    const found = of(aPlaybook([letter, minor], { contact: { caps } }));

    expect(found).toEqual([untouched('letter'), { ...twoDays, name: 'minor' }]);
  });

  it('counts what expires while it waits for a place', () => {
    const found = of(aPlaybook([letter, brief], { contact: { caps } }));

    expect(found).toEqual([untouched('letter'), { ...untouched('minor'), expired: 1 }]);
  });

  it('counts neither what quiet hours move, nor what was put off and found a place after all', () => {
    const quiet = { from: '20:30', to: '11:00' };
    const undone = { ...letter, cancelOn: ['visit'] };
    const visit = anEvent({ type: 'visit', n: 2, at: NOON + HOUR });

    expect(of(aPlaybook([letter], { contact: { caps, quiet } }))).toEqual([untouched('letter')]);
    expect(of(aPlaybook([undone, minor], { contact: { caps } }), [aPurchase(1), visit])).toEqual([
      untouched('letter'),
      untouched('minor'),
    ]);
  });

  it('tells in the biography when a touch would be due without them', () => {
    const simulation = new Simulation(aPlaybook([letter, minor], { contact: { caps } }), {
      ...{ from: MIDNIGHT, until: MIDNIGHT + 28 * DAY },
    });
    const { changes } = simulation.play([aPurchase(1)]);

    expect(changes.filter(({ kind }) => kind === 'planned')).toMatchObject([
      { touch: 'letter', due: MIDNIGHT + 2 * DAY + 10 * HOUR },
      { touch: 'minor', due: MIDNIGHT + 4 * DAY + 10 * HOUR, uncapped: MIDNIGHT + 2 * DAY + 10 * HOUR },
    ]);
  });
});
