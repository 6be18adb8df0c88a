import { trusted } from 'mongoose';
import type { Customer } from '../domain/customer.ts';
import { normaliseEmail } from '../domain/identity.ts';
import type { DecisionRecord } from '../domain/journey.ts';
import { AnswerModel } from './answer-document.ts';
import { CaseModel } from './case-document.ts';
import { ClickModel } from './clicks.ts';
import { ConfirmationBounceModel } from './confirmation-bounces.ts';
import { ConsentEventModel } from './consent-events.ts';
import { DecisionModel } from './decisions.ts';
import { EventModel } from './event-document.ts';
import { GrantModel } from './grant-document.ts';
import { JoinRequestModel } from './join-requests.ts';
import type { EventDocument } from './kept-event.ts';
import { idsOf } from './merged-ids.ts';
import { PointEntryModel } from './point-entries.ts';
import { PrivacyRequestModel } from './privacy-requests.ts';
import { type SendDocument, SendModel } from './send-document.ts';
import { TeamTaskModel } from './team-task-document.ts';
import { WebhookMessageModel } from './webhook-messages.ts';

/** How many rows are in memory at a time. */
const PAGE = 100;

type Everything = {
  readonly events: () => AsyncIterable<EventDocument>;
  readonly sends: () => AsyncIterable<SendDocument>;
  readonly decisions: () => AsyncIterable<DecisionRecord>;
  /** Nothing of these is put into words. */
  readonly answers: () => AsyncIterable<object>;
  readonly clicks: () => AsyncIterable<object>;
  readonly tasks: () => AsyncIterable<object>;
  readonly consents: () => AsyncIterable<object>;
  readonly pointEntries: () => AsyncIterable<object>;
  readonly joinRequests: () => AsyncIterable<object>;
  readonly confirmationBounces: () => AsyncIterable<object>;
  readonly privacyRequests: () => AsyncIterable<object>;
  readonly grants: () => AsyncIterable<object>;
  readonly webhookMessages: () => AsyncIterable<object>;
  readonly complaints: () => AsyncIterable<object>;
};

/**
 * All that is kept about a customer beside their own document, and about whoever was merged into them; row by row, so
 * that no life is too long for the memory.
 */
export async function everythingOf(customer: Customer): Promise<Everything> {
  const customerId = trusted({ $in: await idsOf(customer.id) });
  const keys = (customer.known.marks?.addresses ?? []).map(({ key }) => key);
  const { email } = customer.known.profile;
  return {
    events: () =>
      EventModel.find({ customerId }, { untold: 0 }).sort({ n: 1 }).lean().cursor({ batchSize: PAGE }),
    sends: () => SendModel.find({ customerId }).sort({ due: 1 }).lean().cursor({ batchSize: PAGE }),
    decisions: () =>
      DecisionModel.find({ customerId }, { untold: 0 }).sort({ customerId: 1, seq: 1 }).lean().cursor(),
    answers: () => AnswerModel.find({ customerId }, { untold: 0 }).lean().cursor({ batchSize: PAGE }),
    clicks: () => ClickModel.find({ customerId }).sort({ at: 1 }).lean().cursor({ batchSize: PAGE }),
    tasks: () => TeamTaskModel.find({ customerId }, { untold: 0 }).sort({ at: 1 }).lean().cursor(),
    consents: () => ConsentEventModel.find({ customerId }).sort({ at: 1 }).lean().cursor({ batchSize: PAGE }),
    pointEntries: () =>
      PointEntryModel.find({ customerId }).sort({ at: 1 }).lean().cursor({ batchSize: PAGE }),
    joinRequests: () =>
      JoinRequestModel.find({ addressKey: trusted({ $in: keys }) })
        .lean()
        .cursor(),
    confirmationBounces: () =>
      ConfirmationBounceModel.find({ addressKey: trusted({ $in: keys }) })
        .lean()
        .cursor(),
    privacyRequests: () => requestsOf(customer.externalIds, email),
    grants: () =>
      GrantModel.find({ customerId }, { owner: 0, leaseUntil: 0, version: 0 })
        .sort({ reservedAt: 1 })
        .lean()
        .cursor({ batchSize: PAGE }),
    complaints: () =>
      CaseModel.find({ customerId }, { untold: 0 }).sort({ openedAt: 1 }).lean().cursor({ batchSize: PAGE }),
    webhookMessages: () =>
      WebhookMessageModel.find({ customerId }, { leaseToken: 0 }).lean().cursor({ batchSize: PAGE }),
  };
}

/** Those that nobody has answered yet; answered ones name nobody. */
async function* requestsOf(externalIds: readonly string[], email: string | undefined) {
  for await (const request of PrivacyRequestModel.find().lean().cursor()) {
    const { source, customerId, email: asked } = request;
    const isAddress =
      asked !== undefined && email !== undefined && normaliseEmail(asked) === normaliseEmail(email);
    if (isAddress || externalIds.includes(`${source}:${customerId}`)) yield request;
  }
}
