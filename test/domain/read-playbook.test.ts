import { describe, expect, it } from '@jest/globals';
import { OWN_TOUCHES } from '../../domain/own-touches.ts';
import { readPlaybook } from '../../domain/read-playbook.ts';
import { errorsOf, inPhase, read } from '../support/playbook-text.ts';

describe('readPlaybook', () => {
  it('fills in the defaults', () => {
    const outcome = read('always:\n  thank-you: { on: purchase }\nphases: {}\n');

    expect(outcome).toMatchObject({
      kind: 'read',
      warnings: [],
      playbook: {
        version: 0,
        shop: { team: [], softOptIn: [] },
        contact: { caps: [], holdout: 0 },
        touches: [
          {
            name: 'thank-you',
            on: 'purchase',
            after: {},
            kind: 'marketing',
            topic: 'news',
            cancelOn: [],
            again: false,
            priority: 50,
          },
          ...OWN_TOUCHES.map((name) => ({ name, kind: 'service' })),
        ],
        phases: { relationship: { movesOn: [] } },
      },
    });
  });

  it('reads what the design shows', () => {
    const outcome = read(`contact:
  quiet: { from: '20:30', to: '08:30' }
  caps: [ { max: 1, per: 2 days }, { max: 6, per: 1 week } ]
  asks: { max: 1, per: 30 days }
  holdout: 5%
surprises:
  tasting-box: { kind: gift, value: 12.50 EUR, budget: { amount: 2500 EUR, per: 1 month }, oncePer: 1 year }
lapseAfter: 120 days
always:
  thank-you: { on: purchase, after: 1 hour, kind: service, cancelOn: [cancelled] }
phases:
  getting-acquainted:
    touches:
      about-you: { on: entering, after: P25D, at: '09:30', ask: profile }
      goes-well: { on: entering, after: 45 days, suggest: cross-sell, when: { orders.days: 1 } }
    movesOn:
      - { to: relationship, after: 90 days, when: { feedback.product: { $gte: 8 } } }
  relationship:
    touches:
      small-treat: { on: purchase, after: 20 days, surprise: tasting-box, share: 10% }
      handwritten: { on: { every: 90 days }, by: team }
  ambassador:
    fallsBack: { to: relationship, on: [lapse, complaint] }
`);

    expect(outcome).toMatchObject({
      kind: 'read',
      playbook: {
        contact: {
          caps: [
            { max: 1, days: 2 },
            { max: 6, days: 7 },
          ],
          asks: { max: 1, days: 30 },
          holdout: 0.05,
        },
        lapseAfter: { days: 120 },
        touches: [
          { name: 'thank-you', topic: 'service', cancelOn: ['cancelled'] },
          {
            name: 'about-you',
            phase: 'getting-acquainted',
            after: { days: 25 },
            asks: 'profile',
            topic: 'surveys',
          },
          { name: 'goes-well', suggest: 'cross-sell', when: { 'orders.days': 1 } },
          { name: 'small-treat', surprise: 'tasting-box', share: 0.1 },
          { name: 'handwritten', on: 'every', every: { days: 90 }, by: 'team' },
          { name: 'case-answer', on: 'complaint-answered' },
          { name: 'case-clock', on: 'complaint', does: 'case-clock' },
          { name: 'fresh-link', on: 'link-asked', kind: 'service' },
        ],
        phases: { ambassador: { fallsBack: { to: 'relationship', on: ['lapse', 'complaint'] } } },
      },
    });
  });

  it('keeps the touches in the order of the document', () => {
    const outcome = read(
      `${inPhase('first-contact', 'touches: { welcome: { on: entering } }')}always: { thank-you: { on: purchase } }\n`,
    );

    expect(outcome.kind === 'read' && outcome.playbook.touches.map(({ name }) => name)).toEqual([
      'welcome',
      'thank-you',
      ...OWN_TOUCHES,
    ]);
  });

  it.each([
    [
      'broken YAML',
      'phases: [\n',
      'line 10: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a key given twice', 'phases: {}\nphases: {}\n', 'line 10: Map keys must be unique'],
    ['an alias', 'phases: &p {}\nalways: *p\n', 'line 10: "*p" is an alias: write it out'],
    [
      'a prototype',
      'phases: {}\nalways:\n  __proto__: { on: purchase }\n',
      'line 11: unknown key "__proto__"',
    ],
  ])('refuses %s', (_, rest, line) => {
    expect(errorsOf(rest)).toContain(line);
  });

  it('names every mistake, in the order of the lines', () => {
    const lines = errorsOf('contact: { holdout: 5, quite: {} }\nphases:\n  relationship: { touchs: {} }\n');

    expect(lines.map((line) => line.split(',')[0])).toEqual(['line 9', 'line 9', 'line 11']);
  });

  it.each([
    ['', 'is empty'],
    ['# only a remark', 'is empty'],
    ['- thank-you', 'is not a playbook'],
    ['thank-you', 'is not a playbook'],
  ])('says of %j that it %s, and where to begin', (text, message) => {
    const hint = 'begin with a copy of playbooks/default.yaml';

    expect(readPlaybook(text, { templates: [] })).toEqual({
      kind: 'refused',
      errors: [{ line: 1, path: '', message, hint }],
    });
  });
});
