import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { freePort } from './ports.ts';
import { launch, type Running, ready } from './processes.ts';

/** How long a closed run's history is kept: `decisions` is the biography, the history the proof for a while. */
const RETENTION = msToTs('7 days');

export type TemporalServer = {
  readonly running: Running;
  readonly address: string;
  readonly uiUrl: string;
  readonly ports: { readonly temporal: number; readonly ui: number };
};

export type TemporalOptions = {
  /** The Temporal CLI. */
  readonly temporal: string;
  /** Its data are `temporal.db` in here, its words go to `temporal.log`. */
  readonly dir: string;
  /** Ports to take if they are free. */
  readonly ports?: { readonly temporal?: number; readonly ui?: number };
  /** No pages. */
  readonly headless?: boolean;
};

/** Starts Temporal's development server with its pages, both on this machine only; its data survive a restart. */
export async function startTemporal({
  temporal,
  dir,
  ports,
  headless,
}: TemporalOptions): Promise<TemporalServer> {
  const port = await freePort(ports?.temporal);
  const uiPort = await freePort(ports?.ui);
  const running = launch({
    name: 'Temporal',
    command: temporal,
    args: [
      ...[
        'server',
        'start-dev',
        '--ip',
        '127.0.0.1',
        '--port',
        String(port),
        '--db-filename',
        join(dir, 'temporal.db'),
      ],
      ...(headless
        ? ['--headless']
        : ['--ui-ip', '127.0.0.1', '--ui-port', String(uiPort), '--ui-disable-news-fetch']),
      ...['--log-level', 'error'],
    ],
    logFile: join(dir, 'temporal.log'),
  });
  const address = `127.0.0.1:${port}`;
  try {
    await ready(running, () => keepForAWeek(address), 60);
  } catch (error) {
    await running.kill();
    throw error;
  }
  return { running, address, uiUrl: `http://127.0.0.1:${uiPort}`, ports: { temporal: port, ui: uiPort } };
}

/** Sets the namespace's retention; rejects until the server answers. */
async function keepForAWeek(address: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: '1 second' });
  try {
    const config = { workflowExecutionRetentionTtl: RETENTION };
    await connection.workflowService.updateNamespace({ namespace: 'default', config });
  } finally {
    await connection.close();
  }
}
