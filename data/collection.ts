import mongoose from 'mongoose';

/** How every collection is kept: an unknown field is refused, an empty object stays. */
export function inCollection(collection: string) {
  return { collection, strict: 'throw', versionKey: false, minimize: false, autoIndex: false } as const;
}

/** Whether MongoDB refused a second document under a unique key. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 11_000;
}
