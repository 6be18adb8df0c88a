import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import mongoose from 'mongoose';
import { mongo, temporal, timeSkipping } from './servers.ts';

describe('mongo', () => {
  it('gives an empty database that knows transactions', async () => {
    const connection = await mongoose.createConnection(await mongo()).asPromise();

    await connection.transaction(async (session) => {
      await connection.collection('things').insertOne({ name: 'one' }, { session });
    });

    expect(await connection.collection('things').countDocuments()).toBe(1);
    await connection.close();
  });
});

describe('temporal', () => {
  it('gives a namespace in which nothing runs yet', async () => {
    const { address, namespace } = await temporal();
    const connection = await Connection.connect({ address });
    const client = new Client({ connection, namespace });

    await client.workflow.signalWithStart('idle', {
      workflowId: 'customer:1',
      taskQueue: 'nobody',
      signal: 'happened',
      signalArgs: [],
    });

    expect((await client.workflow.getHandle('customer:1').describe()).status.name).toBe('RUNNING');
    await connection.close();
  });
});

describe('timeSkipping', () => {
  let env: TestWorkflowEnvironment;
  beforeAll(async () => {
    env = await timeSkipping();
  });
  afterAll(() => env.teardown());

  it('sleeps a month in no time', async () => {
    const before = await env.currentTimeMs();

    await env.sleep('30 days');

    expect((await env.currentTimeMs()) - before).toBeGreaterThanOrEqual(30 * 86_400_000);
  });
});
