import { createHash, randomBytes } from 'node:crypto';
import { model, Schema } from 'mongoose';
import { ulid } from 'ulid';
import { inCollection } from './collection.ts';

/** A key of the API, without the key. */
export type ApiKey = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
};

type ApiKeyDocument = Omit<ApiKey, 'id'> & {
  readonly _id: string;
  /** SHA-256 of the key, which is random: nothing slower is needed. */
  readonly hash: string;
};

const apiKeySchema = new Schema<ApiKeyDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    scopes: { type: [String], required: true },
    createdAt: { type: Date, required: true },
    hash: { type: String, required: true },
  },
  inCollection('apiKeys'),
).index({ hash: 1 }, { unique: true });

export const ApiKeyModel = model('ApiKey', apiKeySchema);

/** The keys that open the API. */
export const apiKeys = {
  /** Makes a key; it is told this once, and kept as its hash. */
  async create({ name, scopes }: Pick<ApiKey, 'name' | 'scopes'>): Promise<{ id: string; key: string }> {
    const id = ulid();
    const key = `rk_${randomBytes(32).toString('base64url')}`;
    await ApiKeyModel.create({ _id: id, name, scopes, createdAt: new Date(), hash: hashOf(key) });
    return { id, key };
  },

  /** All keys, the oldest first. */
  async list(): Promise<readonly ApiKey[]> {
    const kept = await ApiKeyModel.find().sort({ _id: 1 }).lean();
    return kept.map(toApiKey);
  },

  /** @returns whether there was such a key */
  async revoke(id: string): Promise<boolean> {
    const { deletedCount } = await ApiKeyModel.deleteOne({ _id: id });
    return deletedCount === 1;
  },

  /** What a key opens, or nothing if it opens nothing. */
  async check(key: string): Promise<ApiKey | undefined> {
    const kept = await ApiKeyModel.findOne({ hash: hashOf(key) }).lean();
    return kept ? toApiKey(kept) : undefined;
  },
};

function toApiKey({ _id, name, scopes, createdAt }: ApiKeyDocument): ApiKey {
  return { id: _id, name, scopes, createdAt };
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
