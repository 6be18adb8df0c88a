import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';

/** The token of a link. */
export const TokenQuery = z.looseObject({ t: z.string().max(300).catch('') });

/** The fields of a form, each with all its values. */
export type Fields = Readonly<Record<string, readonly string[]>>;
export type Form = { readonly fields: Fields } | undefined;

/** A form of ours is smaller, and so is a provider's click. */
const BODY_LIMIT = 16_384;

/**
 * Takes a body of whatever type: a form as browsers send it is read, of all else nothing is needed.
 *
 * Mailbox providers post `application/x-www-form-urlencoded` or `multipart/form-data` (RFC 8058 §3.2), some neither.
 */
export function readForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'string', bodyLimit: BODY_LIMIT },
    async ({ headers }: FastifyRequest, body: string) => {
      const isForm = headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded');
      return { fields: isForm ? fieldsOf(body) : {} };
    },
  );
}

function fieldsOf(body: string): Fields {
  const sent = new URLSearchParams(body);
  return Object.fromEntries([...new Set(sent.keys())].map((name) => [name, sent.getAll(name)]));
}
