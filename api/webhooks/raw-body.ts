import type { FastifyInstance } from 'fastify';

/** Most bytes of a webhook: an order of five hundred lines has some two million. */
const MOST_BYTES = 4 * 1_048_576;

/** A big shop in its best minute; they all come from a few addresses. */
const MOST_PER_TEN_SECONDS = 20_000;

/** For every route of a webhook: its own limits, and nothing of it stands in the reference of the API. */
export const WEBHOOK = {
  bodyLimit: MOST_BYTES,
  config: { rateLimit: { max: MOST_PER_TEN_SECONDS, timeWindow: '10 seconds' } },
} as const;

/** Leaves bodies as the bytes that came, whatever they are said to be: a signature is over these. */
export function useRawBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
}

/** The bytes of a body; none where there was no body. */
export function bytesOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
