import type { ClientSession } from 'mongoose';
import { type Bounce, isGivenUp, isOfMailbox } from '../domain/delivery-report.ts';
import { confirmationBounces } from './confirmation-bounces.ts';
import { type SendDocument, SendModel } from './send-document.ts';
import { suppressions } from './suppressions.ts';

/** The address that refused a mail, whose it is, if anybody's, and when, epoch milliseconds. */
type Refuser = { readonly customerId?: string; readonly addressKey: string; readonly at: number };

/**
 * Draws the consequence of a refusal for its address: a hard one suppresses it at once, a soft one with those of the
 * last two weeks, and one of policy blames us, never the person.
 *
 * The refusal itself is written before, in the same transaction.
 */
export async function heed(
  { class: found }: Bounce,
  { customerId, addressKey, at }: Refuser,
  session: ClientSession,
): Promise<void> {
  switch (found) {
    case 'hard':
      return suppressions.add(addressKey, 'hard-bounce', at, session);
    case 'soft': {
      const ofSends = customerId === undefined ? [] : await softBounces({ customerId, addressKey }, session);
      const bounces = [...ofSends, ...(await confirmationBounces.soft(addressKey, session))];
      return isGivenUp(bounces, at) ? suppressions.add(addressKey, 'soft-bounces', at, session) : undefined;
    }
    case 'policy':
      return undefined;
  }
}

/**
 * When the mails to an address bounced softly lately: one moment a mail, whether it was refused at once or came back.
 * What our own mail server put off for two days without an answer of the address's is no bounce.
 */
async function softBounces(
  { customerId, addressKey }: { readonly customerId: string; readonly addressKey: string },
  session: ClientSession,
): Promise<readonly number[]> {
  const theirs = await SendModel.find({ customerId, addressKey }, { bounce: 1, outcome: 1, settledAt: 1 })
    .session(session)
    .lean();
  return theirs.flatMap((send) => softBounceOf(send) ?? []);
}

function softBounceOf({
  bounce,
  outcome,
  settledAt,
}: Pick<SendDocument, 'bounce' | 'outcome' | 'settledAt'>): number | undefined {
  if (bounce) return bounce.class === 'soft' ? bounce.at : undefined;
  if (outcome?.kind !== 'rejected' || outcome.class !== 'soft') return undefined;
  return isOfMailbox(outcome.code) ? settledAt?.getTime() : undefined;
}
