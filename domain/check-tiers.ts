import type { PlacedTouch } from './build-playbook.ts';
import { PHASES } from './phases.ts';
import type { PlaybookDocument } from './playbook-schema.ts';
import type { Problem } from './strict.ts';
import { didYouMean } from './suggest.ts';

type Path = readonly PropertyKey[];

/** What is asked of tiers that the programme does not have. */
export function checkTiers(document: PlaybookDocument, touches: readonly PlacedTouch[]): Problem[] {
  const tiers = document.loyalty?.tiers?.map(({ name }) => name) ?? [];
  const conditions = [
    ...touches.map(({ touch, path }) => ({ asked: touch.when, path: [...path, 'when'] })),
    ...PHASES.flatMap((phase) =>
      document.phases[phase].movesOn.map(({ when }, i) => ({
        asked: when,
        path: ['phases', phase, 'movesOn', i, 'when'],
      })),
    ),
  ];
  const budgeted = tiers.length > 0 ? Object.entries(document.surprises) : []; // else no budget is divided
  const budgets = budgeted.flatMap(([name, { budget }]) =>
    Object.keys(budget?.perTier ?? {}).map((tier) => ({
      tier,
      path: ['surprises', name, 'budget', 'perTier', tier],
    })),
  );
  const named = conditions.flatMap(({ asked, path }) => tiersIn(asked).map((tier) => ({ tier, path })));
  return [
    ...(tiers.length > 0 ? [] : touches.filter(({ touch }) => touch.on === 'tier').map(nothingToReach)),
    ...[...named, ...budgets].flatMap(({ tier, path }) => unknown(tier, tiers, path)),
  ];
}

function nothingToReach({ path }: PlacedTouch): Problem {
  const message = 'answers a tier, and the playbook has none';
  return { path: [...path, 'on'], message, hint: 'declare loyalty.tiers' };
}

function unknown(tier: string, known: readonly string[], path: Path): Problem[] {
  if (known.includes(tier)) return [];
  const hint =
    didYouMean(tier, known) ?? (known.length > 0 ? `known: ${known.join(', ')}` : 'declare loyalty.tiers');
  return [{ path, message: `no tier "${tier}"`, hint }];
}

/** The tiers that a condition names, however deep they stand in it. */
function tiersIn(asked: unknown): readonly string[] {
  if (Array.isArray(asked)) return asked.flatMap(tiersIn);
  if (typeof asked !== 'object' || asked === null) return [];
  return Object.entries(asked).flatMap(([key, inner]) => (key === 'tier' ? textsIn(inner) : tiersIn(inner)));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
