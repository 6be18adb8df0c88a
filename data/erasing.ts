import { trusted } from 'mongoose';
import { normaliseEmail } from '../domain/identity.ts';
import { AnswerModel } from './answer-document.ts';
import { AwaitedModel } from './awaited.ts';
import { CaseModel } from './case-document.ts';
import { ClickModel } from './clicks.ts';
import { ConfirmationBounceModel } from './confirmation-bounces.ts';
import { CouponCodeModel } from './coupon-document.ts';
import { CustomerModel } from './customer-document.ts';
import { DecisionModel } from './decisions.ts';
import { ErasureModel, type Traces } from './erasures.ts';
import { EventModel } from './event-document.ts';
import { GrantModel } from './grant-document.ts';
import { JoinRequestModel } from './join-requests.ts';
import { PointEntryModel } from './point-entries.ts';
import { PrivacyRequestModel, privacyRequests } from './privacy-requests.ts';
import { RehearsalModel } from './rehearsals.ts';
import { SendModel, type SendState } from './send-document.ts';
import { TeamMailModel } from './team-mails.ts';
import { TeamTaskModel } from './team-task-document.ts';
import { WebhookMessageModel } from './webhook-messages.ts';

/** What erasing somebody does to one collection. */
type Erasing = {
  /** In words, for docs/privacy.md: what goes, or why it stays. */
  readonly says: string;
  /** Absent: nothing of anybody stands there, or what stands there stays. */
  readonly erase?: (who: Traces) => Promise<unknown>;
};

/**
 * What erasing does to each collection, in this order; every collection stands here, and a test sees to it.
 *
 * Each step may run any number of times, and half of it.
 */
export const ERASING: Readonly<Record<string, Erasing>> = {
  customers: { says: 'a stub stays: our own id, and that they were erased', erase: bare },
  joinRequests: {
    says: 'deleted',
    erase: ({ addressKeys }) => JoinRequestModel.deleteMany({ addressKey: among(addressKeys) }),
  },
  confirmationBounces: {
    says: 'deleted',
    erase: ({ addressKeys }) => ConfirmationBounceModel.deleteMany({ addressKey: among(addressKeys) }),
  },
  webhookMessages: { says: 'deleted, also those on their way', erase: eraseMessages },
  rehearsals: {
    says: 'the copies that the team got of their mails are counted, and named no more',
    erase: unname,
  },
  decisions: {
    says: 'deleted',
    erase: ({ members }) => DecisionModel.deleteMany({ customerId: among(members) }),
  },
  complaints: {
    says: 'deleted, with what the team noted; what was written goes with its event',
    erase: ({ members }) => CaseModel.deleteMany({ customerId: among(members) }),
  },
  answers: {
    says: 'deleted',
    erase: ({ members }) => AnswerModel.deleteMany({ customerId: among(members) }),
  },
  sends: { says: 'deleted; one that is leaving just now, once it is settled', erase: eraseSends },
  pointEntries: {
    says: 'deleted',
    erase: ({ members }) => PointEntryModel.deleteMany({ customerId: among(members) }),
  },
  tasks: {
    says: 'deleted, also those that are open',
    erase: ({ members }) => TeamTaskModel.deleteMany({ customerId: among(members) }),
  },
  awaited: { says: 'what waited for an order of theirs is deleted, with the order’s event' },
  privacyRequests: { says: 'stay, answered: no name, no id of the shop’s, no order', erase: closeRequests },
  events: {
    says: 'deleted; one without content stays, which tells that they were erased',
    erase: eraseEvents,
  },
  grants: { says: 'deleted; what was taken out of a budget stays taken', erase: eraseGrants },
  budgets: { says: 'nothing of customers' },
  couponCodes: { says: 'stays: that it was given, and no more to whom', erase: unnameCodes },
  couponPools: { says: 'nothing of customers' },
  erasures: { says: 'stays: our own ids and the dates, no name and no address' },
  consentEvents: {
    says: 'stays, as proof: our own ids, the keyed hash of the address, what was agreed to and when',
  },
  suppressions: { says: 'stays: the keyed hash of each address, and why it is not written to' },
  clicks: { says: 'deleted', erase: ({ members }) => ClickModel.deleteMany({ customerId: among(members) }) },
  playbooks: { says: 'nothing of customers' },
  templates: { says: 'nothing of customers' },
  apiKeys: { says: 'nothing of customers' },
  webhooks: { says: 'nothing of customers' },
  sending: { says: 'nothing of customers' },
  sendingDomains: { says: 'nothing of customers' },
  teamMails: {
    says: 'those about a complaint of theirs are deleted; of tasks our own ids stay for 90 days, which lead to nothing',
    erase: ({ members }) => TeamMailModel.deleteMany({ 'news.case.customerId': among(members) }),
  },
  sendingDays: { says: 'stays: hashes of our own ids of sends, which lead to nothing once these are gone' },
};

