import { model, Schema, trusted } from 'mongoose';
import { BURST_MS, type ScannerSign } from '../domain/scanner.ts';
import { inCollection, isDuplicate } from './collection.ts';
import { SendModel } from './send-document.ts';

/**
 * That a link of a mail was followed: by a person once at most, and by machines, told apart. It is the customer's: their
 * export tells it, and erasing them deletes it.
 */
type ClickDocument = {
  /** `<mail>/<number of the link>`. */
  readonly _id: string;
  /** By a signature of ours. */
  readonly mail: string;
  /** Whose mail it was. */
  readonly customerId: string;
  readonly index: number;
  readonly touch: string;
  /** As it stands in the template: `shop.url`, or the address. */
  readonly link: string;
  /** Of the first visit. */
  readonly at: Date;
  readonly person?: Date;
  readonly scanner?: Date;
  readonly sign?: ScannerSign;
};

/** After so long it is forgotten, seconds: thirteen months, so that a year can be held beside the last. */
const KEPT_S = 400 * 86_400;

const clickSchema = new Schema<ClickDocument>(
  {
    _id: String,
    mail: { type: String, required: true },
    customerId: { type: String, required: true },
    index: { type: Number, required: true },
    touch: { type: String, required: true },
    link: { type: String, required: true },
    at: { type: Date, required: true, expires: KEPT_S },
    person: Date,
    scanner: Date,
    sign: String,
  },
  inCollection('clicks'),
)
  .index({ mail: 1 })
  .index({ customerId: 1 });

export const ClickModel = model('Click', clickSchema);

export type Click = Pick<ClickDocument, 'mail' | 'customerId' | 'index' | 'touch' | 'link'> & {
  readonly at: number;
  readonly sign?: ScannerSign | undefined;
};

/** How often a link was followed. */
export type LinkCount = {
  readonly touch: string;
  readonly link: string;
  readonly people: number;
  readonly scanners: number;
};

export const clicks = {
  /** The visits to links of a mail so far. */
  async ofMail(mail: string): Promise<readonly { readonly link: number; readonly at: number }[]> {
    const kept = await ClickModel.find({ mail }).lean();
    return kept.flatMap(({ index, person, scanner }) =>
      [person, scanner].flatMap((at) => (at ? [{ link: index, at: at.getTime() }] : [])),
    );
  },

  /** Notes a visit: the first of a person and the first of a machine count. */
  async note({ mail, customerId, index, touch, link, at, sign }: Click): Promise<void> {
    const when = new Date(at);
    const first = { mail, customerId, index, touch, link, at: when };
    const seen = sign ? { scanner: when, sign } : { person: when };
    const id = `${mail}/${index}`;
    try {
      await ClickModel.updateOne({ _id: id }, { $setOnInsert: first }, { upsert: true });
    } catch (error) {
      if (!isDuplicate(error)) throw error; // somebody else was first
    }
    const unseen = { [sign ? 'scanner' : 'person']: trusted({ $exists: false }) };
    await ClickModel.updateOne({ _id: id, ...unseen }, { $set: seen });
  },

  /** Makes a machine's of what was taken for a person's about a moment. */
  async takeBack(mail: string, at: number): Promise<void> {
    const close = { person: trusted({ $gt: new Date(at - BURST_MS), $lt: new Date(at + BURST_MS) }) };
    await ClickModel.updateMany(
      { mail, ...close },
      [
        { $set: { scanner: { $ifNull: ['$scanner', '$person'] }, sign: { $literal: 'burst' } } },
        { $unset: 'person' },
      ],
      { updatePipeline: true },
    );
  },

  /** What was followed, by touch and link, the most followed first. */
  async counts({ from, to }: Within): Promise<readonly LinkCount[]> {
    const one = (field: string) => ({ $sum: { $cond: [{ $ifNull: [`$${field}`, false] }, 1, 0] } });
    return ClickModel.aggregate<LinkCount>([
      { $match: { at: within(from, to) } },
      {
        $group: { _id: { touch: '$touch', link: '$link' }, people: one('person'), scanners: one('scanner') },
      },
      { $project: { _id: 0, touch: '$_id.touch', link: '$_id.link', people: 1, scanners: 1 } },
      { $sort: { people: -1, scanners: -1, touch: 1, link: 1 } },
    ]);
  },

  /** How many mails were counted and taken by the mail server, by touch. */
  async mails({ from, to }: Within): Promise<ReadonlyMap<string, number>> {
    const found = await SendModel.aggregate<{ _id: string; mails: number }>([
      { $match: { 'mail.measured': true, state: 'accepted', settledAt: within(from, to) } },
      { $group: { _id: '$touch', mails: { $sum: 1 } } },
    ]);
    return new Map(found.map(({ _id, mails }) => [_id, mails]));
  },
};

type Within = { readonly from?: number; readonly to?: number };

function within(from = 0, to = 8.64e15) {
  return { $gte: new Date(from), $lt: new Date(to) };
}
