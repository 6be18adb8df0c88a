import { z } from 'zod';
import { milliseconds, named, network, number, secret, secrets, shopSecrets, url } from './config-fields.ts';
import { halfSet, RETURN_VARIABLES, type Returns, returnsOf } from './config-returns.ts';
import { readTemporal, type TemporalConfig } from './config-temporal.ts';
import { REAL_TIME, type TimeLapse } from './domain/clock.ts';
import { DkimDomain, DkimKeys, type DkimSettings } from './domain/dkim-settings.ts';
import { STANDARD_SECRET } from './domain/standard-webhook.ts';

/** What the environment says, checked. */
export type Config = Returns & {
  readonly port: number;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** Proxies that are believed about where a request comes from: addresses and networks. */
  readonly proxies: readonly string[];
  readonly mongodbUri: string;
  readonly smtpUrl: string;
  /** Absent: mail leaves unsigned, for a relay that signs. */
  readonly dkim?: DkimSettings;
  readonly temporal: TemporalConfig;
  /** They sign links and cookies: the first signs, all verify. */
  readonly secrets: readonly string[];
  /** Keys the hashes of addresses and ids; never changes. */
  readonly hashKey: string;
  /** How long one attempt to send may take; lease, socket and Temporal's timeouts follow it. */
  readonly sendTimeoutMs: number;
  /** An API key with all scopes, and the way to the pages; absent: keys are made by `rapport key create`. */
  readonly adminKey?: string;
  /** What shops sign their webhooks with; the empty list: that shop is not connected. */
  readonly webhookSecrets: { readonly [Source in 'shopify' | 'woocommerce' | 'standard']: readonly string[] };
  /** Whether a shop's own instruction to erase somebody waits for a person of the team. */
  readonly erasesByHand: boolean;
  readonly timeLapse: TimeLapse;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown when the environment is not usable: a line for each value that is missing or bad, quoting none. */
export class BadConfig extends Error {
  override readonly name = 'BadConfig';
}

const HALF_DKIM = 'RAPPORT_DKIM_DOMAIN and RAPPORT_DKIM_KEYS go together: set both, or neither.';

/** Each variable of the environment, and what it may hold. */
export const Variables = z.object({
  PORT: number(1, 65_535).default(3000),
  PUBLIC_URL: z
    .string()
    .regex(/^https:\/\/.|^http:\/\/(127\.0\.0\.1|localhost|\[::1\])([:/]|$)/, {
      error: 'must start with https://, as mails link to it (only 127.0.0.1 and localhost go with http://)',
    })
    .optional(),
  RAPPORT_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim()))
    .pipe(z.array(network))
    .default([]),
  MONGODB_URI: url('mongodb', 'mongodb+srv'),
  SMTP_URL: url('smtp', 'smtps'),
  RAPPORT_DKIM_DOMAIN: DkimDomain.optional(),
  RAPPORT_DKIM_KEYS: DkimKeys.optional(),
  RAPPORT_SECRET: secrets(secret),
  RAPPORT_HASH_KEY: secret,
  RAPPORT_SEND_TIMEOUT: z
    .string()
    .regex(/^\d+ ?(seconds?|minutes?)$/, { error: 'must read like "90 seconds" or "11 minutes"' })
    .default('11 minutes'),
  RAPPORT_ADMIN_KEY: secret.optional(),
  RAPPORT_SHOPIFY_SECRET: shopSecrets,
  RAPPORT_WOOCOMMERCE_SECRET: shopSecrets,
  RAPPORT_WEBHOOK_SECRET: secrets(
    z.string().regex(STANDARD_SECRET, { error: 'must be whsec_ and 24 bytes or more in base64' }),
  ).optional(),
  RAPPORT_ERASE_REQUESTS: z
    .enum(['at-once', 'by-hand'], { error: 'must be at-once or by-hand' })
    .default('at-once'),
  ...RETURN_VARIABLES,
  RAPPORT_SPEED: number(1, 1_000_000).default(1),
  RAPPORT_CLOCK: z
    .string()
    .regex(/^\d+\/-?\d+$/, { error: 'must be two moments that agree, <wall ms>/<logical ms>' })
    .optional(),
});

