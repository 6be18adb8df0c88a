import type { FastifyInstance } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';

/** Where Fastify reads a plugin's name. */
const NAME = Symbol.for('fastify.display-name');

/**
 * Registers plugins in their order, each in a scope of its own and under its name.
 *
 * For one without a name, Fastify looks through every loaded module, twice.
 */
export async function registerAll(
  app: FastifyInstance,
  plugins: Readonly<Record<string, FastifyPluginAsyncZod>>,
): Promise<void> {
  for (const [name, plugin] of Object.entries(plugins)) {
    await app.register(Object.assign(plugin, { [NAME]: name }));
  }
}
