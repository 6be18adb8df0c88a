import mongoose from 'mongoose';

/** Where in the database a text stands: `collection: document`, of every collection there is. */
export async function findIn(texts: readonly string[]): Promise<readonly string[]> {
  const { db } = mongoose.connection;
  const names = (await db?.listCollections().toArray())?.map(({ name }) => name) ?? [];
  const found = names.map(async (name) => {
    const documents = (await db?.collection(name).find().toArray()) ?? [];
    const written = documents.map((document) => JSON.stringify(document));
    return written.filter((one) => texts.some((text) => one.includes(text))).map((one) => `${name}: ${one}`);
  });
  return (await Promise.all(found)).flat();
}
