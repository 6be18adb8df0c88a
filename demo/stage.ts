import { randomUUID } from 'node:crypto';
import { type Config, type Environment, readConfig } from '../config.ts';
import { connect, disconnect } from '../data/connect.ts';
import { migrate } from '../data/migrate.ts';
import { keepApi, keepWorker } from '../servers/engine.ts';
import { publishFirst } from '../servers/first-playbook.ts';
import type { Kept } from '../servers/kept.ts';
import { localSecrets } from '../servers/local.ts';
import { freePort } from '../servers/ports.ts';
import { type Stack, startStack } from '../servers/stack.ts';
import { StepFailed, step } from '../servers/step.ts';
import { ownEnvironment } from './own-data.ts';
import { demoPlaybook } from './playbook.ts';

/** What API and worker take to be ready, with all templates compiled: the time-lapse's clock begins so long after. */
const HEAD_START_MS = 7_000;

/** The first day anybody may sign up: 20 days before the first purchases. */
const FIRST_MOMENT = Date.UTC(1996, 11, 12);

export type Setting = {
  /** When time begins to run, logical epoch milliseconds. @default 12 December 1996 */
  readonly from?: number;
  /** The API's port, if it is free. @default any */
  readonly port?: number;
  /** How long the mail catcher is busy with each mail, milliseconds. @default 0 */
  readonly mailTakesMs?: number;
};

/** A play takes the usual ports from nobody: several may run side by side. */
const ANY = { mongodb: 0, temporal: 0, ui: 0, smtp: 0, inbox: 0 };

/** The servers, an API and a worker in a time-lapse: all that a play stands on. */
export class Stage {
  readonly stack: Stack;
  readonly config: Config;
  readonly #dir: string;
  readonly #env: Environment;
  #engine: readonly Kept[] = [];

  private constructor(stack: Stack, dir: string, env: Environment) {
    this.stack = stack;
    this.config = readConfig(env);
    this.#dir = dir;
    this.#env = env;
  }

  /**
   * Starts everything, on data of its own.
   *
   * @param dir of the data, new
   * @param speed logical milliseconds of one on the wall
   * @throws StepFailed in one line that says what to do; what was started by then is ended
   */
  static async set(dir: string, speed: number, setting: Setting = {}): Promise<Stage> {
    const { from = FIRST_MOMENT, port, mailTakesMs = 0 } = setting;
    const own = ownEnvironment(process.env, `rapport-demo-${randomUUID()}`);
    const stack = await startStack({ dir, env: own, tell, mailTakesMs, ports: ANY });
    try {
      await step('Preparing the database', () => prepare(stack));
      const env = { ...own, ...(await variables(stack, dir, port)), ...clock(speed, from) };
      const stage = new Stage(stack, dir, env);
      await step('Starting the API and a worker', () => stage.#start());
      return stage;
    } catch (error) {
      await disconnect();
      await stack.stop();
      throw error;
    }
  }

  /** The mail catcher's page; it is always ours. */
  get inboxUrl(): string {
    return this.stack.inboxUrl ?? '';
  }

  /** Rejects when a server, the API or the worker ends again and again; never resolves. */
  async lost(): Promise<never> {
    const parts = this.#parts.map(({ over }) => over.then(() => new Promise<never>(() => undefined)));
    return Promise.race(parts);
  }

  /**
   * SIGKILL for one part, which is then started again on its own data and port.
   *
   * @param name as it is told: `The worker`, `The API`, `Temporal`, `MongoDB`
   * @throws StepFailed when it is not ours to kill
   */
  async crash(name: string): Promise<void> {
    const part = this.#parts.find((kept) => kept.name === name);
    if (!part) throw new StepFailed(`${name} is not ours to kill: the environment names it.`);
    await part.crash();
  }

  /** Ends the worker, then the time-lapse: from now on the pages show the play as it was at this moment. */
  async freeze(now: number): Promise<void> {
    await this.endEngine();
    this.#engine = [await this.#keepApi({ ...this.#env, ...standing(now) })];
  }

  /** Ends API and worker, once what is under way is through; the servers stay. */
  async endEngine(): Promise<void> {
    await Promise.all(this.#engine.map((kept) => kept.stop()));
    this.#engine = [];
  }

  /** Ends everything, the engine first. */
  async stop(): Promise<void> {
    await this.endEngine();
    await disconnect();
    await this.stack.stop();
  }

  /** SIGKILL for all, at once. */
  kill(): void {
    for (const kept of this.#parts) void kept.kill();
  }

  async #start(): Promise<void> {
    const starting = { dir: this.#dir, env: this.#env };
    const worker = keepWorker(starting, this.config, this.stack.keeping);
    this.#engine = [worker];
    try {
      this.#engine = [worker, await this.#keepApi(this.#env)];
    } catch (error) {
      await this.endEngine();
      throw error;
    }
  }

  get #parts(): readonly Kept[] {
    return [...this.#engine, ...this.stack.processes];
  }

  #keepApi(env: Environment): Promise<Kept> {
    return keepApi({ dir: this.#dir, env }, this.config, this.stack.keeping);
  }
}

function tell(line: string): void {
  process.stderr.write(`\n${line}\n`);
}

/** The names of the servers, secrets and ports of this play. */
async function variables(stack: Stack, dir: string, preferred?: number): Promise<Environment> {
  const { isNew: _, ...secrets } = await localSecrets(dir);
  const port = await freePort(preferred);
  return { ...secrets, ...stack.env, PORT: `${port}`, PUBLIC_URL: `http://127.0.0.1:${port}` };
}

function clock(speed: number, from: number): Environment {
  return { RAPPORT_SPEED: `${speed}`, RAPPORT_CLOCK: `${Date.now() + HEAD_START_MS}/${from}` };
}

/** From the moment at which the play ended, time goes on at the wall's pace. */
function standing(now: number): Environment {
  return { RAPPORT_SPEED: '1', RAPPORT_CLOCK: `${Date.now()}/${now}` };
}

/** Connects this process too: the driver watches the journeys. */
async function prepare({ mongodbUri }: Stack): Promise<void> {
  await connect(mongodbUri);
  await migrate();
  await publishFirst(await demoPlaybook());
}
