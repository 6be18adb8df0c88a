import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';

/** What a key may do. The admin key may do all. */
export const SCOPES = [
  'events:write',
  'journeys:write',
  'customers:read',
  'customers:write',
  'loyalty:write',
  'surprises:read',
  'surprises:write',
  'sending:read',
  'sending:write',
  'cases:read',
  'cases:write',
  'webhooks:write',
  'tasks:read',
  'tasks:write',
  'fulfilment:read',
  'fulfilment:write',
  'grants:redeem',
  'playbooks:read',
  'playbooks:write',
] as const;

export type Scope = (typeof SCOPES)[number];

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope a key needs for this route. */
    scope?: Scope;
  }
  interface FastifyRequest {
    /** The name of the key that opened the route. */
    keyName: string;
  }
}

/** Lets nobody through to a route of the API without a key that has its scope. */
export function requireKeys(
  app: FastifyInstance,
  { apiKeys, settings }: Pick<ApiDeps, 'apiKeys' | 'settings'>,
  callers: Set<string>,
) {
  app.addHook('onRoute', ({ url, config }) => {
    if (url.startsWith('/v1/') && !config?.scope) throw new Error(`the route ${url} names no scope`);
  });
  app.decorateRequest('keyName', '');
  // After the rate limit, which comes at `onRequest`: guessing keys is limited too. Before the body is read.
  app.addHook('preParsing', async (request) => {
    const { scope } = request.routeOptions.config;
    if (!scope) return;

    const key = bearerOf(request);
    const caller = callerBy(key);
    if (settings.adminKey && sameSecret(key, settings.adminKey)) {
      callers.add(caller);
      request.keyName = 'admin';
      return;
    }
    const known = await apiKeys.check(key);
    if (!known) {
      callers.delete(caller);
      throw unauthorized('this API key is not known, or was revoked');
    }
    callers.add(caller);
    if (!known.scopes.includes(scope)) throw new Problem(403, `this API key lacks the scope ${scope}`);
    request.keyName = known.name ?? '';
  });
}

/** Whether two secrets are the same, in a time that tells nothing of where they differ. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/**
 * Who counts for the rate limit: a key that has opened a route before, on a route that needs one; else an address.
 *
 * A header that anybody can make up gives no allowance of its own.
 *
 * @param callers those of the keys that have opened a route of this process: as many as there are keys
 */
export function callerOf(
  { headers, routeOptions, ip }: FastifyRequest,
  callers: ReadonlySet<string>,
): string {
  const key = routeOptions.config?.scope && keyIn(headers.authorization);
  const caller = key ? callerBy(key) : ip;
  return callers.has(caller) ? caller : ip;
}

function callerBy(key: string): string {
  return digest(key).toString('base64url');
}

function bearerOf({ headers }: FastifyRequest): string {
  const key = keyIn(headers.authorization);
  if (!key) throw unauthorized('send an API key: Authorization: Bearer rk_…');
  return key;
}

function keyIn(authorization = ''): string | undefined {
  const [scheme = '', told = '', ...rest] = authorization.split(' ');
  if (!/^(bearer|basic)$/i.test(scheme) || rest.length > 0) return undefined;
  return scheme.toLowerCase() === 'basic' ? nameIn(told) : told;
}

/** The name of Basic authentication, as which libraries of Segment send their write key. */
function nameIn(credentials: string): string {
  const [name = ''] = Buffer.from(credentials, 'base64').toString().split(':');
  return name;
}

function unauthorized(detail: string): Problem {
  return new Problem(401, detail, { headers: { 'www-authenticate': 'Bearer' } });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
