import mongoose from 'mongoose';

/** Every document of every collection of the connected database, as JSON, by collection and id. */
export async function everythingKept(): Promise<Readonly<Record<string, readonly string[]>>> {
  const collections = (await mongoose.connection.db?.collections()) ?? [];
  const kept = collections.map(async (collection) => {
    const documents = await collection.find().sort({ _id: 1 }).toArray();
    return [collection.collectionName, documents.map((document) => JSON.stringify(document))] as const;
  });
  return Object.fromEntries(await Promise.all(kept));
}
