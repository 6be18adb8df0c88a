import { z } from 'zod';

/** Who signs mail, as the environment tells it. */
export type DkimSettings = {
  /** The `d=` of signatures. */
  readonly domain: string;
  /** The first signs; the others stand in DNS too, while keys are changed. */
  readonly keys: readonly {
    readonly selector: string;
    /** A file in PEM, or the PEM itself. */
    readonly source: string;
  }[];
};

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const NAMES = new RegExp(`^${LABEL}(?:\\.${LABEL})+$`);
const SELECTOR = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);

/** `shop.example`; a name with other letters in its `xn--` form. */
export const DkimDomain = z
  .string()
  .toLowerCase()
  .regex(NAMES, { error: 'must be a domain, as in shop.example' });

/** `2027=/run/secrets/dkim-2027.pem, 2026=…`. */
export const DkimKeys = z
  .string()
  .transform((text) => text.split(',').map(keyIn))
  .refine((keys) => keys.every(({ selector, source }) => SELECTOR.test(selector) && source !== ''), {
    error: 'must read selector=file, with commas: 2027=/run/secrets/dkim-2027.pem',
  })
  .refine((keys) => new Set(keys.map(({ selector }) => selector)).size === keys.length, {
    error: 'names a selector twice',
  });

function keyIn(text: string): DkimSettings['keys'][number] {
  const at = text.indexOf('=');
  return { selector: text.slice(0, Math.max(at, 0)).trim().toLowerCase(), source: text.slice(at + 1).trim() };
}
