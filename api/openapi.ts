import fastifySwagger from '@fastify/swagger';
import apiReference from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';

/** The reference page builds itself with scripts and styles of its own; nothing of it comes from elsewhere. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "frame-ancestors 'none'",
].join('; ');

const INTRODUCTION = `Tell Rapport what customers do, and ask it how their relationship stands.

Every refusal is \`application/problem+json\` with one line that says what to do. Times are RFC 3339, money is in minor
units with its ISO 4217 code. Send an API key: \`Authorization: Bearer rk_…\`; \`npm run rapport -- key create\` makes one.`;

/** Describes all routes that come after it, from the same schemas that check the requests. */
export async function describeApi(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Rapport', version: '1', description: INTRODUCTION },
      servers: [{ url: publicUrl }],
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'rk_…' } } },
      security: [{ key: [] }],
      tags: [
        { name: 'events', description: 'What customers do' },
        { name: 'journeys', description: 'The course of each customer' },
        { name: 'customers', description: 'What is known of them' },
        { name: 'health', description: 'Whether all is up' },
      ],
    },
    transform: createJsonSchemaTransform({ zodToJsonConfig: { unrepresentable: 'any' } }),
  });
}

/** The readable reference, wholly served from here: it works without the Internet. */
export async function showReference(app: FastifyInstance): Promise<void> {
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/reference')) return;
    route.config = { ...route.config, rateLimit: false };
  });
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/reference')) reply.header('content-security-policy', POLICY);
  });
  await app.register(apiReference, {
    routePrefix: '/reference',
    configuration: {
      pageTitle: 'Rapport · API',
      favicon: '/assets/mark.svg',
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
      defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
    },
  });
}
