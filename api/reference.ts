import apiReference from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';

/** The reference page builds itself with scripts and styles of its own; nothing of it comes from elsewhere. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "frame-ancestors 'none'",
].join('; ');

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
