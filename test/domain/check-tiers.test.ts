import { describe, expect, it } from '@jest/globals';
import { errorsOf } from '../support/playbook-text.ts';

const TIERS = 'loyalty: { terms: "1", joining: automatic, tiers: { silver: { from: 200 points } } }\n';
const always = (touch: string) => `phases: {}\nalways: { welcome: ${touch} }\n`;

describe('checkTiers', () => {
  it.each([
    [
      'a touch that answers a tier where there is none',
      always('{ on: tier }'),
      'line 10, always.welcome.on: answers a tier, and the playbook has none (declare loyalty.tiers)',
    ],
    [
      'a condition over a tier that is not there',
      `${always('{ on: tier, when: { $or: [ { tier: { $in: [silver, glod] } } ] } }')}${TIERS}`,
      'line 10, always.welcome.when: no tier "glod" (known: silver)',
    ],
    [
      'a budget of a tier that is not there',
      `phases: {}\nsurprises: { treat: { kind: gift, budget: { amount: 40, per: 1 month, perTier: { slver: 5 } } } }\n${TIERS}`,
      'line 10, surprises.treat.budget.perTier.slver: no tier "slver" (did you mean "silver"?)',
    ],
  ])('refuses %s', (_, text, error) => {
    expect(errorsOf(text)).toEqual([error]);
  });

  it('accepts what the programme has', () => {
    expect(errorsOf(`${always('{ on: tier, when: { tier: silver } }')}${TIERS}`)).toEqual([]);
  });
});
