import { describe, expect, it } from '@jest/globals';
import { type Contact, proposeContact, silenceOf } from '../../domain/contact-policy.ts';
import type { Customer, Known, Place } from '../../domain/customer.ts';
import { dayNumber } from '../../domain/local-time.ts';
import { openMoment } from '../../domain/open-moment.ts';
import type { Touch } from '../../domain/playbook.ts';
import {
  aCustomer,
  aPlaybook,
  aPurchase,
  aTouch,
  CUSTOMER_ID,
  DAY,
  HOUR,
  NOON,
} from '../support/builders.ts';

const ZONE = 'Europe/Amsterdam';
const PLAYBOOK = aPlaybook([], {
  contact: { quiet: { from: '20:30', to: '08:30' }, caps: [{ max: 1, days: 2 }] },
});
const KEY = `${CUSTOMER_ID}/one/1`;
const NIGHT = NOON + 12 * HOUR;

const utc = (moment: number) => new Date(moment).toISOString().slice(0, 16);

function aContact(touch: Partial<Touch> = {}): Contact {
  const customer = aCustomer([aPurchase(1)]);
  const moment = { at: NOON, wanted: true, inHoldout: false, rehearsed: false };
  return { customer, touch: aTouch({ name: 'one', ...touch }), playbook: PLAYBOOK, key: KEY, ...moment };
}

const who = (change: Partial<Customer>) => (contact: Contact) => ({
  ...contact,
  customer: { ...contact.customer, ...change },
});
const known = (change: Partial<Known>) => (contact: Contact) =>
  who({ known: { ...contact.customer.known, ...change } })(contact);
const moment = (change: Partial<Contact>) => (contact: Contact) => ({ ...contact, ...change });
const blackout = (contact: Contact) => ({
  ...contact,
  playbook: aPlaybook([], { contact: { ...PLAYBOOK.contact, blackout: [{ from: '06-01', to: '06-02' }] } }),
});
const weekday = (contact: Contact) => ({
  ...contact,
  playbook: aPlaybook([], { contact: { ...contact.playbook.contact, weekdays: ['wed', 'thu'] } }),
});
const aPlace = (due: number, key = 'other', kind: Place['kind'] = 'marketing') =>
  who({ contact: { version: 1, places: [{ key, due, kind }] } });

/** What keeps a touch back, in the order of design §6, with the answer to each. */
const OBSTACLES = [
  ['erased', who({ erased: true }), { kind: 'skipped', reason: 'erased' }],
  ['merged', who({ mergedInto: 'another' }), { kind: 'skipped', reason: 'merged' }],
  ['ended', known({ ended: true }), { kind: 'skipped', reason: 'cancelled' }],
  ['suppressed', who({ suppressed: 'hard' }), { kind: 'skipped', reason: 'suppressed' }],
  ['without an address', known({ profile: { answered: [] } }), { kind: 'skipped', reason: 'no-address' }],
  ['without consent', known({ consents: {} }), { kind: 'skipped', reason: 'no-consent' }],
  ['complaining', known({ complaints: { open: ['c-1'] } }), { kind: 'postponed', reason: 'hold' }],
  ['paused', known({ pause: {} }), { kind: 'postponed', reason: 'paused' }],
  ['too late', moment({ expires: NOON }), { kind: 'skipped', reason: 'expired' }],
  ['not meant', moment({ wanted: false }), { kind: 'skipped', reason: 'condition' }],
  ['in a blackout', blackout, { kind: 'postponed', reason: 'blackout', until: expect.any(Number) }],
  ['on a closed weekday', weekday, { kind: 'postponed', reason: 'weekday', until: expect.any(Number) }],
  ['asleep', moment({ at: NIGHT }), { kind: 'postponed', reason: 'quiet-hours', until: NIGHT + 8.5 * HOUR }],
  ['written to lately', aPlace(NOON - DAY), { kind: 'postponed', reason: 'cap', until: NOON + 20.5 * HOUR }],
  ['held out', moment({ inHoldout: true }), { kind: 'skipped', reason: 'holdout' }],
  ['rehearsed with', moment({ rehearsed: true }), { kind: 'skipped', reason: 'rehearsal' }],
] as const;

const FOR_ALL = [
  ...['erased', 'merged', 'ended', 'suppressed', 'without an address', 'too late', 'not meant'],
  'rehearsed with',
];

describe('proposeContact', () => {
  it.each(OBSTACLES.map(([name, , expected], i) => [name, i, expected] as const))(
    'answers first, before all that comes after it, whoever is %s',
    (_name, i, expected) => {
      const contact = OBSTACLES.slice(i).reduce((hindered, [, hinder]) => hinder(hindered), aContact());

      expect(proposeContact(contact)).toEqual(expected);
    },
  );

  it('sends where nothing is in the way', () => {
    expect(proposeContact(aContact())).toEqual({ kind: 'send' });
  });

  it.each(OBSTACLES)('lets service mail pass or not: %s', (name, hinder, expected) => {
    const contact = hinder(aContact({ kind: 'service' }));

    expect(proposeContact(contact)).toEqual(FOR_ALL.includes(name) ? expected : { kind: 'send' });
  });

  it('asks for consent to the topic of the touch', () => {
    expect(proposeContact(aContact({ topic: 'tips' }))).toEqual({ kind: 'skipped', reason: 'no-consent' });
  });

  it.each([
    ['its own place', aPlace(NOON - DAY, KEY)],
    ['a place two days back', aPlace(NOON - 2 * DAY)],
    ['service mail', aPlace(NOON, 'other', 'service')],
  ])('does not count %s against the caps', (_what, hinder) => {
    expect(proposeContact(hinder(aContact()))).toEqual({ kind: 'send' });
  });

  it('postpones by a cap to the time of day the touch asks for', () => {
    const contact = aPlace(NOON)(aContact({ at: '19:00' }));

    expect(proposeContact(contact)).toEqual({
      kind: 'postponed',
      reason: 'cap',
      until: NOON + 2 * DAY + 7 * HOUR,
    });
  });
});

