import { z } from 'zod';

export const NAME_IT = 'is not set: name a server, or run npm start, which starts one';
export const url = (...schemes: string[]) =>
  z.string({ error: NAME_IT }).refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)), {
    error: `must start with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  });
const HINT = 'is not set: choose one and keep it; npm start makes one for local use';
export const secret = z.string({ error: HINT }).min(16, { error: 'must have 16 characters or more' });
export const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: 'must list addresses or networks, as in 10.0.0.7 or 10.0.0.0/8, with commas',
});
/** One or several, with commas: the first signs, all verify. */
export const secrets = (one: z.ZodType<string, string>) =>
  z.preprocess(
    (text) => (typeof text === 'string' ? text.split(',').map((part) => part.trim()) : text),
    z.array(one, { error: HINT }),
  );
export const shopSecrets = secrets(z.string().min(1, { error: 'holds an empty secret' })).optional();
export const number = (least: number, most: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .min(least, { error: `must be ${least} or more` })
    .max(most, { error: `must be ${most} or less` });

/** A length of time such as "90 seconds" or "11 minutes", milliseconds. */
export function milliseconds(text: string): number {
  return Number.parseInt(text, 10) * (text.includes('minute') ? 60_000 : 1000);
}

/** The variables that are set to something. */
export function named(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
}
