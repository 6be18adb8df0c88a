import type { Answer } from './answer.ts';
import { becauseOf, type Trip } from './circuit-breaker.ts';
import type { Known } from './customer.ts';
import type { Change, DecisionRecord } from './journey.ts';
import { isGiven } from './reachable.ts';
import type { TouchOutcome } from './send.ts';
import type { TeamTask } from './team-task.ts';

/** What others can be told of. */
export const WEBHOOK_EVENTS = [
  'send.settled',
  'journey.moved',
  'tier.changed',
  'consent.changed',
  'answer.received',
  'sending.stopped',
  'case.opened',
  'case.reopened',
  'case.resolved',
  'case.reminder',
  'case.escalated',
  'task.given',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** One thing to tell, the same for every subscriber: ids and what became of them, never who somebody is. */
export type WebhookMessage = {
  /** The same for the same thing, so that it is told once: `webhook-id` without the subscriber. */
  readonly id: string;
  readonly type: WebhookEvent;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
};

/** What a decision has to tell: which mails were settled, whether the journey moved on, and the tier changed. */
export function messagesOf(record: DecisionRecord): readonly WebhookMessage[] {
  return record.changes.flatMap((change) => messageOf(change, record) ?? []);
}

/** Of which topics the consent is another than before, and whether it is given; undefined: of none. */
export function consentsChanged(
  before: Known['consents'],
  after: Known['consents'],
): Readonly<Record<string, boolean>> | undefined {
  const changed = Object.entries(after).filter(
    ([topic, told]) => isGiven(before[topic]) !== isGiven(told) || !before[topic],
  );
  if (changed.length === 0) return undefined;
  return Object.fromEntries(changed.map(([topic, told]) => [topic, isGiven(told)]));
}

/** Something of a case, and how it stands; never what the customer wrote. */
export type CaseTold = {
  /** The same for the same thing of a case. */
  readonly id: string;
  readonly what: 'opened' | 'reopened' | 'resolved' | 'reminder' | 'escalated' | 'unresolved';
  /** Epoch milliseconds. */
  readonly at: number;
  readonly caseId: string;
  readonly about: Readonly<Record<string, unknown>>;
};

/** That a case was opened, waits, or is resolved; one that stays unresolved is a reminder too. */
export function caseMessage({ id, what, at, caseId, about }: CaseTold): WebhookMessage {
  const type = what === 'unresolved' ? 'case.reminder' : (`case.${what}` as const);
  return { id: `case/${caseId}/${id}`, type, at, data: { caseId, ...about, because: what } };
}

/** That somebody answered what we asked, or answers otherwise than before; never what they wrote. */
export function answerMessage({ customerId, said, ...answer }: Answer): WebhookMessage {
  const { touch, occasion, ask, changes, at, complained = false } = answer;
  const told = { ...(said.score !== undefined && { score: said.score }), words: said.comment !== undefined };
  const data = { customerId, touch, occasion, ask, ...told, changes, complained };
  return { id: `answer/${answer.key}/${changes}`, type: 'answer.received', at, data };
}

/** That marketing was paused, as too many mails came back. */
export function stopMessage(trip: Trip, at: number): WebhookMessage {
  const data = { stopped: 'marketing', because: becauseOf(trip), ...trip };
  return { id: `stopped/${at}`, type: 'sending.stopped', at, data };
}

/** What is not settled yet, and what is no mail. */
const UNTOLD: readonly TouchOutcome['kind'][] = ['postponed', 'delayed', 'done'];

/** That somebody of the team has something to do for a customer. */
export function taskMessage({ key, customerId, touch, occasion, because, at }: TeamTask): WebhookMessage {
  const data = { key, customerId, touch, occasion, because };
  return { id: `task/${key}`, type: 'task.given', at, data };
}

function messageOf(
  change: Change,
  { customerId, seq, at, phase }: DecisionRecord,
): WebhookMessage | undefined {
  switch (change.kind) {
    case 'settled': {
      const { touch, occasion, outcome } = change;
      if (UNTOLD.includes(outcome.kind)) return undefined;
      const id = `settled/${customerId}/${touch}/${occasion}/${outcome.kind}`;
      return { id, type: 'send.settled', at, data: { customerId, touch, occasion, outcome } };
    }
    case 'entered':
    case 'placed':
      return {
        id: `moved/${customerId}/${seq}`,
        type: 'journey.moved',
        at,
        data: { customerId, phase, how: change.kind },
      };
    case 'tier': {
      const { from = null, to = null, because } = change;
      const id = `tier/${customerId}/${from ?? ''}/${to ?? ''}/${because.at}`;
      return { id, type: 'tier.changed', at, data: { customerId, from, to } };
    }
    default:
      return undefined;
  }
}
