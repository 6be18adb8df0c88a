import { z } from 'zod';
import { secret, secrets } from './config-fields.ts';

/** By what ways we hear of mail that comes back. */
export type Returns = {
  /** The domain to which bounces come; absent: they come to whoever a mail is from. */
  readonly returnPath?: string;
  /** Where the listener listens. */
  readonly listen: { readonly host: string; readonly port: number };
  /** Files with the certificate and the key of the listener's STARTTLS. */
  readonly listenTls?: { readonly cert: string; readonly key: string };
  /** Who tells by webhook what became of mails; an absent one does not. */
  readonly providers: {
    /** The only topic of Amazon SNS that is believed. */
    readonly sesTopic?: string;
    /** The password by which Postmark's webhooks sign in. */
    readonly postmark: readonly string[];
  };
};

/** The variables that say so. */
export const RETURN_VARIABLES = {
  RAPPORT_RETURN_PATH: z
    .string()
    .toLowerCase()
    .regex(/^([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/, { error: 'must be a domain, as in bounces.shop.example' })
    .optional(),
  RAPPORT_LISTEN: z
    .string()
    .regex(/^(\[[\da-f:]+\]|[\w.-]+):\d{1,5}$/i, { error: 'must read host:port, as in 0.0.0.0:25' })
    .default('127.0.0.1:2525'),
  RAPPORT_LISTEN_CERT: z.string().optional(),
  RAPPORT_LISTEN_KEY: z.string().optional(),
  RAPPORT_SES_TOPIC: z
    .string()
    .regex(/^arn:aws[\w-]*:sns:[\w-]+:\d+:[\w-]+$/, { error: 'must be the ARN of a topic, arn:aws:sns:…' })
    .optional(),
  RAPPORT_POSTMARK_SECRET: secrets(secret).optional(),
};

const Variables = z.object(RETURN_VARIABLES);
type Data = z.output<typeof Variables>;

/** What is wrong with variables that go together: a line, or none. */
export function halfSet({
  RAPPORT_LISTEN_CERT: cert,
  RAPPORT_LISTEN_KEY: key,
}: Readonly<Record<string, string>>): readonly string[] {
  const isHalf = (cert === undefined) !== (key === undefined);
  return isHalf ? ['RAPPORT_LISTEN_CERT and RAPPORT_LISTEN_KEY go together: set both, or neither.'] : [];
}

/** What concerns mail that comes back. */
export function returnsOf(data: Data): Returns {
  const { RAPPORT_RETURN_PATH: returnPath, RAPPORT_SES_TOPIC: sesTopic } = data;
  const { RAPPORT_LISTEN_CERT: cert, RAPPORT_LISTEN_KEY: key } = data;
  const split = data.RAPPORT_LISTEN.lastIndexOf(':');
  const host = data.RAPPORT_LISTEN.slice(0, split).replace(/^\[|\]$/g, '');
  return {
    ...(returnPath && { returnPath }),
    listen: { host, port: Number(data.RAPPORT_LISTEN.slice(split + 1)) },
    ...(cert && key && { listenTls: { cert, key } }),
    providers: { ...(sesTopic && { sesTopic }), postmark: data.RAPPORT_POSTMARK_SECRET ?? [] },
  };
}
