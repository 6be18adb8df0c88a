import { type ClientSession, model, Schema, trusted } from 'mongoose';
import { type Asking, type Room, roomIn, type Verdict, verdictOn } from '../domain/budget.ts';
import { costOf, type Surprise } from '../domain/surprise.ts';
import { inCollection } from './collection.ts';

/** What has been given out of one budget in one period; `_id` `<surprise>/<first day>`, of a tier `…/<tier>`. */
export type BudgetDocument = {
  readonly _id: string;
  readonly surprise: string;
  readonly tier?: string;
  /** Epoch milliseconds; of a surprise without a budget 0, and no end. */
  readonly from: number;
  readonly until?: number;
  /** Minor units, or grants. */
  readonly spent: number;
  /** How many grants stand. */
  readonly grants: number;
};

const budgetSchema = new Schema<BudgetDocument>(
  {
    _id: String,
    surprise: { type: String, required: true },
    tier: String,
    from: { type: Number, required: true },
    until: Number,
    spent: { type: Number, required: true },
    grants: { type: Number, required: true },
  },
  inCollection('budgets'),
).index({ surprise: 1, from: -1 });

export const BudgetModel = model('Budget', budgetSchema);

/** What a grant takes, and out of what. */
export type Spending = {
  readonly budget: string;
  readonly cost: number;
  /** Absent: as much as is wanted. */
  readonly room?: Room;
};

/** What a grant of a surprise takes at a moment, for a customer of a tier. */
export function spendingOf(surprise: Surprise, asking: Asking): Spending {
  const { name, budget } = surprise;
  if (!budget) return { budget: name, cost: costOf(surprise) };
  const room = roomIn(budget, asking);
  const id = [name, room.id, ...(room.tier === undefined ? [] : [room.tier])].join('/');
  return { budget: id, cost: costOf(surprise), room };
}

/**
 * Takes one grant's cost out of a budget: one conditional update, which has room for no grant too many.
 *
 * Every grant of a surprise writes its budget, also one without a limit; so two at once conflict, and the later sees
 * what the earlier gave to the same customer.
 *
 * @throws a duplicate key error when another opened the period just now: try again
 */
export async function spend(
  surprise: Surprise,
  { budget: _id, cost, room }: Spending,
  zone: string,
  session: ClientSession,
): Promise<Verdict> {
  const fits = room ? { spent: trusted({ $lte: room.today - cost }) } : {};
  const taken = await BudgetModel.updateOne(
    { _id, ...fits },
    { $inc: { spent: cost, grants: 1 } },
    { session },
  );
  if (taken.modifiedCount === 1) return { kind: 'free' };

  const kept = await BudgetModel.findById(_id).session(session).lean();
  const verdict = room ? verdictOn(kept?.spent ?? 0, cost, room, zone) : ({ kind: 'free' } as const);
  if (kept || verdict.kind !== 'free') return verdict;
  const { from, until, tier } = room ?? { from: 0 };
  const opened = { _id, surprise: surprise.name, from, spent: cost, grants: 1 };
  const period = { ...(until !== undefined && { until }), ...(tier !== undefined && { tier }) };
  await BudgetModel.create([{ ...opened, ...period }], { session });
  return verdict;
}

/** Gives back what a grant took. */
export async function giveBack(
  { budget, cost }: Pick<Spending, 'budget' | 'cost'>,
  session: ClientSession,
): Promise<void> {
  await BudgetModel.updateOne({ _id: budget }, { $inc: { spent: -cost, grants: -1 } }, { session });
}
