import { type ClientSession, trusted } from 'mongoose';
import { type Bounce, type DeliveryReport, outweighs } from '../domain/delivery-report.ts';
import type { SentMail } from '../domain/return-path.ts';
import { sendRef } from '../domain/send-ref.ts';
import { fromWithin, type OwnEvent } from './arriving.ts';
import { heed } from './bounced.ts';
import {
  followConfirmation,
  type ReportedConfirmation,
  reportedConfirmation,
} from './confirmation-reports.ts';
import { CustomerModel } from './customer-document.ts';
import { keep } from './keep.ts';
import { arrivalNow, type ReceiveDeps } from './receive.ts';
import { type SendDocument, SendModel } from './send-document.ts';
import { suppressions } from './suppressions.ts';
import { inTransaction } from './transaction.ts';

/** What is told of a mail. */
export type Told = {
  readonly report: DeliveryReport;
  /** Of one whose repetitions are to count: tells it from others of its kind. Default: of a mail each kind counts once. */
  readonly id?: string;
  /** The topic that is left; absent: all marketing. */
  readonly topic?: string;
  readonly how?: 'mailto' | 'provider';
};

/** What became of a report: `unheard` concerns nobody whom we know. */
export type Taken = 'kept' | 'repeated' | 'unheard';

export type Tell = (send: ReportedSend | undefined) => Promise<Told | undefined>;

export type TellOfConfirmation = (mail: ReportedConfirmation) => Promise<Told | undefined>;

/** A mail of ours, as far as its reports go. */
export type ReportedSend = Pick<
  SendDocument,
  '_id' | 'touch' | 'occasion' | 'kind' | 'playbook' | 'addressKey'
>;

/** Takes in what mail systems tell of our mails, each as an event of the customer's, with what follows from it. */
export function createReports(deps: ReceiveDeps) {
  async function keepFor(customerId: string, send: ReportedSend | undefined, ref: string, told: Told) {
    const arrival = await arrivalNow(deps);
    const event = eventOf(told, send, deps.clock.now());
    const arriving = fromWithin(idOf(told, ref), customerId, event, arrival);
    const { duplicate } = await keep(arriving, (session, who) =>
      follow({ who, send, report: told.report, at: event.at }, session),
    );
    return duplicate ? 'repeated' : 'kept';
  }

  /** Of an address of somebody whom we know it is their event, as of any mail. */
  async function keepOfConfirmation(mail: ReportedConfirmation, told: Told): Promise<Taken> {
    const { report } = told;
    const customer = await CustomerModel.findOne({ emailKey: mail.addressKey }, { _id: 1 }).lean();
    const at = deps.clock.now();
    if (!customer) {
      const changes = await inTransaction((session) => followConfirmation({ ...mail, report, at }, session));
      return changes ? 'kept' : 'repeated';
    }
    const arriving = fromWithin(
      idOf(told, mail.ref),
      customer._id,
      eventOf(told, undefined, at),
      await arrivalNow(deps),
    );
    const { duplicate } = await keep(arriving, async (session, customerId) => {
      await followConfirmation({ ...mail, report, at, customerId }, session);
    });
    return duplicate ? 'repeated' : 'kept';
  }

  return {
    /** Takes in what is told of a mail by which an address was to be confirmed, found by its reference. */
    async ofConfirmation(ref: string, tell: TellOfConfirmation): Promise<Taken> {
      const mail = await reportedConfirmation(ref);
      const told = mail && (await tell(mail));
      return mail && told ? keepOfConfirmation(mail, told) : 'unheard';
    },

    /**
     * Takes in what is told of a mail, found by its reference: never by an address that the report names.
     *
     * @param tell what is told of this mail, if it is kept still; undefined: nothing
     */
    async ofMail({ customerId, ref }: SentMail, tell: Tell): Promise<Taken> {
      const send = await findSend({ customerId, ref });
      const told = await tell(send);
      const whose = told && (await livingCustomer(send?.customerId ?? customerId));
      return whose ? keepFor(whose, send, ref, told) : 'unheard';
    },

    /** Takes in what a provider tells of an address, where it does not say which mail. */
    async ofAddress(addressKey: string, told: Told & { readonly id: string }): Promise<Taken> {
      const { report } = told;
      if (report.kind === 'bounce' && report.class === 'hard') {
        await suppressions.add(addressKey, 'hard-bounce', deps.clock.now());
      }
      const customer = await CustomerModel.findOne({ emailKey: addressKey }, { _id: 1 }).lean();
      return customer ? keepFor(customer._id, undefined, 'address', told) : 'unheard';
    },
  };
}

