import { model, Schema } from 'mongoose';
import { inCollection, isDuplicate } from './collection.ts';

/** A domain that is or was warmed up. Its `_id` is the domain: the first to send from it sets the day, for ever. */
type SendingDomainDocument = {
  readonly _id: string;
  /** The shop's calendar day of its first mail, as days since 1970-01-01. */
  readonly since: number;
};

const sendingDomainSchema = new Schema<SendingDomainDocument>(
  { _id: String, since: { type: Number, required: true } },
  inCollection('sendingDomains'),
);

export const SendingDomainModel = model('SendingDomain', sendingDomainSchema);

/** The day on which a domain's warm-up began: `today`, if nothing was sent from it before. */
export async function warmSince(domain: string, today: number): Promise<number> {
  const kept = await SendingDomainModel.findById(domain).lean();
  if (kept) return kept.since;
  try {
    await SendingDomainModel.create({ _id: domain, since: today });
    return today;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return warmSince(domain, today); // another began it just now
  }
}
