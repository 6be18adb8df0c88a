import { trusted } from 'mongoose';
import { AnswerModel } from '../data/answer-document.ts';
import { BudgetModel, spendingOf } from '../data/budgets.ts';
import { CaseModel } from '../data/case-document.ts';
import { CustomerModel, toCustomer } from '../data/customer-document.ts';
import { GrantModel } from '../data/grant-document.ts';
import { playbooks } from '../data/playbooks.ts';
import type { Playbook } from '../domain/playbook.ts';
import { standingAt } from '../domain/points.ts';
import { tierAt } from '../domain/tier-course.ts';

/** What was heard, put right, earned and given in a play. */
export type Relationship = {
  /** To questions that were asked by mail. */
  readonly answers: number;
  /** Of those with a score, 0–10. */
  readonly meanScore: number | null;
  readonly complaints: {
    readonly opened: number;
    readonly resolved: number;
    /** Answered before the clock ran out. */
    readonly inTime: number;
  };
  /** That can be spent, of all customers together. */
  readonly points: number;
  readonly tiers: Readonly<Record<string, number>>;
  /** That customers heard of, by kind. */
  readonly grants: Readonly<Record<string, number>>;
  /** Of each surprise with a budget, in the period in which the play ended: minor units, or grants. */
  readonly budgetLeft: Readonly<Record<string, number>>;
};

/** Counts it all at a moment, logical epoch milliseconds. */
export async function gatherRelationship(at: number): Promise<Relationship> {
  const playbook = await playbooks.current();
  if (!playbook) throw new Error('no playbook');
  const answers = await AnswerModel.find({}, { said: 1 }).lean();
  const scores = answers.flatMap(({ said }) => said.score ?? []);
  return {
    answers: answers.length,
    meanScore: scores.length > 0 ? Math.round((10 * sum(scores)) / scores.length) / 10 : null,
    complaints: await countComplaints(),
    ...(await countMembers(playbook, at)),
    grants: await countGrants(),
    budgetLeft: await countBudgets(playbook, at),
  };
}

async function countComplaints(): Promise<Relationship['complaints']> {
  const cases = await CaseModel.find().lean();
  return {
    opened: cases.length,
    resolved: cases.filter(({ state }) => state === 'resolved').length,
    inTime: cases.filter(({ answeredAt, answerBy }) => answeredAt && answeredAt <= answerBy).length,
  };
}

async function countMembers(playbook: Playbook, at: number): Promise<Pick<Relationship, 'points' | 'tiers'>> {
  const customers = (await CustomerModel.find({ mergedInto: null, erased: null }).lean()).map(toCustomer);
  const tiers = customers.flatMap((customer) => tierAt(customer, playbook, at)?.name ?? []);
  return {
    points: sum(customers.map(({ membership }) => standingAt(membership, at).balance)),
    tiers: countsOf(tiers),
  };
}

async function countGrants(): Promise<Relationship['grants']> {
  const kept = await GrantModel.find({ confirmedAt: trusted({ $exists: true }) }, { kind: 1 }).lean();
  return countsOf(kept.map(({ kind }) => kind));
}

async function countBudgets(
  { surprises = {}, shop }: Playbook,
  at: number,
): Promise<Relationship['budgetLeft']> {
  const left: Record<string, number> = {};
  for (const surprise of Object.values(surprises)) {
    const { budget, room } = spendingOf(surprise, { tier: null, at, zone: shop.timeZone });
    if (!room) continue;
    const kept = await BudgetModel.findById(budget).lean();
    left[surprise.name] = room.amount - (kept?.spent ?? 0);
  }
  return left;
}

function countsOf(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
