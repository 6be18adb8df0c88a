import type { ClientSession } from 'mongoose';
import { resolveBy } from '../domain/case-clock.ts';
import { CASE_EVENTS } from '../domain/case-words.ts';
import { answerBy, type CaseGround, highFrom } from '../domain/complaint-terms.ts';
import { type CaseState, caseStates } from '../domain/complaints.ts';
import type { Known } from '../domain/customer.ts';
import type { StoredEvent } from '../domain/event.ts';
import { netTotal } from '../domain/orders.ts';
import { severityOf } from '../domain/severity.ts';
import { type CaseDocument, CaseModel, type UntoldOfCase } from './case-document.ts';
import { teamMails } from './team-mails.ts';
import { isAnyoneTold } from './webhooks.ts';

/** An event, and what was known of its customer before and is known with it. */
export type Followed = {
  readonly event: StoredEvent;
  readonly before: Known | undefined;
  readonly after: Known;
  readonly ground: CaseGround;
};

/**
 * Keeps the cases as the facts say they stand, in the transaction of the event that changes them: a complaint opens
 * one, whatever the way it came by; what answers, resolves or reopens one changes it. The team and subscribers are
 * told of what is news.
 */
export async function keepCases(followed: Followed, session: ClientSession): Promise<void> {
  const { event, before, after, ground } = followed;
  if (!(event.type in CASE_EVENTS)) return;
  const were = new Map(statesOf(before).map((state) => [state.id, state]));
  for (const state of statesOf(after)) {
    const was = were.get(state.id);
    if (!was) await open(state, followed, session);
    else if (JSON.stringify(was) !== JSON.stringify(state))
      await change({ was, state, ground }, event, session);
  }
}

function statesOf(known: Known | undefined): readonly CaseState[] {
  return caseStates(known?.marks?.cases ?? []);
}

async function open(state: CaseState, followed: Followed, session: ClientSession): Promise<void> {
  const { event, ground } = followed;
  const { data: { via = 'api' } = {}, customerId } = event;
  const isNews = !state.history && !state.resolved;
  const news = isNews && (await isAnyoneTold()) ? { untold: [untoldOf(state, 'opened', event)] } : {};
  const severity = severityIn(followed);
  const kept: CaseDocument = {
    ...{
      _id: state.id,
      customerId,
      via,
      severity,
      openedAt: new Date(state.openedAt),
      notes: [],
      alarms: [],
    },
    ...(state.orderId !== undefined && { orderId: state.orderId }),
    ...(state.history && { history: true }),
    ...standingOf(state, new Date(answerBy(state.since, ground)), ground),
    ...news,
  };
  await CaseModel.create([kept], { session });
  if (isNews) await teamMails.addCase('opened', kept, session);
}

/** How much it matters: by its own words, its score, and what its order came to. */
function severityIn({ event: { data = {} }, after, ground }: Followed) {
  const order = after.orders.find(({ id }) => id === data.orderId);
  const { text, score, severity } = data;
  const paid = order && {
    total: netTotal(order),
    ...(order.currency !== undefined && { currency: order.currency }),
  };
  return severityOf({ text, score, severity, order: paid }, highFrom(ground));
}

type Changed = { readonly was: CaseState; readonly state: CaseState; readonly ground: CaseGround };

async function change(changed: Changed, event: StoredEvent, session: ClientSession): Promise<void> {
  const { was, state, ground } = changed;
  const isAnew = was.turn !== state.turn;
  if (was.resolved && state.resolved && !isAnew) return; // whoever resolved it first did
  const kept = await CaseModel.findById(state.id).session(session).lean();
  if (!kept) return; // one of before cases were kept, and not made up for yet
  const due = isAnew ? new Date(answerBy(state.since, ground)) : kept.answerBy;
  const news = newsOf(was, state);
  const isTold = news && !state.history && (await isAnyoneTold());
  const { answeredAt, resolvedAt, resolution, resolvedBy, untold: before = [], ...rest } = kept;
  const untold = isTold ? [...before, untoldOf(state, news, event)] : before;
  const next = { ...rest, ...standingOf(state, due, ground), ...(untold.length > 0 && { untold }) };
  await CaseModel.replaceOne({ _id: state.id }, next, { session });
  if (news === 'reopened' && !state.history) await teamMails.addCase(news, next, session);
}

/** What others are to hear of a change; an answer is between the shop and its customer. */
function newsOf(was: CaseState, state: CaseState): 'reopened' | 'resolved' | undefined {
  if (state.resolved) return 'resolved';
  return was.turn !== state.turn ? 'reopened' : undefined;
}

function untoldOf({ turn }: CaseState, what: UntoldOfCase['what'], { at }: StoredEvent): UntoldOfCase {
  return { id: `${what}/${turn}`, what, at: new Date(at) };
}

/** What the list of cases goes by. */
function standingOf(
  { turn, since, answeredAt, resolved }: CaseState,
  due: Date,
  ground: CaseGround,
): Pick<CaseDocument, 'state' | 'turn' | 'since' | 'answerBy' | 'clock'> & Partial<CaseDocument> {
  const standing = { turn, since: new Date(since), answerBy: due };
  const answered = answeredAt === undefined ? {} : { answeredAt: new Date(answeredAt) };
  if (!resolved) {
    const clock = answeredAt === undefined ? due : new Date(resolveBy(since, ground));
    return { ...standing, ...answered, state: 'open', clock };
  }
  const { at, by: resolvedBy, resolution } = resolved;
  const end = { state: 'resolved', resolvedAt: new Date(at), resolvedBy, clock: new Date(at) } as const;
  return { ...standing, ...answered, ...end, ...(resolution !== undefined && { resolution }) };
}

/** Moves a customer's cases to whom they became, and keeps each as the facts of both say that it stands. */
export async function moveCases(
  from: string,
  into: { readonly _id: string; readonly known: Known },
  ground: CaseGround,
  session: ClientSession,
): Promise<void> {
  await CaseModel.updateMany({ customerId: from }, { $set: { customerId: into._id } }, { session });
  const states = new Map(statesOf(into.known).map((state) => [state.id, state]));
  const theirs = await CaseModel.find({ customerId: into._id }).session(session).lean();
  for (const { answeredAt, resolvedAt, resolution, resolvedBy, ...kept } of theirs) {
    const state = states.get(kept._id);
    if (!state) continue;
    const due = kept.turn === state.turn ? kept.answerBy : new Date(answerBy(state.since, ground));
    const next = { ...kept, ...standingOf(state, due, ground) };
    await CaseModel.replaceOne({ _id: kept._id }, next, { session });
  }
}