/**
 * Erases all that is kept of somebody.
 *
 * @returns until when a mail of theirs is under way, epoch milliseconds: then again; undefined: nothing is left
 */
export async function eraseAll(who: Traces): Promise<number | undefined> {
  for (const { erase } of Object.values(ERASING)) await erase?.(who);
  const left = await SendModel.findOne({ customerId: among(who.members) })
    .sort({ leaseUntil: -1 })
    .lean();
  return left ? (left.leaseUntil?.getTime() ?? 0) : undefined;
}

function among(values: readonly string[]) {
  return trusted({ $in: [...values] });
}

/** Most events gone over at a time. */
const PAGE = 500;

/** Takes off a stub what was being written while they were marked. */
function bare({ members }: Traces) {
  const written = {
    journey: 1,
    decidedAt: 1,
    externalIds: 1,
    emailKey: 1,
    suppressed: 1,
    wokenBy: 1,
  } as const;
  return CustomerModel.updateMany({ _id: among(members), erased: true }, { $unset: written });
}

/** Those of before messages named their customer are found by what they say. */
function eraseMessages({ members }: Traces) {
  const unnamed = { customerId: trusted({ $exists: false }), body: trusted({ $regex: members.join('|') }) };
  return WebhookMessageModel.deleteMany({ $or: [{ customerId: among(members) }, unnamed] });
}

/** A copy names the send, and so an order. */
async function unname({ members }: Traces): Promise<void> {
  const theirs = trusted({ $regex: `^(${members.join('|')})/` });
  await RehearsalModel.updateMany(
    { copies: theirs },
    { $set: { 'copies.$[copy]': 'erased' } },
    { arrayFilters: [{ copy: theirs }] },
  );
}

const UNDER_WAY: readonly SendState[] = ['claimed', 'transmitting'];

/** Whoever sends just now settles what they sent: their claim is waited for, or the end of its lease. */
function eraseSends({ members }: Traces) {
  const settled = { state: trusted({ $nin: [...UNDER_WAY] }) };
  const died = { leaseUntil: trusted({ $lte: new Date() }) };
  return SendModel.deleteMany({ customerId: among(members), $or: [settled, died] });
}

/** What is pending among them is not given back: its mail may be leaving just now. */
function eraseGrants({ members }: Traces) {
  return GrantModel.deleteMany({ customerId: among(members) });
}

/** A code names the grant, and that the customer. */
async function unnameCodes({ members }: Traces): Promise<void> {
  const theirs = trusted({ $regex: `^(${members.join('|')})/` });
  await CouponCodeModel.updateMany({ grant: theirs }, { $unset: { grant: 1 } });
}

/** Requests by law name people by their address, or by their shop's id. */
async function closeRequests({ members, externalIds, emails }: Traces): Promise<void> {
  const [ids, addresses] = [new Set(externalIds), new Set(emails.map(normaliseEmail))];
  const asked = await PrivacyRequestModel.find({}, { source: 1, customerId: 1, email: 1 }).lean();
  const theirs = asked.filter(({ source, customerId, email }) => {
    const isAddress = email !== undefined && addresses.has(normaliseEmail(email));
    return isAddress || (customerId !== undefined && ids.has(`${source}:${customerId}`));
  });
  if (theirs.length === 0) return;
  const erasure = await ErasureModel.findOne({ _id: among(members) }).lean();
  const answer = { how: 'erased', by: erasure?.by ?? '', erased: erasure ? [erasure._id] : [] } as const;
  await privacyRequests.closeErased(
    theirs.map(({ _id }) => _id),
    answer,
    Date.now(),
  );
}

/** Page by page, each with what hangs on it first: whoever goes on after a crash still finds that by it. */
async function eraseEvents(who: Traces): Promise<void> {
  const theirs = { customerId: among(who.members), type: trusted({ $ne: 'erased' }) };
  for (;;) {
    const page = await EventModel.find(theirs, { customer: 1 }).limit(PAGE).lean();
    if (page.length === 0) return;
    const ids = among(page.map(({ _id }) => _id));
    await AwaitedModel.deleteMany({ order: ids });
    await closeRequests({ ...who, emails: page.flatMap(({ customer }) => customer?.email ?? []) });
    await EventModel.deleteMany({ _id: ids });
  }
}
