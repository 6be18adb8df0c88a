import { z } from 'zod';
import type { surpriseFigures } from '../data/surprise-figures.ts';
import { type Room, roomIn } from '../domain/budget.ts';
import { isLow } from '../domain/coupon-pool.ts';
import type { Playbook } from '../domain/playbook.ts';
import { SURPRISE_KINDS, type Surprise } from '../domain/surprise.ts';
import type { ApiDeps } from './deps.ts';
import { iso } from './journey-answer.ts';

const Instant = z.iso.datetime().describe('RFC 3339, UTC');
const Count = z.int().min(0);

const BudgetAnswer = z.object({
  tier: z.string().nullable().describe('a tier with a budget of its own; null: everybody else'),
  counts: z.enum(['money', 'grants']),
  from: Instant,
  until: Instant.describe('when the next period begins'),
  amount: z.int().describe('for the period: minor units, or grants'),
  today: z.int().describe('of that, up to the end of the day'),
  spent: z.int(),
  left: z.int(),
});

const Stock = z.object({ pool: z.string(), total: Count, left: Count, low: z.boolean() });

export const SurprisesAnswer = z.object({
  surprises: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(SURPRISE_KINDS),
      value: z.object({ amount: z.int(), currency: z.string() }).nullable().describe('minor units'),
      touches: z.array(z.string()).describe('that give it'),
      budgets: z.array(BudgetAnswer).describe('empty: as much as is wanted'),
      grants: z.object({
        pending: Count.describe('their mail is leaving'),
        confirmed: Count,
        redeemed: Count,
        expired: Count,
        released: Count.describe('given back: nobody heard of them'),
      }),
      stock: Stock.nullable().describe('of a pool of codes; null: codes are made'),
    }),
  ),
});

export const UploadedAnswer = z.object({
  added: Count,
  duplicates: z.array(z.string()).describe('told twice, or known before: left out'),
  total: Count.describe('ever uploaded'),
  left: Count.describe('that nobody has'),
});

type Deps = Pick<ApiDeps, 'surpriseFigures' | 'couponPools'>;

/** Every surprise of a playbook, with what is left to give. */
export async function surprisesAnswer(playbook: Playbook | undefined, at: number, deps: Deps) {
  const surprises = Object.values(playbook?.surprises ?? {});
  if (!playbook || surprises.length === 0) return { surprises: [] };

  const budgets = surprises.flatMap((surprise) => roomsOf(surprise, playbook, at));
  const [counts, spent] = await Promise.all([
    deps.surpriseFigures.counts(at),
    deps.surpriseFigures.spent(budgets.map(({ id }) => id)),
  ]);
  const answers = surprises.map(async (surprise) => ({
    ...{ name: surprise.name, kind: surprise.kind, value: surprise.value ?? null },
    touches: playbook.touches.filter((touch) => touch.surprise === surprise.name).map(({ name }) => name),
    budgets: roomsOf(surprise, playbook, at).map((room) => budgetAnswer(surprise, room, spent)),
    grants: { pending: 0, confirmed: 0, redeemed: 0, expired: 0, released: 0, ...counts.get(surprise.name) },
    stock: await stockOf(surprise, deps),
  }));
  return { surprises: await Promise.all(answers) };
}

type NamedRoom = { readonly id: string; readonly room: Room };

/** The budget of everybody, and those of tiers with their own. */
function roomsOf({ name, budget }: Surprise, { shop }: Playbook, at: number): readonly NamedRoom[] {
  if (!budget) return [];
  return [null, ...Object.keys(budget.perTier ?? {})].map((tier) => {
    const room = roomIn(budget, { tier, at, zone: shop.timeZone });
    return { id: [name, room.id, ...(tier === null ? [] : [tier])].join('/'), room };
  });
}

type Spent = Awaited<ReturnType<(typeof surpriseFigures)['spent']>>;

function budgetAnswer({ budget }: Surprise, { id, room }: NamedRoom, all: Spent) {
  const spent = all.get(id)?.spent ?? 0;
  const { tier = null, from, until, amount, today } = room;
  return {
    ...{ tier, counts: budget?.counts ?? 'grants', from: iso(from), until: iso(until), amount, today, spent },
    left: Math.max(0, amount - spent),
  };
}

async function stockOf({ pool }: Surprise, { couponPools }: Pick<Deps, 'couponPools'>) {
  if (pool === undefined) return null;
  const { total = 0, left = 0 } = (await couponPools.find(pool)) ?? {};
  return { pool, total, left, low: isLow({ total, left }) };
}
