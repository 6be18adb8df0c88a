import { type Environment, readMongodbUri } from '../config.ts';
import { named } from '../config-fields.ts';
import { readTemporal } from '../config-temporal.ts';
import { BINARIES, findBinary } from './binaries.ts';
import { Kept, type KeptOptions } from './kept.ts';
import type { Ports } from './local.ts';
import { startMailCatcher } from './mail-catcher.ts';
import { mongoUri, startMongo } from './mongo.ts';
import { freePort } from './ports.ts';
import { reachMongo, reachSmtp, reachTemporal } from './reach.ts';
import { StepFailed, step } from './step.ts';
import { startTemporal } from './temporal.ts';

/** One server, started by us or named by the environment. */
export type Part = {
  /** The variables that name it. */
  readonly env: Readonly<Record<string, string>>;
  /** The ports it took; absent when it is not ours. */
  readonly ports?: Partial<Ports>;
  /** Its process, if it is ours and one of its own. */
  readonly kept?: Kept;
  stop(): Promise<void>;
};

/** What a part is started with. */
export type Making = {
  readonly dir: string;
  readonly ports: Ports;
  readonly env: Environment;
  readonly quiet: boolean;
  /** For the processes that are ours. */
  readonly keeping: KeptOptions;
  /** How long the mail catcher is busy with a mail. */
  readonly mailTakesMs: number;
};

const notOurs = async (): Promise<void> => undefined;

export async function mongoPart(making: Making): Promise<Part & { readonly uri: string }> {
  const { MONGODB_URI } = named(making.env);
  if (MONGODB_URI) {
    const uri = readMongodbUri({ MONGODB_URI });
    await step('Reaching MongoDB', () => reachMongo(uri), making.quiet);
    return { uri, env: { MONGODB_URI }, stop: notOurs };
  }
  const work = async (tell: (text: string) => void) => {
    const mongod = await findBinary(BINARIES.mongod, { tell });
    tell('Starting MongoDB');
    return startMongo({ mongod, dir: making.dir, port: making.ports.mongodb });
  };
  const { running, again, port } = await step('Starting MongoDB', work, making.quiet);
  const kept = new Kept(running, again, making.keeping);
  const uri = mongoUri(port, 'rapport');
  return { uri, env: { MONGODB_URI: uri }, ports: { mongodb: port }, kept, stop: () => kept.stop() };
}

type TemporalPart = Part & { readonly address: string; readonly namespace: string; readonly uiUrl?: string };

export async function temporalPart(making: Making): Promise<TemporalPart> {
  const { TEMPORAL_ADDRESS, TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE } = named(making.env);
  if (TEMPORAL_ADDRESS || TEMPORAL_CONFIG_FILE || TEMPORAL_PROFILE) return namedTemporal(making);

  const work = async (tell: (text: string) => void) => {
    const temporal = await findBinary(BINARIES.temporal, { tell });
    tell('Starting Temporal');
    return startTemporal({ temporal, dir: making.dir, ports: making.ports });
  };
  const server = await step('Starting Temporal', work, making.quiet);
  const { address, ports, uiUrl } = server;
  const kept = new Kept(server.running, server.again, making.keeping);
  const env = { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: 'default' };
  return { address, namespace: 'default', uiUrl, env, ports, kept, stop: () => kept.stop() };
}

async function namedTemporal({ env, quiet }: Making): Promise<TemporalPart> {
  const temporal = readTemporal(env);
  if (typeof temporal === 'string') throw new StepFailed(temporal);
  const { address, namespace } = temporal;
  await step('Reaching Temporal', () => reachTemporal(temporal), quiet);
  return { address, namespace, env: { TEMPORAL_NAMESPACE: namespace }, stop: notOurs };
}

type MailPart = Part & { readonly smtpUrl: string; readonly inboxUrl?: string };

/** Only a listener on this machine is told of it: our own mail catcher knows the name, no DNS does. */
const LOCAL_RETURN_PATH = 'bounces.localhost';

export async function mailPart({ env, ports, quiet, mailTakesMs }: Making): Promise<MailPart> {
  const { SMTP_URL, RAPPORT_RETURN_PATH } = named(env);
  if (SMTP_URL) {
    await step('Reaching the SMTP server', () => reachSmtp(SMTP_URL), quiet);
    return { smtpUrl: SMTP_URL, env: { SMTP_URL }, stop: notOurs };
  }
  const listener = await freePort(ports.listener);
  const work = () => startMailCatcher(ports, { takesMs: mailTakesMs, bouncesTo: listener });
  const catcher = await step('Starting the mail catcher', work, quiet);
  const { smtpUrl, url, ports: taken, stop } = catcher;
  const back = {
    RAPPORT_RETURN_PATH: LOCAL_RETURN_PATH,
    RAPPORT_LISTEN: `127.0.0.1:${listener}`,
  };
  const names = { SMTP_URL: smtpUrl, ...(RAPPORT_RETURN_PATH ? {} : back) };
  return { smtpUrl, inboxUrl: url, env: names, ports: { ...taken, listener }, stop };
}
