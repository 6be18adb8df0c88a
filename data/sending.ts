import { type ClientSession, model, Schema, trusted } from 'mongoose';
import { becauseOf, type Trip } from '../domain/circuit-breaker.ts';
import type { Sending } from '../domain/sending.ts';
import { inCollection, isDuplicate } from './collection.ts';
import { CustomerModel } from './customer-document.ts';

/** Whether mail leaves: one document for the whole shop. */
type SendingDocument = Sending & {
  readonly _id: string;
  /** Since when it is so, wall time; by what means, and why. */
  readonly at: Date;
  readonly by: string;
  readonly because?: string;
  /** The numbers by which the circuit breaker stopped it. */
  readonly trip?: Trip;
  /** Of all mail being stopped: how marketing was before. It stays so when mail is started. */
  readonly before?: Pick<SendingDocument, 'at' | 'by' | 'because' | 'trip'>;
  /** The circuit breaker counts the mails since: when a person last ended a pause of its. */
  readonly countsFrom?: Date;
  /** Stops of the circuit breaker that subscribers are to be told of. `at`: epoch milliseconds. */
  readonly untold?: readonly { readonly trip: Trip; readonly at: number }[];
};

const sendingSchema = new Schema<SendingDocument>(
  {
    _id: String,
    stopped: String,
    spreadMs: { type: Number, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    because: String,
    trip: Schema.Types.Mixed,
    before: Schema.Types.Mixed,
    countsFrom: Date,
    untold: { type: [Schema.Types.Mixed], default: undefined },
  },
  inCollection('sending'),
);

export const SendingModel = model('Sending', sendingSchema);

/** What is told of the state of sending, with who brought it about. */
export type SendingState = Omit<SendingDocument, '_id' | 'at' | 'by' | 'untold' | 'before'> & {
  readonly at?: Date;
  readonly by?: string;
};

/** Who stops or starts mail, when by the wall clock, and why. */
export type Hand = { readonly by: string; readonly at: Date; readonly because?: string | undefined };

const ID = 'mail';

const ABSENT = trusted({ $exists: false });

/** How marketing is, where it alone is stopped. */
const PAUSED = {
  $cond: [
    { $eq: ['$stopped', 'marketing'] },
    { at: '$at', by: '$by', because: '$because', trip: '$trip' },
    '$$REMOVE',
  ],
};

/** Who is erased is woken no more. */
const WAITING = { 'journey.stopped': true, erased: ABSENT } as const;

/** Whether mail leaves, for every worker at once: who wants to send asks here last thing, and takes no old answer. */
export const sending = {
  async current(): Promise<SendingState> {
    const kept = await SendingModel.findById(ID).lean();
    if (!kept) return { spreadMs: 0 };
    const { _id, untold, before, ...state } = kept;
    return state;
  },

  /**
   * Stops mail. What is stopped already stays so, and who stopped all of it is not overruled by less; all of it may be
   * stopped while marketing is.
   */
  async stop(scope: 'all' | 'marketing', { by, at, because }: Hand): Promise<SendingState> {
    const looser = scope === 'all' ? ['all' as const] : ['all' as const, 'marketing' as const];
    const told = {
      ...{ stopped: scope, at, by: { $literal: by }, because: because ? { $literal: because } : '$$REMOVE' },
      ...(scope === 'all' ? { spreadMs: 0, before: PAUSED } : { spreadMs: { $ifNull: ['$spreadMs', 0] } }),
      ...{ trip: '$$REMOVE', countsFrom: { $ifNull: ['$countsFrom', '$at', new Date(0)] } },
    };
    try {
      await SendingModel.updateOne({ _id: ID, stopped: trusted({ $nin: looser }) }, [{ $set: told }], {
        ...{ upsert: true, updatePipeline: true },
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error; // it is stopped already
    }
    return sending.current();
  },

  /**
   * Pauses marketing as too many mails came back, unless mail is stopped already or was since the numbers were read:
   * whoever starts it again starts the count anew, too.
   *
   * @param seen the state of sending by which the mails were counted
   * @throws a duplicate key error when it is another by now
   */
  async trip(trip: Trip, seen: SendingState, at: Date, session: ClientSession): Promise<void> {
    const same = { _id: ID, stopped: ABSENT, at: seen.at ?? ABSENT };
    const told = { stopped: 'marketing' as const, at, by: 'circuit-breaker', because: becauseOf(trip), trip };
    const changes = {
      ...{ $set: told, $setOnInsert: { spreadMs: 0, countsFrom: new Date(0) } },
      $push: { untold: { trip, at: at.getTime() } },
    };
    await SendingModel.updateOne(same, changes, { upsert: true, session });
  },

  /**
   * Lets mail leave again: all that was stopped last. So where marketing was paused before all mail was stopped, it
   * stays paused, and is started by being asked once more. Where mail was not stopped, or was stopped by more
   * meanwhile, nothing is changed.
   *
   * @param spreadMs open hours over which the mail of those who waited is spread
   */
  async start(spreadMs: number, { by, at, because }: Hand): Promise<SendingState> {
    const kept = await SendingModel.findById(ID).lean();
    if (!kept?.stopped) return sending.current();
    const { before, countsFrom = kept.at } = kept;
    const started = { at, by, ...(because !== undefined && { because }) };
    const next = before
      ? { ...before, stopped: 'marketing' as const }
      : { ...started, countsFrom: kept.trip ? at : countsFrom };
    const gone = (['stopped', 'because', 'trip', 'before'] as const).filter((key) => !(key in next));
    const changes = { $set: { ...next, spreadMs }, $unset: Object.fromEntries(gone.map((key) => [key, 1])) };
    await SendingModel.updateOne({ _id: ID, stopped: kept.stopped, at: kept.at }, changes);
    return sending.current();
  },

  /** How many customers have something that waits for mail to be started. */
  waiting(): Promise<number> {
    return CustomerModel.countDocuments(WAITING);
  },

  /**
   * Marks a page of the customers who wait as undelivered, so that the relay wakes their journeys; whoever is so already
   * is left to it. Nothing is noted of how far it came: whoever waits is found until they have decided anew.
   *
   * @param after the id of the last customer of the page before
   * @param touches only those of whom one of these waits. Default: all who wait
   * @returns the id of the last one marked, or nothing where there is nobody further on
   */
  async wake(
    after: string,
    { limit, touches }: { readonly limit: number; readonly touches?: readonly string[] | undefined },
  ): Promise<string | undefined> {
    const asleep = { ...WAITING, undelivered: ABSENT };
    const waits = trusted({ $elemMatch: { waits: true, touch: { $in: [...(touches ?? [])] } } });
    const further = { ...asleep, _id: trusted({ $gt: after }), ...(touches && { 'journey.agenda': waits }) };
    const page = await CustomerModel.find(further, { _id: 1 }).sort({ _id: 1 }).limit(limit).lean();
    const ids = page.map(({ _id }) => _id);
    if (ids.length === 0) return undefined;
    await CustomerModel.updateMany(
      { ...asleep, _id: trusted({ $in: ids }) },
      { $set: { undelivered: true } },
    );
    return ids.at(-1);
  },
};
