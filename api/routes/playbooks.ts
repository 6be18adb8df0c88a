import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Version } from '../../data/playbooks.ts';
import { REFUSALS } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { versionAnswer } from '../playbook-answer.ts';
import { VersionAnswer, VersionsAnswer } from '../playbook-answers.ts';
import { Problem } from '../problem.ts';

type Deps = Pick<ApiDeps, 'publishing'>;

/** How many versions are listed, the newest. */
const MOST_VERSIONS = 100;

export const VersionParams = z.object({ version: z.coerce.number().int().min(1).max(999_999_999) });

const TAGS = ['playbooks'];
const CONFIG = { scope: 'playbooks:read' } as const;

/** Where the versions of the playbook are looked at. */
export function playbookRoutes(deps: Deps): FastifyPluginAsyncZod {
  const { publishing } = deps;
  return async (app) => {
    app.get('/v1/playbooks', { schema: LIST, config: CONFIG }, async () => {
      const kept = await publishing.list(MOST_VERSIONS);
      return { playbooks: await Promise.all(kept.map((version) => told(deps, version))) };
    });
    app.get('/v1/playbooks/:version', { schema: ONE, config: CONFIG }, async ({ params }) => {
      const kept = await publishing.about(params.version);
      if (!kept) throw noVersion(params.version);
      return told(deps, kept);
    });
    app.get(
      '/v1/playbooks/:version/source',
      { schema: SOURCE, config: CONFIG },
      async ({ params }, reply) => {
        return reply.type('application/yaml; charset=utf-8').send(await sourceOf(deps, params.version));
      },
    );
  };
}

const LIST = {
  ...{ tags: TAGS, summary: 'The versions of the playbook, the newest first' },
  response: { 200: VersionsAnswer, ...REFUSALS },
};
const ONE = {
  ...{ tags: TAGS, params: VersionParams },
  summary: 'A version, and how far the people inside are told of it',
  response: { 200: VersionAnswer, ...REFUSALS },
};
const SOURCE = {
  ...{ tags: TAGS, params: VersionParams },
  summary: 'The text of a version, as it was published',
  response: { 200: { content: { 'application/yaml': { schema: z.string() } } }, ...REFUSALS },
};

/**
 * The text of a version.
 *
 * @throws Problem 404 when there is no such version
 */
export async function sourceOf({ publishing }: Deps, version: number): Promise<string> {
  const source = await publishing.source(version);
  if (source === undefined) throw noVersion(version);
  return source;
}

async function told({ publishing }: Deps, kept: Version) {
  const [newest, pending] = await Promise.all([publishing.newest(), publishing.pending(kept.version)]);
  return versionAnswer(kept, { newest, pending });
}

function noVersion(version: number): Problem {
  return new Problem(404, `there is no version ${version} of the playbook`);
}
