import type { ClientSession } from 'mongoose';
import { CaseChanged } from '../domain/case-changed.ts';
import type { Resolution } from '../domain/case-words.ts';
import { textHash } from '../domain/hash.ts';
import { sendRef } from '../domain/send-ref.ts';
import { CaseModel } from './case-document.ts';
import type { KeptCase } from './cases.ts';
import { events } from './events.ts';
import type { GiveGoodwill } from './goodwill.ts';
import type { createReceive, Receipt } from './receive.ts';

type Receiver = Pick<ReturnType<typeof createReceive>, 'receiveOwn'>;

/** An answer to a customer: mailed to them, or told as given elsewhere. */
export type CaseAnswer = {
  readonly text: string;
  readonly by: string;
  readonly through: 'mail' | 'elsewhere';
  /** The same for the same answer; absent: the same text is the same answer. */
  readonly id?: string | undefined;
};

export type CaseResolution = {
  readonly resolution: Resolution;
  readonly by: string;
  readonly text?: string | undefined;
};

export type CaseReopening = { readonly by: string; readonly text: string };

/**
 * What people decide of a case. Each is an event of the customer's, whose id is made of the case and what is decided:
 * however often it is asked for, and by how many at once, it happens once.
 */
export function caseSteps({ receiveOwn }: Receiver, giveGoodwill: GiveGoodwill) {
  return {
    /** Keeps an answer; the first stops the clock. One through mail leaves as a touch, so at most once. */
    answer(one: KeptCase, { text, by, through, id }: CaseAnswer, now: number): Promise<Receipt> {
      const which = id ?? textHash(text).slice(0, 16);
      const data = { ...aboutCase(one), text, by, through };
      const event = { type: 'complaint-answered', at: after(one, now), data };
      const acts = through === 'mail' ? {} : { acts: false as const };
      return receiveOwn(one.customerId, { ...event, ...acts }, eventId(one, `answer-${which}`));
    },

    /**
     * Resolves a case; as `goodwill` with what the playbook gives for that, or not at all.
     *
     * @throws CaseChanged when it was resolved, or opened again, by somebody else; Refused when no goodwill is left
     */
    async resolve(one: KeptCase, told: CaseResolution, now: number): Promise<Receipt> {
      const { resolution, by, text } = told;
      const id = eventId(one, 'resolved');
      const data = { ...aboutCase(one), resolution, by, ...(text !== undefined && { text }) };
      const event = { type: 'complaint-resolved', at: after(one, now), data };
      const isOurs = { state: 'resolved', resolvedBy: `rapport/${id}` } as const;
      const isAsSeen = stands(one, isOurs);
      const receipt = await receiveOwn(one.customerId, event, id, async (session, customerId) => {
        await isAsSeen(session);
        if (resolution === 'goodwill') await giveGoodwill({ one, customerId, at: now }, session);
      });
      return receipt.duplicate ? unlessOther(one, receipt, { resolution, by }) : receipt;
    },

    /** @throws CaseChanged when it is open, or somebody else opened it again */
    async reopen(one: KeptCase, { by, text }: CaseReopening, now: number): Promise<Receipt> {
      if (one.state === 'open') throw new CaseChanged(one.id);
      const event = { type: 'complaint-reopened', at: after(one, now), data: { case: one.id, by, text } };
      const isOurs = { state: 'open', turn: one.turn + 1 } as const;
      const receipt = await receiveOwn(one.customerId, event, eventId(one, 'reopened'), stands(one, isOurs));
      return receipt.duplicate ? unlessOther(one, receipt, { by, text }) : receipt;
    },
  };
}

function aboutCase({ id, orderId }: KeptCase) {
  return { case: id, ...(orderId !== undefined && { orderId }) };
}

/** Its order after all that is known of the case: of two at one moment the silence would hold. */
function after({ since, resolvedAt }: KeptCase, now: number): number {
  return Math.max(now, since.getTime() + 1, (resolvedAt?.getTime() ?? 0) + 1);
}

function eventId({ id, turn }: KeptCase, what: string): string {
  return `case-${sendRef(id)}-${turn}-${what}`;
}

/** Looks, in the event's own transaction, whether it did what it is for: else none of it is kept. */
function stands({ id }: KeptCase, wanted: Readonly<Record<string, string | number>>) {
  return async (session: ClientSession) => {
    const found = await CaseModel.exists({ _id: id, ...wanted }).session(session);
    if (!found) throw new CaseChanged(id);
  };
}

/** Asked again by the same, with the same words, it is answered as before. */
async function unlessOther(
  { id }: KeptCase,
  receipt: Receipt,
  said: Readonly<Record<string, string>>,
): Promise<Receipt> {
  const kept = await events.byId(`rapport/${receipt.id}`);
  const isSame = Object.entries(said).every(([key, value]) => kept?.data?.[key] === value);
  if (!isSame) throw new CaseChanged(id);
  return receipt;
}