/**
 * Reads the configuration out of an environment. A blank value counts as not set.
 *
 * @throws BadConfig with a line for each variable that is missing or bad
 */
export function readConfig(env: Environment): Config {
  const set = named(env);
  const read = Variables.safeParse(set);
  const temporal = readTemporal(set);
  const lines = read.error?.issues.map(({ path, message }) => `${String(path[0])} ${message}.`) ?? [];
  if (typeof temporal === 'string') lines.push(temporal);
  if (!set.RAPPORT_DKIM_DOMAIN !== !set.RAPPORT_DKIM_KEYS) lines.push(HALF_DKIM);
  lines.push(...halfSet(set));
  if (!read.success || typeof temporal === 'string' || lines.length > 0)
    throw new BadConfig(lines.join('\n'));

  const { data } = read;
  return {
    port: data.PORT,
    publicUrl: publicUrlOf(data),
    proxies: data.RAPPORT_PROXIES,
    mongodbUri: data.MONGODB_URI,
    smtpUrl: data.SMTP_URL,
    ...dkim(data),
    temporal,
    secrets: data.RAPPORT_SECRET,
    hashKey: data.RAPPORT_HASH_KEY,
    sendTimeoutMs: milliseconds(data.RAPPORT_SEND_TIMEOUT),
    ...(data.RAPPORT_ADMIN_KEY && { adminKey: data.RAPPORT_ADMIN_KEY }),
    webhookSecrets: {
      shopify: data.RAPPORT_SHOPIFY_SECRET ?? [],
      woocommerce: data.RAPPORT_WOOCOMMERCE_SECRET ?? [],
      standard: data.RAPPORT_WEBHOOK_SECRET ?? [],
    },
    erasesByHand: data.RAPPORT_ERASE_REQUESTS === 'by-hand',
    timeLapse: timeLapse(data.RAPPORT_SPEED, data.RAPPORT_CLOCK),
    ...returnsOf(data),
  };
}

/** Without a slash at its end. */
export function publicUrlOf({
  PUBLIC_URL,
  PORT,
}: {
  readonly PUBLIC_URL?: string | undefined;
  readonly PORT: number;
}) {
  return (PUBLIC_URL ?? `http://127.0.0.1:${PORT}`).replace(/\/+$/, '');
}

/** How mail is signed, if it is. */
export function dkim({
  RAPPORT_DKIM_DOMAIN: domain,
  RAPPORT_DKIM_KEYS: keys,
}: Pick<z.infer<typeof Variables>, 'RAPPORT_DKIM_DOMAIN' | 'RAPPORT_DKIM_KEYS'>): Pick<Config, 'dkim'> {
  return domain && keys ? { dkim: { domain, keys } } : {};
}

/** What the listener needs: it has neither Temporal nor an SMTP server. @throws BadConfig as `readConfig` */
export function readListenerConfig(
  env: Environment,
): Omit<Config, 'temporal' | 'smtpUrl'> & Required<Pick<Config, 'returnPath'>> {
  const { returnPath, ...config } = readConfig({
    ...{ SMTP_URL: 'smtp://unused', TEMPORAL_ADDRESS: 'unused:0' },
    ...named(env),
  });
  if (!returnPath) {
    throw new BadConfig('RAPPORT_RETURN_PATH is not set: name the domain whose mail comes to the listener.');
  }
  return { ...config, returnPath };
}

/** The URI alone, for commands that need nothing else. @throws BadConfig when it is missing or bad */
export function readMongodbUri(env: Environment): string {
  const read = Variables.shape.MONGODB_URI.safeParse(named(env).MONGODB_URI);
  if (!read.success) throw new BadConfig(`MONGODB_URI ${read.error.issues[0]?.message}.`);
  return read.data;
}

function timeLapse(speed: number, clock: string | undefined): TimeLapse {
  if (speed === 1 && !clock) return REAL_TIME;
  const [wallStart = Date.now(), logicalStart = wallStart] = clock?.split('/').map(Number) ?? [];
  return { speed, wallStart, logicalStart };
}
