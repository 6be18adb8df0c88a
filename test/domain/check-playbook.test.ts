import { describe, expect, it } from '@jest/globals';
import { errorsOf, inPhase } from '../support/playbook-text.ts';

describe('checkPlaybook', () => {
  it.each([
    [
      'a template that is not there',
      'phases: {}\nalways: { thank-yuo: { on: purchase } }\n',
      'line 10, always.thank-yuo: no template "thank-yuo" in templates/ (did you mean "thank-you"?)',
    ],
    [
      'a name used twice',
      `${inPhase('relationship', 'touches: { welcome: { on: entering } }')}always: { welcome: { on: purchase } }\n`,
      'line 11, phases.relationship.touches.welcome: "welcome" is the name of another touch, always',
    ],
    [
      'a move backward',
      inPhase('relationship', 'movesOn: [ { to: getting-acquainted, after: 1 day } ]'),
      'line 11, phases.relationship.movesOn[0].to: getting-acquainted is not after relationship (a journey moves forward only; fallsBack answers an event)',
    ],
    [
      'a fall forward',
      inPhase('relationship', 'fallsBack: { to: ambassador, on: [lapse] }'),
      'line 11, phases.relationship.fallsBack.to: ambassador is not before relationship (use movesOn)',
    ],
    [
      'a move of everybody',
      inPhase('relationship', 'movesOn: [ { to: ambassador } ]'),
      'line 11, phases.relationship.movesOn[0]: moves everybody on at once (give when, or after)',
    ],
    [
      'a move that nothing wakes',
      inPhase(
        'relationship',
        'movesOn: [ { to: ambassador, when: { orders.last: { $olderThan: 9 days } } } ]',
      ),
      'line 11, phases.relationship.movesOn[0].when: asks for an age, and a date alone wakes nobody (add after: a moment at which it is asked)',
    ],
    [
      'a birthday as service',
      'phases: {}\nalways: { thank-you: { on: birthday, kind: service } }\n',
      'line 10, always.thank-you.on: does not belong in service mail (use kind: marketing)',
    ],
    [
      'clicks that nobody can agree to',
      'phases: {}\nalways: { welcome: { on: sign-up, measure: clicks } }\n',
      'line 10, always.welcome.measure: counts clicks, and customers cannot agree to it (name a topic clicks under topics)',
    ],
    [
      'clicks in service mail',
      'phases: {}\nalways: { thank-you: { on: purchase, kind: service, measure: clicks } }\n',
      'line 10, always.thank-you.measure: does not belong in service mail (use kind: marketing)',
    ],
    [
      'something else to measure',
      'phases: {}\nalways: { welcome: { on: sign-up, measure: opens } }\n',
      'line 10, always.welcome.measure: takes clicks (leave it out to measure nothing)',
    ],
    [
      'a question in service mail',
      'phases: {}\nalways: { thank-you: { on: purchase, kind: service, ask: nps } }\n',
      'line 10, always.thank-you.ask: does not belong in service mail (use kind: marketing)',
    ],
    [
      'a question about a product to a stranger',
      inPhase('first-contact', 'touches: { welcome: { on: entering, ask: product-score } }'),
      'line 11, phases.first-contact.touches.welcome.ask: asks about a product, and in first-contact there is none yet',
    ],
    [
      'a surprise for a stranger',
      `${inPhase('first-contact', 'touches: { welcome: { on: entering, surprise: box } }')}surprises: { box: { kind: gift } }\n`,
      'line 11, phases.first-contact.touches.welcome.surprise: first-contact has no surprises',
    ],
    [
      'a third question in getting acquainted',
      inPhase(
        'getting-acquainted',
        'touches: { welcome: { on: entering, ask: csat }, about-you: { on: entering, ask: profile }, goes-well: { on: entering, ask: open } }',
      ),
      'line 11, phases.getting-acquainted.touches.goes-well.ask: is one question too many: getting-acquainted asks at most 2',
    ],
    [
      'a surprise that is none',
      inPhase('relationship', 'touches: { small-treat: { on: purchase, surprise: bx } }'),
      'line 11, phases.relationship.touches.small-treat.surprise: no surprise "bx"',
    ],
    [
      'a surprise that reaches strangers',
      'phases: {}\nalways: { small-treat: { on: visit, surprise: box } }\nsurprises: { box: { kind: gift } }\n',
      'line 10, always.small-treat.surprise: reaches first-contact, which has no surprises (add when: { orders.days: { $gte: 1 } })',
    ],
    [
      'a question about a product that reaches strangers',
      'phases: {}\nalways: { about-you: { on: visit, ask: review, when: { complaints.open: 0 } } }\n',
      'line 10, always.about-you.ask: asks about a product, and reaches first-contact (add when: { orders.days: { $gte: 1 } })',
    ],
    [
      'a signature of nobody',
      'phases: {}\nalways: { thank-you: { on: purchase, from: ana } }\n',
      'line 10, always.thank-you.from: nobody called "ana" in shop.people',
    ],
    [
      'a limit on what comes round by itself',
      'phases: {}\nalways: { welcome: { on: birthday, oncePer: 1 year } }\n',
      'line 10, always.welcome.oncePer: does not go with on: birthday, which says itself how often (leave it out)',
    ],
    [
      'a touch of the machinery',
      'phases: {}\nalways: { thank-you: { on: pause } }\n',
      'line 10, always.thank-you.on: "pause" is never answered by a touch',
    ],
    [
      'a touch by the minute',
      'phases: {}\nalways: { thank-you: { on: { every: 5 minutes } } }\n',
      'line 10, always.thank-you.on.every: is more often than once a day',
    ],
  ])('refuses %s', (_, rest, line) => {
    expect(errorsOf(rest)).toContain(line);
  });

  it.each([
    ['after a purchase', 'on: delivered'],
    ['for buyers', 'on: visit, when: { orders.count: { $gt: 0 } }'],
    ['for other phases', 'on: visit, when: { phase: { $in: [relationship, ambassador] } }'],
  ])('lets `always` surprise %s', (_, cause) => {
    const rest = `phases: {}\nalways: { small-treat: { ${cause}, surprise: box } }\nsurprises: { box: { kind: gift } }\n`;

    expect(errorsOf(rest)).toEqual([]);
  });
});
