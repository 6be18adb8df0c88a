import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';

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
        { name: 'playbooks', description: 'What is sent, when, to whom and why' },
        { name: 'webhooks', description: 'Who is told of what Rapport does' },
        { name: 'health', description: 'Whether all is up' },
      ],
    },
    transform: createJsonSchemaTransform({ zodToJsonConfig: { unrepresentable: 'any' } }),
  });
}
