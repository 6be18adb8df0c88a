import { describe, expect, it } from '@jest/globals';
import { warningsOf } from '../support/playbook-text.ts';

describe('warningsOf', () => {
  it.each([
    [
      'an event nobody sends',
      'phases: {}\nalways: { thank-you: { on: purchse } }\n',
      'line 10, always.thank-you.on: no known event is called "purchse" (did you mean "purchase"?)',
    ],
    [
      'what this version cannot do',
      'phases: {}\nalways: { thank-you: { on: purchase, suggest: cross-sell } }\n',
      'line 10, always.thank-you.suggest: is not done by this version: "thank-you" will be skipped',
    ],
    [
      'news, before there are any',
      'phases: {}\nalways: { thank-you: { on: news } }\n',
      'line 10, always.thank-you.on: is not done by this version: "thank-you" will be skipped',
    ],
    [
      'a link for friends',
      'phases: {}\nalways: { thank-you: { on: purchase, referral: true } }\n',
      'line 10, always.thank-you.referral: is not done by this version: "thank-you" will be skipped',
    ],
    [
      'a recommendation asked for after each parcel',
      'phases: {}\nalways: { thank-you: { on: delivered, ask: nps } }\n',
      'line 10, always.thank-you.ask: asks for a recommendation more than twice a year (add oncePer: 6 months)',
    ],
    [
      'a recommendation asked for each season',
      'phases: {}\nalways: { thank-you: { on: { every: 90 days }, ask: nps } }\n',
      'line 10, always.thank-you.ask: asks for a recommendation more than twice a year (write { every: 6 months })',
    ],
    [
      'a lapse that never comes',
      'phases: {}\nalways: { win-back: { on: lapse } }\n',
      'line 10, always.win-back.on: nobody ever lapses (give lapseAfter, such as 120 days)',
    ],
    [
      'a discount too early',
      'phases: {}\nalways: { thank-you: { on: delivered, surprise: box } }\nsurprises: { box: { kind: coupon } }\n',
      'line 10, always.thank-you.surprise: gives a coupon before a second order day (value before price: add when: { orders.days: { $gte: 2 } })',
    ],
    [
      'a win-back that begins with a discount',
      'phases: {}\nlapseAfter: 9 days\nalways: { win-back: { on: lapse, surprise: box } }\nsurprises: { box: { kind: credit } }\n',
      'line 11, always.win-back.surprise: begins a win-back with a credit (value before price: ask what went wrong first)',
    ],
  ])('warns of %s', (_, rest, line) => {
    expect(warningsOf(rest)).toContain(line);
  });

  it('warns of a language that no mail is written in', () => {
    expect(warningsOf('phases: {}\n', 'de-AT')).toEqual([
      'line 5, shop.locale: no mail is written in "de-AT": who told no language gets English (known: nl, en)',
    ]);
    expect(warningsOf('phases: {}\n', 'nl-BE')).toEqual([]);
  });

  it.each([
    [
      'a recommendation asked for twice a year',
      'always: { thank-you: { on: { every: 6 months }, ask: nps } }\n',
    ],
    [
      'a recommendation asked for seldom',
      'always: { thank-you: { on: delivered, ask: nps, oncePer: 180 days } }\n',
    ],
  ])('does not doubt %s', (_, rest) => {
    expect(warningsOf(`phases: {}\n${rest}`).filter((line) => line.includes('twice'))).toEqual([]);
  });

  it.each([
    ["a shop's own event", 'phases: {}\nalways: { thank-you: { on: wishlist.added } }\n'],
    [
      'a gift',
      'phases: {}\nalways: { thank-you: { on: delivered, surprise: box } }\nsurprises: { box: { kind: gift } }\n',
    ],
    [
      'a discount after the second order day',
      'phases: {}\nalways:\n  thank-you: { on: delivered, surprise: box, when: { orders.days: { $gte: 2 } } }\nsurprises: { box: { kind: coupon } }\n',
    ],
  ])('does not doubt %s', (_, rest) => {
    expect(warningsOf(rest).filter((line) => !line.includes('this version'))).toEqual([]);
  });
});
