import { describe, expect, it } from '@jest/globals';
import { errorsOf, inPhase } from '../support/playbook-text.ts';

describe('PlaybookDocument', () => {
  it.each([
    [
      'an unknown key',
      'phases: {}\nalwys: {}\n',
      'line 10, alwys: unknown key "alwys" (did you mean "always"?)',
    ],
    [
      'an unknown key of a touch',
      'phases: {}\nalways:\n  thank-you:\n    on: purchase\n    afer: 1 day\n',
      'line 13, always.thank-you.afer: unknown key "afer" (did you mean "after"?)',
    ],
    [
      'an unknown phase',
      inPhase('relationshp', 'touches: {}'),
      'line 10, phases.relationshp: unknown key "relationshp" (did you mean "relationship"?)',
    ],
    ['an absent key', 'always: {}\n', 'line 1, phases: is required'],
    [
      'a length that is none',
      inPhase('relationship', 'touches: { welcome: { on: entering, after: soon } }'),
      'line 11, phases.relationship.touches.welcome.after: is not a length of time (write 7 days, 1 hour or P7D)',
    ],
    [
      'a time that is none',
      inPhase('relationship', "touches: { welcome: { on: entering, at: '9:30' } }"),
      'line 11, phases.relationship.touches.welcome.at: is not a time of day (write it as 09:30)',
    ],
    [
      'a share without a sign',
      'phases: {}\ncontact: { holdout: 5 }\n',
      'line 10, contact.holdout: is not a share (write it as 5%)',
    ],
    [
      'a cap by the hour',
      'phases: {}\ncontact: { caps: [ { max: 1, per: 5 hours } ] }\n',
      'line 10, contact.caps[0].per: counts calendar days, at most 366 (write 2 days or 1 week)',
    ],
    [
      'a name that is none',
      'phases: {}\nalways: { Thank You: { on: purchase } }\n',
      'line 10, always.Thank You: is not a name (use lower case, digits and -, as in thank-you)',
    ],
    [
      'an unknown fact',
      inPhase('relationship', 'movesOn: [ { to: ambassador, when: { order.days: 1 } } ]'),
      'line 11, phases.relationship.movesOn[0].when.order.days: unknown fact "order.days" (did you mean "orders.days"?)',
    ],
    [
      'an operand of the wrong type',
      inPhase('relationship', "movesOn: [ { to: ambassador, when: { orders.days: { $gte: '4' } } } ]"),
      'line 11, phases.relationship.movesOn[0].when.orders.days.$gte: "orders.days" is compared to a number, not to "4"',
    ],
    [
      'a question that is none',
      'phases: {}\nalways: { thank-you: { on: delivered, ask: product-scor } }\n',
      'line 10, always.thank-you.ask: is not a question (did you mean "product-score"?)',
    ],
    [
      'a suggestion that is none',
      'phases: {}\nalways: { thank-you: { on: delivered, suggest: magic } }\n',
      'line 10, always.thank-you.suggest: is not a suggestion (known: cross-sell, replenishment)',
    ],
    [
      'a surprise of no kind',
      'phases: {}\nsurprises: { box: { kind: extended-waranty } }\n',
      'line 10, surprises.box.kind: is not a kind of surprise (did you mean "extended-warranty"?)',
    ],
    [
      'quiet hours of no time',
      "phases: {}\ncontact: { quiet: { from: '20:00', to: '20:00' } }\n",
      'line 10, contact.quiet: begins when it ends, which is no time at all (leave quiet out for none)',
    ],
    [
      '$where',
      inPhase('relationship', 'movesOn: [ { to: ambassador, when: { $where: x } } ]'),
      'line 11, phases.relationship.movesOn[0].when.$where: unknown operator "$where" (known: $and, $or)',
    ],
    [
      'a mode that is none',
      'phases: {}\nmode: dry-run\n',
      'line 10, mode: is not a mode (write rehearsal, live, or { pilot: 5% })',
    ],
    [
      'a day that is none',
      'phases: {}\ncontact: { blackout: [ 02-30 ] }\n',
      'line 10, contact.blackout[0].from: is not a day (write 2026-12-24, or 12-25 for every year)',
    ],
    [
      'a blackout that ends before it begins',
      'phases: {}\ncontact: { blackout: [ { from: 2027-05-05, to: 2027-05-04 } ] }\n',
      'line 10, contact.blackout[0]: ends before it begins',
    ],
    [
      'a weekday written out',
      'phases: {}\ncontact: { weekdays: [ mon, Tuesday ] }\n',
      'line 10, contact.weekdays[1]: is not a day of the week (did you mean "tue"?)',
    ],
    [
      'a weekday of another language',
      'phases: {}\ncontact: { weekdays: [ maandag ] }\n',
      'line 10, contact.weekdays[0]: is not a day of the week (write workdays, or some of [ mon, tue, wed, thu, fri, sat, sun ])',
    ],
    [
      'a weekday that is no list',
      'phases: {}\ncontact: { weekdays: mon }\n',
      'line 10, contact.weekdays: is not a list of days of the week (write workdays, or some of [ mon, tue, wed, thu, fri, sat, sun ])',
    ],
    [
      'no weekday',
      'phases: {}\ncontact: { weekdays: [] }\n',
      'line 10, contact.weekdays: leaves no day of the week (write workdays, or some of [ mon, tue, wed, thu, fri, sat, sun ])',
    ],
    [
      'a blackout with one year',
      'phases: {}\ncontact: { blackout: [ { from: 2027-05-05, to: 05-06 } ] }\n',
      'line 10, contact.blackout[0]: has a year on one side only (write both or none)',
    ],
    [
      'blackouts all year',
      'phases: {}\ncontact: { blackout: [ { from: 03-01, to: 11-30 }, { from: 12-01, to: 02-29 } ] }\n',
      'line 10, contact.blackout: leaves no day of the year for marketing',
    ],
    [
      'a warm-up by the hour',
      'phases: {}\ncontact: { perDay: { start: 200, double: every 2 hours } }\n',
      'line 10, contact.perDay.double: is not how often to double (write every 2 days)',
    ],
  ])('refuses %s', (_, rest, line) => {
    expect(errorsOf(rest)).toContain(line);
  });
});