describe('silenceOf', () => {
  it.each<[string, Partial<Known>, object | undefined]>([
    ['nothing', {}, undefined],
    ['a pause that is over', { pause: { until: NOON } }, undefined],
    ['a pause until later', { pause: { until: NOON + 1 } }, { reason: 'paused', until: NOON + 1 }],
    [
      'a complaint beside it',
      { pause: { until: NOON + 1 }, complaints: { open: ['c'] } },
      { reason: 'hold' },
    ],
  ])('tells of %s', (_what, change, expected) => {
    const { customer } = known(change)(aContact());

    expect(silenceOf(customer, NOON)).toEqual(expected);
  });
});

describe('openMoment', () => {
  const today = dayNumber(NOON, ZONE);
  const room = (touch: Partial<Touch>, taken: number[], missedOn?: number) => ({
    ...{ touch: aTouch({ name: 'one', ...touch }), playbook: PLAYBOOK, zone: ZONE },
    ...{ taken, missedOn },
  });

  it.each<[string, Partial<Touch>, number[], number, string]>([
    ['at once, where there is room', {}, [], NOON, '2026-06-01T10:00'],
    ['when the night is over', {}, [], NIGHT, '2026-06-02T06:30'],
    ['on a day with a free place, at its first open hour', {}, [today], NOON, '2026-06-03T06:30'],
    ['at its time that day', { at: '19:00' }, [], NOON, '2026-06-01T17:00'],
    ['at its time the next day', { at: '09:00' }, [], NOON, '2026-06-02T07:00'],
    ['at its time on a free day', { at: '09:00' }, [today + 1], NOON, '2026-06-04T07:00'],
    ['in the morning, if its time is in the night', { at: '23:30' }, [], NOON, '2026-06-02T06:30'],
  ])('is %s', (_case, touch, taken, from, expected) => {
    expect(utc(openMoment(room(touch, taken), from))).toBe(expected);
  });

  it.each([
    ['any hour of the day on which it missed its time', NOON, today, '2026-06-01T10:00'],
    ['its time, if that is still to come', NOON - 4 * HOUR, today, '2026-06-01T07:00'],
    ['its time of the next day, if the day is over', NIGHT - 3 * HOUR, today, '2026-06-02T07:00'],
    ['its time, on any other day', NOON, today - 1, '2026-06-02T07:00'],
  ])('is %s', (_case, from, missedOn, expected) => {
    expect(utc(openMoment(room({ at: '09:00' }, [], missedOn), from))).toBe(expected);
  });

  it.each<[string, Partial<Touch>, number, string]>([
    ['a closed weekday goes to the next open one', {}, NOON, '2026-06-02T06:30'],
    [
      "its own weekdays take the place of everybody's",
      { weekdays: ['mon', 'sat'] },
      NOON,
      '2026-06-01T10:00',
    ],
    ['its time on an open weekday', { at: '19:00' }, NOON + 2 * DAY, '2026-06-09T17:00'],
    [
      'a time that is quiet until a closed day gives way',
      { at: '22:00' },
      NOON + 2 * DAY,
      '2026-06-09T06:30',
    ],
  ])('keeps to open weekdays: %s', (_case, touch, from, expected) => {
    const contact = { ...PLAYBOOK.contact, weekdays: ['tue'] as const };

    expect(utc(openMoment({ ...room(touch, []), playbook: aPlaybook([], { contact }) }, from))).toBe(
      expected,
    );
  });

  it('spreads what closed days held back over the first open hour, each customer at a moment of their own', () => {
    const contact = { ...PLAYBOOK.contact, blackout: [{ from: '06-01', to: '06-03' }] };
    const fit = { ...room({}, []), playbook: aPlaybook([], { contact }) };
    const opens = Date.parse('2026-06-04T06:30Z');

    const moments = Array.from({ length: 200 }, (_, i) =>
      openMoment({ ...fit, spreadBy: `customer-${i}` }, NOON),
    );

    expect(Math.min(...moments)).toBeGreaterThanOrEqual(opens);
    expect(Math.max(...moments)).toBeLessThan(opens + HOUR);
    const inEach = Map.groupBy(moments, (at) => Math.floor((at - opens) / (6 * 60_000)));
    expect(inEach.size).toBe(10);
    expect(Math.max(...[...inEach.values()].map(({ length }) => length))).toBeLessThan(40);
  });
});
