import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { onFreePort } from './ports.ts';
import { launch, type Running, ready } from './processes.ts';

/** How long a closed run's history is kept: proof for a while; `decisions` is the biography. */
const RETENTION = msToTs('7 days');

export type TemporalServer = {
  readonly running: Running;
  /** Starts it again after it fell over: on its data, and the ports where its clients look for it. */
  readonly again: () => Promise<Running>;
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

/** Starts Temporal's development server with its pages, on this machine only; its data survive a restart. */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const start = async (port: number, uiPort: number) => {
    const running = launch({
      name: 'Temporal',
      command: options.temporal,
      args: [...serverArguments(options.dir, port), ...pageArguments(uiPort, options.headless)],
      logFile: join(options.dir, 'temporal.log'),
    });
    await ready(running, () => keepForAWeek(`127.0.0.1:${port}`), 60);
    return running;
  };
  const { port: temporal, started } = await onFreePort(options.ports?.temporal, (port) =>
    onFreePort(options.ports?.ui, (uiPort) => start(port, uiPort)),
  );
  const { port: ui, started: running } = started;
  return {
    running,
    again: () => start(temporal, ui),
    address: `127.0.0.1:${temporal}`,
    uiUrl: `http://127.0.0.1:${ui}`,
    ports: { temporal, ui },
  };
}

function serverArguments(dir: string, port: number): string[] {
  const database = join(dir, 'temporal.db');
  const where = ['--ip', '127.0.0.1', '--port', String(port), '--db-filename', database];
  return ['server', 'start-dev', ...where, '--log-level', 'error'];
}

function pageArguments(port: number, headless = false): string[] {
  if (headless) return ['--headless'];
  return ['--ui-ip', '127.0.0.1', '--ui-port', String(port), '--ui-disable-news-fetch'];
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
