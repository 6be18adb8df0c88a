import { describe, expect, it } from '@jest/globals';
import { simulate } from '../../domain/simulate.ts';
import { anEvent, aPlaybook, aPurchase, aTouch, DAY, HOUR, NOON } from '../support/builders.ts';

const YEAR = 365 * DAY;
const played = (playbook: ReturnType<typeof aPlaybook>, events: Parameters<typeof simulate>[0], days = 365) =>
  simulate(events, playbook, NOON + days * DAY).touches.map(
    ({ touch, occasion, due, outcome }) =>
      `${new Date(due).toISOString().slice(0, 16)} ${touch}/${occasion} ${'reason' in outcome ? outcome.reason : outcome.kind}`,
  );

describe('simulate', () => {
  it('thanks for an order an hour after it', () => {
    const playbook = aPlaybook([aTouch({ name: 'thank-you', after: { hours: 1 }, kind: 'service' })]);

    expect(played(playbook, [aPurchase(1)])).toEqual(['2026-06-01T11:00 thank-you/o-1 accepted']);
  });

  it('enters a phase once, and drops what the phase left had planned for itself', () => {
    const playbook = aPlaybook([
      aTouch({ name: 'welcome', on: 'entering', phase: 'first-contact', after: { days: 1 }, at: '09:30' }),
      aTouch({
        name: 'good-to-know',
        on: 'entering',
        phase: 'getting-acquainted',
        after: { days: 5 },
        at: '09:30',
      }),
    ]);
    const events = [
      anEvent({ type: 'sign-up', n: 1 }),
      aPurchase(2, NOON + HOUR),
      aPurchase(3, NOON + 9 * DAY),
    ];

    expect(played(playbook, events)).toEqual(['2026-06-07T07:30 good-to-know/1 accepted']);
  });

  it('welcomes whoever was begun by hand only where that is asked for', () => {
    const playbook = aPlaybook([aTouch({ name: 'welcome', on: 'entering', phase: 'first-contact' })]);
    const begun = (data: { welcome?: boolean }) => [anEvent({ type: 'start', n: 1, data })];

    expect(played(playbook, begun({}))).toEqual([]);
    expect(played(playbook, begun({ welcome: true }))).toEqual(['2026-06-01T10:00 welcome/1 accepted']);
  });

  it('keeps a frequency cap by moving the less important', () => {
    const playbook = aPlaybook(
      [
        aTouch({ name: 'minor', after: { days: 3 }, at: '09:00', priority: 10 }),
        aTouch({ name: 'major', after: { days: 3 }, at: '10:00', priority: 90 }),
      ],
      { contact: { caps: [{ max: 1, days: 2 }] } },
    );

    expect(played(playbook, [aPurchase(1)])).toEqual([
      '2026-06-05T08:00 major/o-1 accepted',
      '2026-06-07T07:00 minor/o-1 accepted',
    ]);
  });

  it('is silent while a complaint is open, and goes on after it without a burst', () => {
    const playbook = aPlaybook(
      [
        aTouch({ name: 'one', after: { days: 2 }, at: '09:00' }),
        aTouch({ name: 'two', after: { days: 4 }, at: '09:00' }),
      ],
      { contact: { caps: [{ max: 1, days: 2 }] } },
    );
    const events = [
      aPurchase(1),
      anEvent({ type: 'complaint', n: 2, at: NOON + DAY, data: { text: 'broken' } }),
      anEvent({ type: 'complaint-resolved', n: 3, at: NOON + 20 * DAY }),
    ];

    expect(played(playbook, events)).toEqual([
      '2026-06-22T07:00 one/o-1 accepted',
      '2026-06-24T07:00 two/o-1 accepted',
    ]);
  });

  it('answers a lapse, then rests, and wakes with the comeback', () => {
    const playbook = aPlaybook(
      [
        aTouch({ name: 'win-back', on: 'lapse', after: { days: 5 } }),
        aTouch({ name: 'newsy', on: 'anniversary', at: '10:00' }),
        aTouch({ name: 'good-again', on: 'comeback', after: { days: 1 } }),
      ],
      { lapseAfter: { days: 120 } },
    );
    const events = [aPurchase(1), aPurchase(2, NOON + YEAR + 20 * DAY)];

    expect(played(playbook, events, 400)).toEqual([
      '2026-10-04T10:00 win-back/o-1 accepted',
      '2027-06-22T08:00 newsy/2027 accepted',
      '2027-06-22T10:00 good-again/o-2 accepted',
    ]);
  });
});
