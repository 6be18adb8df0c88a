import { join } from 'node:path';
import type { Config, Environment } from '../config.ts';
import { Kept, type KeptOptions } from './kept.ts';
import { launch, type Running, ready } from './processes.ts';
import { reachSmtp } from './reach.ts';

/** After its own time-out an attempt to send settles its books; then the worker is done. */
const SETTLING_SECONDS = 15;

export type Starting = {
  /** Their output goes to `api.log` and `worker.log` in here. */
  readonly dir: string;
  /** Their environment, on top of ours: the servers and the secrets. */
  readonly env: Environment;
};

/** Keeps a worker running. */
export function keepWorker(starting: Starting, config: WorkerConfig, keeping: KeptOptions): Kept {
  const again = async () => launchWorker(starting, config);
  return new Kept(launchWorker(starting, config), again, keeping);
}

/**
 * Keeps the API and the pages running; resolves when they answer.
 *
 * @throws StepFailed when it ends instead, with its last line
 */
export async function keepApi(starting: Starting, config: ApiConfig, keeping: KeptOptions): Promise<Kept> {
  const again = () => launchApi(starting, config);
  return new Kept(await again(), again, keeping);
}

/**
 * Keeps the listener running; resolves when it takes mail.
 *
 * @throws StepFailed when it ends instead, with its last line
 */
export async function keepListener(
  starting: Starting,
  config: ListenerConfig,
  keeping: KeptOptions,
): Promise<Kept> {
  const again = () => launchListener(starting, config);
  return new Kept(await again(), again, keeping);
}

async function launchListener({ dir, env }: Starting, { listen }: ListenerConfig): Promise<Running> {
  const listener = launch({
    name: 'The listener',
    command: process.execPath,
    args: ['listener/main.ts'],
    env,
    logFile: join(dir, 'listener.log'),
  });
  await ready(listener, () => reachSmtp(`smtp://${listen.host}:${listen.port}`), 30);
  return listener;
}

/** Starts a worker; when it is stopped, a mail that is on its way is finished first. */
export function launchWorker({ dir, env }: Starting, { sendTimeoutMs }: WorkerConfig): Running {
  return launch({
    name: 'The worker',
    command: process.execPath,
    args: ['worker/main.ts'],
    env: { ...env, TZ: 'UTC' },
    logFile: join(dir, 'worker.log'),
    graceSeconds: sendTimeoutMs / 1000 + SETTLING_SECONDS,
  });
}

/**
 * Starts the API and the pages, and waits until they answer.
 *
 * @throws StepFailed when it ends instead, with its last line
 */
export async function launchApi({ dir, env }: Starting, { port }: ApiConfig): Promise<Running> {
  const api = launch({
    name: 'The API',
    command: process.execPath,
    args: ['api/main.ts'],
    env,
    logFile: join(dir, 'api.log'),
  });
  await ready(api, () => answers(`http://127.0.0.1:${port}/healthz`), 30);
  return api;
}

type WorkerConfig = Pick<Config, 'sendTimeoutMs'>;
type ApiConfig = Pick<Config, 'port'>;
type ListenerConfig = Pick<Config, 'listen'>;

async function answers(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(1000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
}
