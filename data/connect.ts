import mongoose from 'mongoose';

/** How long a command waits for a server it can use before it fails, milliseconds. */
const PATIENCE_MS = 5_000;

/**
 * Connects to MongoDB, for the whole process.
 *
 * Writes are answered by a majority, and only what a majority holds is read: whoever has read an event's number
 * may rely on it, also when the primary is lost.
 *
 * @throws within five seconds, in one line that says what to do and quotes no password
 */
export async function connect(uri: string): Promise<void> {
  mongoose.set({ strictQuery: 'throw', sanitizeFilter: true, autoIndex: false, autoCreate: false });
  mongoose.set('bufferCommands', false);
  try {
    await mongoose.connect(uri, {
      serverSelectionTimeoutMS: PATIENCE_MS,
      connectTimeoutMS: PATIENCE_MS,
      writeConcern: { w: 'majority' },
      readConcern: { level: 'majority' },
      ignoreUndefined: true,
    });
    await refuseStandalone();
  } catch (error) {
    await mongoose.disconnect();
    throw new Error(`MongoDB at ${hostsOf(uri)} cannot be used: ${oneLine(error)}. Check MONGODB_URI.`);
  }
}

export async function disconnect(): Promise<void> {
  await mongoose.disconnect();
}

/** Whether MongoDB answers. */
export async function isReachable(): Promise<boolean> {
  try {
    await mongoose.connection.db?.command({ ping: 1 });
    return mongoose.connection.readyState === mongoose.ConnectionStates.connected;
  } catch {
    return false;
  }
}

async function refuseStandalone(): Promise<void> {
  const hello = await mongoose.connection.db?.command({ hello: 1 });
  if (hello?.setName || hello?.msg === 'isdbgrid') return;
  throw new Error('it is a single server without transactions; start it with --replSet, and rs.initiate()');
}

/** The hosts of a URI without its user and password. */
function hostsOf(uri: string): string {
  return (
    uri
      .replace(/^mongodb(\+srv)?:\/\//, '')
      .replace(/^.*@/, '')
      .split(/[/?]/)[0] ?? ''
  );
}

function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s+/g, ' ').replace(/\.$/, '');
}
