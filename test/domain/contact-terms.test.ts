import { describe, expect, it } from '@jest/globals';
import { read } from '../support/playbook-text.ts';

/** The playbook that this, the rest of a document, describes. */
function playbookOf(rest: string) {
  const outcome = read(`phases: {}\n${rest}`);
  if (outcome.kind === 'refused') throw new Error(outcome.errors[0]?.message);
  return outcome.playbook;
}

describe('ModeTerm', () => {
  it.each([
    ['mode: live', { kind: 'live' }],
    ['mode: rehearsal', { kind: 'rehearsal' }],
    ['mode: { pilot: 5% }', { kind: 'pilot', share: 0.05 }],
    ['mode:\n  pilot: 0.5%', { kind: 'pilot', share: 0.005 }],
    ['always: {}', undefined],
  ])('reads %s', (text, mode) => {
    expect(playbookOf(text).mode).toEqual(mode);
  });
});

describe('Blackouts', () => {
  it('are days, ranges of days, and days of every year', () => {
    const { contact } = playbookOf(
      'contact: { blackout: [ 2026-12-24, { from: 2027-05-04, to: 2027-05-05 }, 12-25, { from: 12-31, to: 01-01 } ] }',
    );

    expect(contact.blackout).toEqual([
      { from: '2026-12-24', to: '2026-12-24' },
      { from: '2027-05-04', to: '2027-05-05' },
      { from: '12-25', to: '12-25' },
      { from: '12-31', to: '01-01' },
    ]);
  });
});

describe('Weekdays', () => {
  it.each([
    ['workdays', ['mon', 'tue', 'wed', 'thu', 'fri']],
    ['[ sun, mon, mon ]', ['mon', 'sun']],
  ])('reads %s', (text, weekdays) => {
    expect(playbookOf(`contact: { weekdays: ${text} }`).contact.weekdays).toEqual(weekdays);
  });

  it("are a touch's own too", () => {
    const [touch] = playbookOf('always: { welcome: { on: sign-up, weekdays: [ sat ] } }').touches;

    expect(touch).toMatchObject({ weekdays: ['sat'] });
  });
});

describe('PerDay', () => {
  it.each([
    ['every 2 days', 2],
    ['every day', 1],
  ])('doubles %s', (double, doubleDays) => {
    const { contact } = playbookOf(`contact: { perDay: { start: 200, double: ${double} } }`);

    expect(contact.perDay).toEqual({ start: 200, doubleDays });
  });
});
