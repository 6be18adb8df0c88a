import { describe, expect, it } from '@jest/globals';
import {
  type JoinFields,
  mayAsk,
  mayJoinAnew,
  readWish,
  retryConfirmation,
  topicsOffered,
} from '../../domain/joining.ts';
import { aPlaybook, aTouch, HOUR, NOON } from '../support/builders.ts';

const MINUTE = 60_000;
const OFFERED = ['news', 'tips'];

function aForm(fields: Partial<JoinFields> = {}): JoinFields {
  return { name: 'An', email: 'an@example.com', topics: ['news'], met: '', campaign: '', ...fields };
}

describe('topicsOffered', () => {
  it('offers what marketing touches are about, once each, in the order of the playbook', () => {
    const touches = [
      aTouch({ name: 'a', topic: 'tips' }),
      aTouch({ name: 'b', topic: 'news' }),
      aTouch({ name: 'c', topic: 'tips' }),
      aTouch({ name: 'thank-you', topic: 'orders', kind: 'service' }),
    ];

    expect(topicsOffered(aPlaybook(touches))).toEqual(['tips', 'news']);
  });
});

describe('readWish', () => {
  it('reads who somebody is and what they want to hear about', () => {
    const form = aForm({
      name: '  Jan  Piet ',
      email: ' An@EXAMPLE.com ',
      met: 'event',
      campaign: 'fair 2026',
    });

    expect(readWish(form, OFFERED)).toEqual({
      kind: 'read',
      wish: {
        ...{ email: 'An@example.com', name: 'Jan Piet', topics: ['news'] },
        metThrough: { channel: 'event', campaign: 'fair 2026' },
      },
    });
  });

  it('asks neither for a name nor how they met', () => {
    const read = readWish(aForm({ name: '' }), OFFERED);

    expect(read).toEqual({ kind: 'read', wish: { email: 'an@example.com', topics: ['news'] } });
  });

  it.each([
    [{ email: '' }, { email: 'missing' }],
    [{ email: 'an@example' }, { email: 'not-an-address' }],
    [{ email: 'an@example.com\r\nBcc: x@example.com' }, { email: 'not-an-address' }],
    [{ topics: [] }, { topics: 'none' }],
    [{ topics: ['gossip'] }, { topics: 'none' }],
    [{ name: 'win at https://spam.example' }, { name: 'not-a-name' }],
    [{ name: 'www.spam.example' }, { name: 'not-a-name' }],
    [{ name: 'a@b.example' }, { name: 'not-a-name' }],
    [{ name: 'An\u0000' }, { name: 'not-a-name' }],
    [{ name: 'n'.repeat(65) }, { name: 'not-a-name' }],
    [
      { name: '<b>', email: 'x', topics: [] },
      { name: 'not-a-name', email: 'not-an-address', topics: 'none' },
    ],
  ])('refuses %j', (fields, faults) => {
    expect(readWish(aForm(fields), OFFERED)).toEqual({ kind: 'refused', faults });
  });

  it.each([
    [{ met: 'word-of-mouth' }, { channel: 'word-of-mouth' }],
    [{ met: 'made-up' }, undefined],
    [{ campaign: 'flyer' }, { channel: 'other', campaign: 'flyer' }],
    [{ met: 'press', campaign: '<script>' }, { channel: 'press' }],
  ])('takes of %j what can be counted', (fields, metThrough) => {
    const read = readWish(aForm(fields), OFFERED);

    expect(read.kind === 'read' && read.wish.metThrough).toEqual(metThrough);
  });
});

describe('mayAsk', () => {
  it.each<[string, number[], boolean]>([
    ['the first time', [], true],
    ['after nine minutes', [9], false],
    ['after ten minutes', [10], true],
    ['a third time within the day', [30, 600], true],
    ['a fourth time within the day', [30, 600, 1_439], false],
    ['a fourth time when a day has passed', [30, 600, 1_440], true],
    ['when the clock went back', [-5], false],
  ])('%s', (_when, minutesAgo, may) => {
    const asked = minutesAgo.map((minutes) => NOON - minutes * MINUTE);

    expect(mayAsk(asked, NOON)).toBe(may);
  });
});

describe('retryConfirmation', () => {
  it('waits longer each time, and at most an hour', () => {
    const waits = [0, 1, 2, 3, 20].map((failures) => (retryConfirmation(failures, NOON, NOON) ?? 0) - NOON);

    expect(waits).toEqual([1, 2, 4, 8, 60].map((minutes) => minutes * MINUTE));
  });

  it('gives up while the link would still be worth something', () => {
    expect(retryConfirmation(20, NOON, NOON + 47 * HOUR)).toBe(NOON + 48 * HOUR);
    expect(retryConfirmation(20, NOON, NOON + 47 * HOUR + 1)).toBeUndefined();
  });
});

describe('mayJoinAnew', () => {
  it.each([
    ['unsubscribe', true],
    ['unsubscribed', true],
    ['opt-out', true],
    ['soft-bounces', true],
    ['hard-bounce', false],
    ['spam-complaint', false],
    ['asked', false],
  ])('of who was suppressed for %s: %s', (reason, may) => {
    expect(mayJoinAnew(reason)).toBe(may);
  });
});
