import { trusted } from 'mongoose';
import {
  answerMessage,
  caseMessage,
  messagesOf,
  stopMessage,
  taskMessage,
  type WebhookMessage,
} from '../domain/webhook-message.ts';
import { AnswerModel, toAnswer } from './answer-document.ts';
import { type CaseDocument, CaseModel } from './case-document.ts';
import { DecisionModel } from './decisions.ts';
import { EventModel } from './event-document.ts';
import { SendingModel } from './sending.ts';
import { TeamTaskModel, toTeamTask } from './team-task-document.ts';

/** What happened and others may want to be told; `done` says that it was put on its way. */
export type Announcement = {
  readonly messages: readonly WebhookMessage[];
  readonly done: () => Promise<void>;
};

/**
 * What is to be told and was not: marked in the write that caused it, so that nothing is told that did not happen, and
 * nothing that happened goes untold.
 */
export const announcements = {
  async next(limit: number): Promise<Announcement | undefined> {
    const marked = { untold: trusted({ $exists: true }) };
    const [answers, decisions, events, stop, cases, tasks] = await Promise.all([
      AnswerModel.find(marked).limit(limit).lean(),
      DecisionModel.find(marked).limit(limit).lean(),
      EventModel.find(marked).limit(limit).lean(),
      SendingModel.findOne({ 'untold.0': trusted({ $exists: true }) }).lean(),
      CaseModel.find({ 'untold.id': trusted({ $exists: true }) })
        .limit(limit)
        .lean(),
      TeamTaskModel.find({ untold: true }).limit(limit).lean(),
    ]);
    const { untold: stops = [] } = stop ?? {};
    const found = [...answers, ...decisions, ...events, ...stops, ...cases, ...tasks];
    if (found.length === 0) return undefined;
    const consents = events.map(({ _id, customerId, at, untold }): WebhookMessage => {
      const data = { customerId, consents: untold ?? {} };
      return { id: `consent/${_id}`, type: 'consent.changed', at: at.getTime(), data };
    });
    const messages = [
      ...decisions.flatMap((decision) => messagesOf(decision)),
      ...consents,
      ...answers.map((answer) => answerMessage(toAnswer(answer))),
      ...stops.map(({ trip, at }) => stopMessage(trip, at)),
      ...cases.flatMap(messagesOfCase),
      ...tasks.map((task) => taskMessage(toTeamTask(task))),
    ];
    const done = async () => {
      await Promise.all([
        // one that was decided anew meanwhile has another mark, and is told again: each part of it once
        ...answers.map(({ _id, untold = 0 }) => AnswerModel.updateOne({ _id, untold }, UNMARKED)),
        ...decisions.map(({ _id, untold = '' }) => DecisionModel.updateOne({ _id, untold }, UNMARKED)),
        ...stops.map((one) => SendingModel.updateOne({}, { $pull: { untold: { at: one.at } } })),
        ...cases.map(unmarkCase),
        EventModel.updateMany(among(events), UNMARKED),
        TeamTaskModel.updateMany(among(tasks), UNMARKED),
      ]);
    };
    return { messages, done };
  },
};

function messagesOfCase(one: CaseDocument): readonly WebhookMessage[] {
  const { _id: caseId, customerId, via, severity, turn, state, openedAt, answerBy, resolution } = one;
  const about = {
    ...{ customerId, state, via, severity, turn, openedAt: openedAt.toISOString() },
    ...{ answerBy: answerBy.toISOString(), resolution: resolution ?? null },
  };
  return (one.untold ?? []).map(({ id, what, at }) =>
    caseMessage({ id, what, at: at.getTime(), caseId, about }),
  );
}

/** What was marked meanwhile stays. */
function unmarkCase({ _id, untold = [] }: CaseDocument) {
  const told = { id: trusted({ $in: untold.map(({ id }) => id) }) };
  return CaseModel.updateOne({ _id }, { $pull: { untold: told } });
}

function among(rows: readonly { readonly _id: string }[]) {
  return { _id: trusted({ $in: rows.map(({ _id }) => _id) }) };
}

const UNMARKED = { $unset: { untold: 1 } } as const;
