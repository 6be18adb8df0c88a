import type { PlacedTouch } from './build-playbook.ts';
import { OWN_TYPES } from './incoming.ts';
import type { EarnRule } from './loyalty.ts';
import type { PlaybookDocument } from './playbook-schema.ts';
import type { Problem } from './strict.ts';
import { YEARLY } from './yearly-points.ts';

/** What a loyalty programme must not say although each word of it is right. */
export function checkLoyalty({ loyalty }: PlaybookDocument, touches: readonly PlacedTouch[]): Problem[] {
  const { points } = loyalty ?? {};
  if (!points) return [];
  const rules = Object.entries(points.earn).flatMap(([name, rule]) => checkRule(name, rule));
  const tells = touches.some(({ touch }) => touch.on === 'points-expiring');
  if (!points.expireAfter || tells) return rules;
  return [
    ...rules,
    {
      path: ['loyalty', 'points', 'expireAfter'],
      message: 'lets points expire, and nobody is told',
      hint: 'add a touch on: points-expiring, or leave expireAfter out',
    },
  ];
}

function checkRule(name: string, { on, per, where }: EarnRule): Problem[] {
  const path = ['loyalty', 'points', 'earn', name];
  const isYearly = YEARLY.includes(on);
  const problems: Problem[] = [];
  if (OWN_TYPES.includes(on) && !isYearly) {
    problems.push({
      path: [...path, 'on'],
      message: `"${on}" earns nobody points: it is not the customer's doing`,
    });
  }
  if (per && on !== 'purchase') {
    problems.push({ path: [...path, 'per'], message: 'counts money, and only a purchase tells of any' });
  }
  if (where && isYearly) {
    problems.push({ path: [...path, 'where'], message: `asks what a ${on} says, and it says nothing` });
  }
  return problems;
}
