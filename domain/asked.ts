import type { Asked } from './answer.ts';
import { askPolicyOf } from './ask-cap.ts';
import type { Customer } from './customer.ts';
import type { Playbook } from './playbook.ts';
import { sendRef } from './send-ref.ts';

const DAY_MS = 86_400_000;

/** The mail that asks, as the ledger knows it. */
type AskingMail = {
  readonly key: string;
  readonly touch: string;
  readonly occasion: string;
  readonly due: number;
};

/** What a mail asked a customer, by the playbook it was sent with; undefined: it asked nothing. */
export function askedBy(
  { key, touch: name, occasion, due: askedAt }: AskingMail,
  { id: customerId, known }: Customer,
  playbook: Playbook,
): Asked | undefined {
  const ask = playbook.touches.find((touch) => touch.name === name)?.asks;
  if (!ask) return undefined;
  const until = askedAt + askPolicyOf(playbook).answerWithin * DAY_MS;
  const isOrder = known.orders.some(({ id }) => id === occasion);
  const about = isOrder ? { orderId: occasion } : {};
  return { key, ref: sendRef(key), customerId, touch: name, occasion, ask, ...about, askedAt, until };
}
