import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BINARIES, findBinary } from '../../servers/binaries.ts';
import { mongoUri, startMongo } from '../../servers/mongo.ts';
import { step } from '../../servers/step.ts';
import { startTemporal } from '../../servers/temporal.ts';
import { keepForTeardown } from './global-teardown.ts';

/** Where Node keeps what it compiled, by content: tests start Rapport's processes by the hundred. */
const COMPILED = new URL('../../node_modules/.cache/rapport/compiled', import.meta.url).pathname;

/** Starts one MongoDB and one Temporal for the whole run; they end with it, even when it is killed. */
export default async function setUp(): Promise<void> {
  await step('Starting MongoDB and Temporal for the tests', async (tell) => {
    const dir = await mkdtemp(join(tmpdir(), 'rapport-test-'));
    const [mongod, temporal, testServer] = await Promise.all([
      findBinary(BINARIES.mongod, { tell }),
      findBinary(BINARIES.temporal, { tell }),
      findBinary(BINARIES.testServer, { tell }),
    ]);
    const [mongoServer, temporalServer] = await Promise.all([
      startMongo({ mongod, dir }),
      startTemporal({ temporal, dir, headless: true }),
    ]);
    keepForTeardown({ dir, servers: [mongoServer.running, temporalServer.running] });
    process.env.RAPPORT_TEST_MONGODB = mongoUri(mongoServer.port, 'test');
    process.env.RAPPORT_TEST_TEMPORAL = temporalServer.address;
    process.env.RAPPORT_TEST_TIME_SKIPPING = await watched(testServer, dir);
    process.env.NODE_COMPILE_CACHE ??= COMPILED;
  });
}

/** The program, ended when the process that started it is: the SDK leaves it running when a test run is killed. */
async function watched(program: string, dir: string): Promise<string> {
  const path = join(dir, 'temporal-test-server');
  const watch = 'while kill -0 $self; do kill -0 $parent || kill -KILL $self; sleep 1; done';
  const script = ['#!/bin/sh', 'parent=$PPID; self=$$', `( ${watch} ) >/dev/null 2>&1 </dev/null &`];
  await writeFile(path, [...script, `exec "${program}" "$@"`, ''].join('\n'), { mode: 0o755 });
  return path;
}
