import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import type { Environment } from '../config.ts';
import { named } from '../config-fields.ts';
import { isInUse } from './folder.ts';
import { mongoUri } from './mongo.ts';

const PortsFile = z.object({
  mongodb: z.number().default(27017),
  temporal: z.number().default(7233),
  ui: z.number().default(8233),
  smtp: z.number().default(1025),
  inbox: z.number().default(8025),
  listener: z.number().default(2525),
});

/** The ports of the embedded servers; the usual ones, or the ones they had last time. */
export type Ports = z.infer<typeof PortsFile>;

export async function readPorts(dir: string): Promise<Ports> {
  const text = await readFile(join(dir, 'ports.json'), 'utf8').catch(() => '{}');
  return PortsFile.parse(JSON.parse(text));
}

export async function keepPorts(dir: string, ports: Ports): Promise<void> {
  await writeFile(join(dir, 'ports.json'), `${JSON.stringify(ports, null, 2)}\n`);
}

export type Secrets = Readonly<Record<'RAPPORT_SECRET' | 'RAPPORT_HASH_KEY' | 'RAPPORT_ADMIN_KEY', string>>;

/** The secrets of this folder, made the first time; only their owner may read them. */
export async function localSecrets(dir: string): Promise<Secrets & { readonly isNew: boolean }> {
  const kept = await readSecrets(dir);
  const { RAPPORT_SECRET, RAPPORT_HASH_KEY, RAPPORT_ADMIN_KEY } = kept;
  if (RAPPORT_SECRET && RAPPORT_HASH_KEY && RAPPORT_ADMIN_KEY)
    return { RAPPORT_SECRET, RAPPORT_HASH_KEY, RAPPORT_ADMIN_KEY, isNew: false };

  const made = {
    RAPPORT_SECRET: random(),
    RAPPORT_HASH_KEY: random(),
    RAPPORT_ADMIN_KEY: `rk_${random()}`,
    ...kept,
  };
  const lines = Object.entries(made).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(dir, 'secret'), lines.join(''), { mode: 0o600 });
  return { ...made, isNew: true };
}

async function readSecrets(dir: string): Promise<Partial<Secrets>> {
  return parseEnv(await readFile(join(dir, 'secret'), 'utf8').catch(() => ''));
}

const random = (): string => randomBytes(32).toString('base64url');

/** An environment, completed by the `npm start` that runs on `dir`: so the CLI finds the local Rapport. */
export async function localEnvironment(dir: string, env: Environment): Promise<Environment> {
  const secrets = await readSecrets(dir);
  if (!(await isInUse(dir))) return { ...secrets, ...named(env) };
  const ports = await readPorts(dir);
  return {
    MONGODB_URI: mongoUri(ports.mongodb, 'rapport'),
    TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    ...secrets,
    ...named(env),
  };
}