export type Reports = ReturnType<typeof createReports>;

/** Keys of a customer's sends begin with the id they had then, whoever they became. */
async function findSend({ customerId, ref }: SentMail): Promise<SendDocument | undefined> {
  const theirs = { _id: trusted({ $gt: `${customerId}/`, $lt: `${customerId}0` }) };
  const keys = await SendModel.find(theirs, { _id: 1 }).lean();
  const key = keys.find(({ _id }) => sendRef(_id) === ref)?._id;
  return (key !== undefined && (await SendModel.findById(key).lean())) || undefined;
}

/** The customer, or whom they became; undefined: they are gone. */
async function livingCustomer(id: string): Promise<string | undefined> {
  const kept = await CustomerModel.findById(id, { mergedInto: 1, erased: 1 }).lean();
  if (kept?.mergedInto) return livingCustomer(kept.mergedInto);
  return kept && !kept.erased ? kept._id : undefined;
}

/** The same report has the same identity, so that it counts once however often it comes, and by whatever way. */
function idOf({ report, id }: Told, ref: string): string {
  const kind = report.kind === 'bounce' ? `bounce-${report.class}` : report.kind;
  return [kind, ref, id].filter((part) => part !== undefined).join('-');
}

/** Never the address, nor the server's words. */
function eventOf({ report, topic, how }: Told, send: ReportedSend | undefined, at: number): OwnEvent {
  const about = send ? { touch: send.touch, occasion: send.occasion } : {};
  switch (report.kind) {
    case 'bounce': {
      const { status } = report;
      const data = { class: report.class, ...(status !== undefined && { status }), ...about };
      return { type: 'bounce', at, data };
    }
    case 'spam-complaint':
      return { type: 'spam-complaint', at, data: about };
    case 'unsubscribe': {
      const data = { ...(topic !== undefined && { topic }), ...(how !== undefined && { how }), ...about };
      return { type: 'unsubscribe', at, data };
    }
  }
}

type Followed = {
  readonly who: string;
  readonly send: ReportedSend | undefined;
  readonly report: DeliveryReport;
  readonly at: number;
};

/** What follows from a report, in the transaction of its event. */
async function follow({ who, send, report, at }: Followed, session: ClientSession): Promise<void> {
  if (!send) return;
  const { _id } = send;
  if (report.kind === 'spam-complaint') {
    await SendModel.updateOne({ _id }, { $set: { spamComplaintAt: new Date(at) } }, { session });
  }
  if (report.kind !== 'bounce') return;
  const { status } = report;
  const bounce = { class: report.class, ...(status !== undefined && { status }), at };
  await noteBounce(_id, bounce, session);
  const customer = await CustomerModel.findById(who, { emailKey: 1 }).session(session).lean();
  const { addressKey } = send; // another address since then is not to blame
  if (addressKey === undefined || customer?.emailKey !== addressKey) return;
  await heed(report, { customerId: who, addressKey, at }, session);
}

async function noteBounce(
  _id: string,
  bounce: Bounce & { readonly at: number },
  session: ClientSession,
): Promise<void> {
  const kept = await SendModel.findById(_id, { bounce: 1 }).session(session).lean();
  if (kept && outweighs(bounce, kept.bounce))
    await SendModel.updateOne({ _id }, { $set: { bounce } }, { session });
}
