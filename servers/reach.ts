import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { Connection } from '@temporalio/client';
import type { TemporalConfig } from '../config-temporal.ts';
import { connect, disconnect } from '../data/connect.ts';
import { reasonOf, StepFailed } from './step.ts';

const PATIENCE_MS = 5_000;

/** @throws StepFailed when the named MongoDB cannot be used: away, wrong password, no replica set */
export async function reachMongo(uri: string): Promise<void> {
  try {
    await connect(uri);
  } catch (error) {
    throw new StepFailed(reasonOf(error)); // it names the hosts, and what to do
  } finally {
    await disconnect();
  }
}

/** @throws StepFailed when the named Temporal is away or has no such namespace */
export async function reachTemporal({ address, namespace, connection }: TemporalConfig): Promise<void> {
  const temporal = await Connection.connect({ ...connection, connectTimeout: PATIENCE_MS }).catch(() => {
    throw new StepFailed(`No Temporal answers at ${address}: is it running, and is TEMPORAL_ADDRESS right?`);
  });
  try {
    await temporal.workflowService.describeNamespace({ namespace });
  } catch (error) {
    const make = `temporal operator namespace create --namespace ${namespace}`;
    throw new StepFailed(
      `Temporal at ${address} has no namespace ${namespace}: ${make} (${reasonOf(error)}).`,
    );
  } finally {
    await temporal.close();
  }
}

/** @throws StepFailed when nothing listens where the named SMTP server should */
export async function reachSmtp(url: string): Promise<void> {
  const { protocol, hostname, port } = new URL(url);
  const usual = protocol === 'smtps:' ? 465 : 587;
  const socket = connectSocket({ host: hostname, port: Number(port) || usual });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    throw new StepFailed(`No SMTP server answers at ${hostname}:${port || usual}: is SMTP_URL right?`);
  } finally {
    socket.destroy();
  }
}
