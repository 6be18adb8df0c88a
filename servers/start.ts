import { BadConfig, type Config, readConfig } from '../config.ts';
import { named } from '../config-fields.ts';
import { connect, disconnect } from '../data/connect.ts';
import { migrate } from '../data/migrate.ts';
import { keepApi, keepListener, keepWorker } from './engine.ts';
import { publishFirst } from './first-playbook.ts';
import type { Kept } from './kept.ts';
import { localSecrets } from './local.ts';
import { isFree } from './ports.ts';
import { type Stack, startStack } from './stack.ts';
import { StepFailed, step } from './step.ts';
import { welcome } from './welcome.ts';

/** Where the data of this Rapport are kept. */
const DIR = process.env.RAPPORT_DIR?.trim() || '.rapport';
const ASKED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What runs, for its end: the engine first, then what it stands on. */
type Up = { readonly stack: Stack; readonly engine: readonly Kept[] };

/** `npm start`: starts everything, and keeps it running until ctrl-C, or until a part of it cannot be kept. */
async function main(): Promise<void> {
  const early = () => process.exit(130); // what was started by then ends with us
  for (const signal of ASKED) process.on(signal, early);
  const up = await start();
  for (const signal of ASKED) process.off(signal, early);
  try {
    await Promise.race([asked(up), ...[...up.engine, ...up.stack.processes].map(({ over }) => over)]);
  } finally {
    await step('Stopping', () => stop(up));
  }
}

async function start(): Promise<Up> {
  await refuseTakenPort(process.env.PORT?.trim() || '3000');
  const stack = await startStack({ dir: DIR, tell });
  const engine: Kept[] = [];
  try {
    const { isNew, ...secrets } = await localSecrets(DIR);
    const env = { ...secrets, ...named(process.env), ...stack.env };
    const config = readConfig(env);
    await step('Preparing the database', () => prepare(config));
    await step('Starting the worker, the API and the listener', async () => {
      const starting = { dir: DIR, env };
      engine.push(keepWorker(starting, config, stack.keeping));
      const listener = config.returnPath ? keepListener(starting, config, stack.keeping) : undefined;
      const kept = await Promise.allSettled([keepApi(starting, config, stack.keeping), listener]);
      engine.push(...kept.flatMap((one) => (one.status === 'fulfilled' && one.value) || []));
      for (const one of kept) if (one.status === 'rejected') throw one.reason;
    });
    process.stdout.write(welcome(config, stack, DIR, isNew));
    return { stack, engine };
  } catch (error) {
    await stop({ stack, engine });
    throw error;
  }
}

async function refuseTakenPort(port: string): Promise<void> {
  if (!/^\d+$/.test(port) || (await isFree(Number(port)))) return; // a bad one is `readConfig`'s to refuse
  const next = Number(port) + 1;
  throw new StepFailed(
    `Port ${port} is taken: stop what listens there, or choose another: PORT=${next} npm start`,
  );
}

/** Builds indexes and publishes the first playbook; both are nothing new the second time. */
async function prepare({ mongodbUri }: Config): Promise<void> {
  await connect(mongodbUri);
  try {
    await migrate();
    await publishFirst();
  } finally {
    await disconnect();
  }
}

/** Resolves when we are asked to stop; asked a second time, everything ends at once. */
function asked({ engine, stack }: Up): Promise<void> {
  return new Promise((resolve) => {
    let times = 0;
    const hear = () => {
      times += 1;
      if (times === 1) resolve();
      else for (const running of [...engine, ...stack.processes]) void running.kill();
    };
    for (const signal of ASKED) process.on(signal, hear);
  });
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function stop({ engine, stack }: Up): Promise<void> {
  await Promise.all(engine.map((running) => running.stop()));
  await stack.stop();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const known = error instanceof StepFailed || error instanceof BadConfig;
    process.stderr.write(
      `\n${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
    );
    process.exit(1);
  },
);
