import type { createReceive } from '../data/receive.ts';
import type { Taken } from '../data/reports.ts';
import type { Send } from '../data/sends.ts';
import { complaintByReply } from '../domain/complaining.ts';
import { caseStates } from '../domain/complaints.ts';
import type { Customer } from '../domain/customer.ts';
import type { SentMail } from '../domain/return-path.ts';
import { identityOf, isByProgram } from '../mail/incoming-mail.ts';
import type { Reply } from '../mail/reply.ts';

export type TakeReplyDeps = {
  readonly customers: { find(id: string): Promise<Customer | undefined> };
  readonly sends: { byRef(customerId: string, ref: string): Promise<Pick<Send, 'occasion'> | undefined> };
  readonly receiver: Pick<ReturnType<typeof createReceive>, 'receiveOwn'>;
  readonly readReply: (raw: Buffer) => Promise<Reply>;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

export type TakeReply = (
  to: SentMail,
  mail: { readonly raw: Buffer; readonly sender: string },
) => Promise<Taken>;

/** Two programs that answer each other do so for ever: of one customer no more than this is heard in a day. */
const MOST_A_DAY = 20;
const DAY_MS = 86_400_000;

/** Takes what a person writes back to a mail for a complaint; what a program answers says nothing. */
export function createTakeReply(deps: TakeReplyDeps): TakeReply {
  return async (to, { raw, sender }) => {
    if (isByProgram(raw, sender)) return 'unheard';
    const customer = await deps.customers.find(to.customerId);
    const at = deps.now();
    if (!customer || isDeaf(customer, at)) return 'unheard';

    const { text, attachments } = await deps.readReply(raw);
    if (text === '' && attachments.length === 0) return 'unheard';
    const send = await deps.sends.byRef(customer.id, to.ref);
    const orderId = customer.known.orders.find(({ id }) => id === send?.occasion)?.id;
    const mail = { ref: to.ref, identity: identityOf(raw), attachments, orderId };
    const { id, event } = complaintByReply({ text, at }, mail);
    const { duplicate } = await deps.receiver.receiveOwn(customer.id, event, id);
    return duplicate ? 'repeated' : 'kept';
  };
}

/** Whether nothing more is heard of them. */
function isDeaf({ erased, known }: Customer, now: number): boolean {
  if (erased) return true;
  const lately = caseStates(known.marks?.cases ?? []).filter(({ openedAt }) => openedAt > now - DAY_MS);
  return lately.length >= MOST_A_DAY;
}
