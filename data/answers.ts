import type { ClientSession } from 'mongoose';
import { trusted } from 'mongoose';
import { type Answer, type Asked, answered, type Said } from '../domain/answer.ts';
import type { CustomerPatch } from '../domain/event.ts';
import { AnswerModel, fromAnswer, toAnswer } from './answer-document.ts';
import { type Arrival, fromWithin } from './arriving.ts';
import { untilDone } from './keep.ts';
import { arrivalNow, type ReceiveDeps } from './receive.ts';
import { record } from './record.ts';
import { inTransaction } from './transaction.ts';
import { isAnyoneTold } from './webhooks.ts';

/** What is said on the page of a question, and what it tells of the customer. */
export type Telling = { readonly said: Said; readonly customer?: CustomerPatch };

/** What customers answer to what we ask. */
export function createAnswers(deps: ReceiveDeps) {
  return {
    /**
     * Keeps an answer, with all that follows from it: its event, the facts, and a case where somebody is let down and
     * says why. One question has one answer: said again it changes nothing, said otherwise it takes the other's place.
     */
    async keep(asked: Asked, telling: Telling): Promise<Answer> {
      const arrival = await arrivalNow(deps);
      return untilDone(() => inTransaction((session) => keepIn(asked, telling, arrival, session)));
    },

    /** The answer to a mail, if it was answered. */
    async find(key: string): Promise<Answer | undefined> {
      const kept = await AnswerModel.findById(key).lean();
      return kept ? toAnswer(kept) : undefined;
    },

    /** A customer's answers, the latest first; those given before `before`, if that is given. */
    async ofCustomer(customerId: string, limit: number, before = Infinity): Promise<readonly Answer[]> {
      const earlier = Number.isFinite(before) ? { at: trusted({ $lt: new Date(before) }) } : {};
      const kept = await AnswerModel.find({ customerId, ...earlier })
        .sort({ at: -1 })
        .limit(limit)
        .lean();
      return kept.map(toAnswer);
    },
  };
}

/** The answer is read and written in the transaction of its events: of two at once the later sees the other's. */
async function keepIn(asked: Asked, telling: Telling, arrival: Arrival, session: ClientSession) {
  const before = await AnswerModel.findById(asked.key).session(session).lean();
  const kept = answered(asked, before ? toAnswer(before) : undefined, telling, arrival.receivedAt);
  if (!kept) return before ? toAnswer(before) : undefined;

  let { customerId } = asked;
  for (const { id, acts, event } of kept.events) {
    const recorded = await record({ ...fromWithin(id, customerId, event, arrival), acts }, session);
    customerId = recorded.customerId;
  }
  const answer = { ...kept.answer, customerId };
  const untold = (await isAnyoneTold()) ? { untold: answer.changes } : {};
  const document = { ...fromAnswer(answer), ...untold };
  if (before) await AnswerModel.replaceOne({ _id: asked.key }, document, { session });
  else await AnswerModel.create([document], { session });
  return answer;
}
