import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { onFreePort } from './ports.ts';
import { launch, type Running, ready } from './processes.ts';

const { MongoClient } = mongoose.mongo;
const REPLICA_SET = 'rapport';

/** A database on the embedded MongoDB. */
export function mongoUri(port: number, database: string): string {
  return `mongodb://127.0.0.1:${port}/${database}?replicaSet=${REPLICA_SET}`;
}

export type MongoServer = {
  readonly running: Running;
  /** Starts it again after it fell over: on its data, and the port where its clients look for it. */
  readonly again: () => Promise<Running>;
  readonly port: number;
};

export type MongoOptions = {
  readonly mongod: string;
  /** Its data go to `mongo/` in here, its words to `mongo.log`. */
  readonly dir: string;
  /** The port to take if it is free. */
  readonly port?: number;
};

/** Starts MongoDB as a replica set of one, so that transactions work, listening on this machine only. */
export async function startMongo({ mongod, dir, port: preferred }: MongoOptions): Promise<MongoServer> {
  const data = join(dir, 'mongo');
  await mkdir(data, { recursive: true });
  const start = async (port: number) => {
    const running = launch({
      name: 'MongoDB',
      command: mongod,
      args: mongodArguments(port, data),
      logFile: join(dir, 'mongo.log'),
      graceSeconds: 30,
    });
    await ready(running, () => becomePrimary(port, data), 60);
    return running;
  };
  const { port, started } = await onFreePort(preferred, start);
  return { running: started, again: () => start(port), port };
}

function mongodArguments(port: number, data: string): string[] {
  return [
    ...['--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'],
    ...['--dbpath', data, '--replSet', REPLICA_SET, '--oplogSize', '128', '--wiredTigerCacheSizeGB', '0.5'],
    // It stands alone: nobody is there to be handed over to when it goes.
    ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
    ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
    // What a process that was killed held in a transaction is free after some seconds, not a minute; ours take far less.
    ...['--setParameter', 'transactionLifetimeLimitSeconds=5'],
  ];
}

/** Makes it the primary of its own set, under the port it has today; rejects until it is, and where another answers. */
async function becomePrimary(port: number, data: string): Promise<void> {
  const host = `127.0.0.1:${port}`;
  const client = new MongoClient(`mongodb://${host}`, {
    directConnection: true,
    serverSelectionTimeoutMS: 300,
  });
  try {
    const admin = client.db('admin');
    const { parsed } = await admin.command({ getCmdLineOpts: 1 });
    if (parsed.storage.dbPath !== data) throw new Error('another MongoDB was quicker to take the port');
    const hello = await admin.command({ hello: 1 });
    if (hello.isWritablePrimary) return;
    if (hello.me !== host) await configure(admin, host);
    throw new Error('not yet the primary');
  } finally {
    await client.close();
  }
}

async function configure(admin: mongoose.mongo.Db, host: string): Promise<void> {
  const config = { _id: REPLICA_SET, members: [{ _id: 0, host }] };
  const earlier = await admin.command({ replSetGetConfig: 1 }).catch(() => undefined);
  if (!earlier) await admin.command({ replSetInitiate: config });
  else {
    const { config: stored } = earlier; // made when it listened on another port
    const moved = { ...stored, version: stored.version + 1, members: [{ ...stored.members[0], host }] };
    await admin.command({ replSetReconfig: moved, force: true });
  }
}
