import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { z } from 'zod';
import { JourneyAnswer } from '../../api/answers.ts';
import { type Environment, readConfig } from '../../config.ts';
import { connect, disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { decisions } from '../../data/decisions.ts';
import { migrate } from '../../data/migrate.ts';
import { playbooks } from '../../data/playbooks.ts';
import type { Receipt } from '../../data/receive.ts';
import { toLogical } from '../../domain/clock.ts';
import type { Journey } from '../../domain/journey.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { launchApi, launchWorker } from '../../servers/engine.ts';
import { freePort } from '../../servers/ports.ts';
import { launch, type Running } from '../../servers/processes.ts';
import { journeyQuery } from '../../workflows/messages.ts';
import { mongo, temporal } from './servers.ts';

const ADMIN_KEY = 'rk_admin_of_the_tests';

export type RapportOptions = {
  readonly smtpUrl: string;
  readonly playbook: Playbook;
  /** A Temporal of its own; else a namespace of the run's. */
  readonly temporal?: { readonly address: string; readonly namespace: string };
  readonly mongodbUri?: string;
  /** Where a listener is to listen for what comes back, on this machine. */
  readonly listenPort?: number;
  /** Logical milliseconds of one on the wall. */
  readonly speed?: number;
  /** As `RAPPORT_SEND_TIMEOUT` reads it. */
  readonly sendTimeout?: string;
};

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/**
 * Rapport as it runs in production, the API and the worker as processes of their own, on real servers. This process
 * is connected to the same MongoDB, to look on.
 */
export class Rapport {
  readonly url: string;
  readonly env: Environment;
  readonly #dir: string;
  readonly #client: Client;
  readonly #running: Running[] = [];

  private constructor(env: Environment, dir: string) {
    const { connection, namespace } = readConfig(env).temporal;
    this.env = env;
    this.url = `http://127.0.0.1:${env.PORT}`;
    this.#dir = dir;
    this.#client = new Client({ connection: Connection.lazy(connection), namespace });
  }

  /** Prepares the database and starts the API. */
  static async api(options: RapportOptions): Promise<Rapport> {
    const rapport = new Rapport(await environment(options), await mkdtemp(join(tmpdir(), 'rapport-e2e-')));
    await connect(rapport.env.MONGODB_URI ?? '');
    await migrate();
    await playbooks.publish('of the test', options.playbook);
    rapport.#running.push(await launchApi(rapport.#starting, readConfig(rapport.env)));
    return rapport;
  }

  /** Starts the API, and a worker beside it. */
  static async start(options: RapportOptions): Promise<Rapport> {
    const rapport = await Rapport.api(options);
    rapport.startWorker();
    return rapport;
  }

  startWorker(): Running {
    const worker = launchWorker(this.#starting, readConfig(this.env));
    this.#running.push(worker);
    return worker;
  }

  /** Starts another process in the worker's place. */
  launch(script: string): Running {
    const { dir, env } = this.#starting;
    const logFile = join(dir, 'other.log');
    const launched = launch({ name: script, command: process.execPath, args: [script], env, logFile });
    this.#running.push(launched);
    return launched;
  }

  /** Now, on the clock of the engine. */
  now(): number {
    return toLogical(readConfig(this.env).timeLapse, Date.now());
  }

  async ask(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: body ? this.headers : { authorization: `Bearer ${ADMIN_KEY}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  get headers(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' };
  }

  /** The journey as the API tells it. */
  async journeyOf(ref: string): Promise<z.output<typeof JourneyAnswer>> {
    return JourneyAnswer.parse((await this.ask('GET', `/v1/customers/${ref}/journey`)).body);
  }

  /** Posts events that must be accepted. */
  async post(...events: readonly object[]): Promise<readonly Receipt[]> {
    const response = await fetch(`${this.url}/v1/events`, {
      method: 'POST',
      headers: this.headers,
      body: JSON.stringify(events),
    });
    if (response.status !== 202) throw new Error(await response.text());
    const { receipts }: { receipts: readonly Receipt[] } = JSON.parse(await response.text());
    return receipts;
  }

  /** Whether a journey has heard all that its customer's facts hold. */
  async hasHeardAll(customerId: string): Promise<boolean> {
    const customer = await customers.byId(customerId);
    return customer?.journey?.heard === customer?.n;
  }

  /** The identities of the events that a customer's decisions heard, in the order of hearing. */
  async heard(customerId: string): Promise<readonly string[]> {
    const told = (await decisions.ofCustomer(customerId, 1_000)).toReversed();
    return told.flatMap(({ heard }) => heard).flatMap((one) => ('id' in one ? [one.id] : []));
  }

  /** The journey as its workflow carries it. */
  journey(customerId: string): Promise<Journey> {
    return this.#client.workflow.getHandle(`customer:${customerId}`).query(journeyQuery);
  }

  /** How the workflow stands, as `RUNNING`. */
  async status(customerId: string): Promise<string> {
    return (await this.#client.workflow.getHandle(`customer:${customerId}`).describe()).status.name;
  }

  /** Ends all of it at once; nobody needs its data. */
  async stop(): Promise<void> {
    await Promise.all(this.#running.map((running) => running.kill()));
    await Promise.all([this.#client.connection.close(), disconnect()]);
    await rm(this.#dir, { recursive: true, force: true });
  }

  get #starting() {
    return { dir: this.#dir, env: this.env };
  }
}

async function environment(options: RapportOptions): Promise<Environment> {
  const { address, namespace } = options.temporal ?? (await temporal());
  const { speed = 1 } = options;
  const now = Date.now();
  return {
    PORT: String(await freePort()),
    PUBLIC_URL: '',
    MONGODB_URI: options.mongodbUri ?? (await mongo()),
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    SMTP_URL: options.smtpUrl,
    RAPPORT_RETURN_PATH: options.listenPort ? 'bounces.shop.example' : '',
    RAPPORT_LISTEN: options.listenPort ? `127.0.0.1:${options.listenPort}` : '',
    RAPPORT_SECRET: 'a secret of the tests',
    RAPPORT_HASH_KEY: 'a hash key of the tests',
    RAPPORT_ADMIN_KEY: ADMIN_KEY,
    RAPPORT_SHOPIFY_SECRET: 'of the shop',
    RAPPORT_WOOCOMMERCE_SECRET: 'of the other shop',
    RAPPORT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 'secret').toString('base64')}`,
    RAPPORT_SEND_TIMEOUT: options.sendTimeout ?? '',
    RAPPORT_SPEED: String(speed),
    RAPPORT_CLOCK: speed === 1 ? '' : `${now}/${now}`,
  };
}
