import { type Ask, questionOf } from './asks.ts';
import type { CustomerPatch, EventData, StoredEvent } from './event.ts';
import { isLetDown } from './let-down.ts';

/** A question that one mail asked one customer. */
export type Asked = {
  /** The send key. */
  readonly key: string;
  /** `sendRef` of it: both together name it for good. */
  readonly ref: string;
  readonly customerId: string;
  readonly touch: string;
  readonly occasion: string;
  readonly ask: Ask;
  /** The order that it is about. */
  readonly orderId?: string;
  /** When it was asked, and until when it may be answered; epoch milliseconds. */
  readonly askedAt: number;
  readonly until: number;
};

/** What a customer said to it. */
export type Said = {
  /** 0–10. */
  readonly score?: number;
  readonly comment?: string;
  /** They may be written to about what they said. */
  readonly mayReply?: true;
  /** What they wrote may be shown to others, under `name`, or nobody's. */
  readonly mayQuote?: true;
  readonly name?: string;
  /** About themselves: what was asked, and what they answered. */
  readonly answers?: Readonly<Record<string, unknown>>;
};

/** An answer as it stands. */
export type Answer = Asked & {
  readonly said: Said;
  /** When it was given first, and last; epoch milliseconds. */
  readonly firstAt: number;
  readonly at: number;
  /** How often it was changed since. */
  readonly changes: number;
  /** It opened a case. */
  readonly complained?: true;
};

/** An event that an answer is kept as, without its source. */
type AnswerEvent = {
  readonly id: string;
  /** The first acts; a change alters facts and triggers nothing again. */
  readonly acts: boolean;
  readonly event: {
    readonly type: 'feedback' | 'review' | 'profile' | 'complaint';
    readonly at: number;
    readonly customer?: CustomerPatch;
    readonly data: EventData;
  };
};

/** A question before anything was said to it. */
const UNANSWERED = { changes: -1, at: 0, complained: undefined };

/** What keeping an answer comes to. */
type Kept = { readonly answer: Answer; readonly events: readonly AnswerEvent[] };

/**
 * Keeps what somebody says to a question: the first time, or in the place of what they said before.
 *
 * Who is let down and says why opens a case, once a question.
 *
 * @param customer what their answers tell of them
 * @returns undefined where they say the same once more
 */
export function answered(
  asked: Asked,
  before: Answer | undefined,
  { said, customer }: { readonly said: Said; readonly customer?: CustomerPatch },
  at: number,
): Kept | undefined {
  if (before && isSame(before.said, said)) return undefined;
  const was = before ?? { ...UNANSWERED, firstAt: at };
  const changes = was.changes + 1;
  const now = Math.max(at, was.at + 1);
  const complains = !was.complained && complainsBy(asked, said);

  const base = `answer/${asked.ref}/${asked.key.split('/')[0]}`;
  const first: AnswerEvent = {
    ...{ id: changes === 0 ? base : `${base}/${changes}`, acts: changes === 0 },
    event: { ...eventOf(asked, said, changes), at: now, ...(customer && { customer }) },
  };
  const complained = complains || was.complained ? { complained: true as const } : {};
  return {
    answer: { ...asked, said, firstAt: was.firstAt, at: now, changes, ...complained },
    events: complains ? [first, complaintFor(asked, said, { base, at: now })] : [first],
  };
}

/** Whether an event changes an answer: it was given before, and counted then. */
export function isChange({ id, acts, data }: Pick<StoredEvent, 'id' | 'acts' | 'data'>): boolean {
  return !acts && data?.change !== undefined && id.startsWith('rapport/answer/');
}

function complainsBy({ ask }: Asked, { score, comment }: Said): boolean {
  return score !== undefined && comment !== undefined && isLetDown(questionOf(ask), score, comment);
}

function complaintFor(
  asked: Asked,
  { score, comment }: Said,
  { base, at }: { readonly base: string; readonly at: number },
): AnswerEvent {
  const about = { via: 'answer' as const, touch: asked.touch, occasion: asked.occasion, ...orderOf(asked) };
  const data = { ...about, ...(comment && { text: comment }), ...(score !== undefined && { score }) };
  return { id: `${base}/complaint`, acts: true, event: { type: 'complaint', at, data } };
}

/** As which event an answer is kept, and what it holds. */
function eventOf(asked: Asked, said: Said, changes: number) {
  const { score, comment, answers = {}, mayReply, mayQuote, name } = said;
  const { touch, occasion, ask } = asked;
  const about = { touch, occasion, ...(changes > 0 && { change: changes }) };
  if (ask === 'profile') return { type: 'profile', data: { ...about, answers } } as const;

  const question = questionOf(ask);
  const may = { ...(mayReply && { mayReply }), ...(mayQuote && { mayQuote }), ...(name && { name }) };
  const told = { ...about, ...orderOf(asked), ...may, ...(score !== undefined && { score }) };
  return question === undefined
    ? ({ type: 'review', data: { ...told, ...(comment && { text: comment }) } } as const)
    : ({ type: 'feedback', data: { ...told, question, ...(comment && { comment }) } } as const);
}

function orderOf({ orderId }: Asked) {
  return orderId === undefined ? {} : { orderId };
}

/** Whether the same was said, in whatever order its parts stand. */
function isSame(before: Said, said: Said): boolean {
  const inOrder = (one: Said) => JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  return inOrder(before) === inOrder(said);
}
