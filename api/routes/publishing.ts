import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { type Publishing as How, PlaybookOvertaken } from '../../data/playbooks.ts';
import { nextVersion } from '../../domain/publishing.ts';
import { NO_COUNTS } from '../../domain/publishing-counts.ts';
import { REFUSALS } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { useYaml } from '../json-body.ts';
import { countsAnswer } from '../playbook-answer.ts';
import { PreviewAnswer, PublishedAnswer } from '../playbook-answers.ts';
import { Problem } from '../problem.ts';
import {
  howAsked,
  IfMatch,
  PlaybookText,
  PublishAgain,
  PublishQuery,
  soundOrRefused,
} from '../publishing-request.ts';
import { sourceOf, VersionParams } from './playbooks.ts';

type Deps = Pick<ApiDeps, 'playbooks' | 'publishing'>;

const TAGS = ['playbooks'];
const READ = { scope: 'playbooks:read' } as const;
const WRITE = { scope: 'playbooks:write' } as const;

/** Where a playbook is previewed and published, with people inside. */
export function publishingRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    useYaml(app);
    app.post('/v1/playbooks/preview', { schema: PREVIEW, config: READ }, async ({ body, query, headers }) => {
      return preview(deps, body.source, howAsked({ body, query, headers }));
    });
    app.post('/v1/playbooks', { schema: PUBLISH, config: WRITE }, async (request, reply) => {
      const { body, query, headers, keyName: by } = request;
      return reply
        .code(201)
        .send(await publish(deps, body.source, { ...howAsked({ body, query, headers }), by }));
    });
    app.post('/v1/playbooks/:version/preview', { schema: PREVIEW_AGAIN, config: READ }, async (request) => {
      return preview(
        deps,
        await sourceOf(deps, request.params.version),
        howAsked({ body: request.body, headers: request.headers }),
      );
    });
    app.post('/v1/playbooks/:version/publish', { schema: AGAIN, config: WRITE }, async (request, reply) => {
      const { params, body, headers, keyName: by } = request;
      const how = { ...howAsked({ body, headers }), by, restores: params.version };
      return reply.code(201).send(await publish(deps, await sourceOf(deps, params.version), how));
    });
  };
}

const PREVIEW = {
  tags: TAGS,
  summary: 'Count what publishing would do to the people inside',
  description:
    'Nothing is published. The counts are made by the same rules that plan the journeys, over everybody inside; ' +
    'that takes about a second for ten thousand people. The body is the YAML itself (`application/yaml`), or JSON.',
  body: PlaybookText,
  querystring: PublishQuery,
  headers: IfMatch,
  response: { 200: PreviewAnswer, ...REFUSALS },
};
const PUBLISH = {
  tags: TAGS,
  summary: 'Publish a playbook as the next version',
  description:
    'Journeys whose next moment changes are woken in batches: `GET /v1/playbooks/:version` tells how far. The ' +
    'others plan by it when they wake. The text that is in force already stays the version it is. With `If-Match` ' +
    '(or `ifVersion`), 409 when another version came between.',
  body: PlaybookText,
  querystring: PublishQuery,
  headers: IfMatch,
  response: { 201: PublishedAnswer, ...REFUSALS },
};
const PREVIEW_AGAIN = {
  ...{ tags: TAGS, params: VersionParams, headers: IfMatch, body: PublishAgain },
  summary: 'Count what rolling back to a version would do to the people inside',
  description: 'Nothing is published.',
  response: { 200: PreviewAnswer, ...REFUSALS },
};
const AGAIN = {
  ...{ tags: TAGS, params: VersionParams, headers: IfMatch, body: PublishAgain },
  summary: 'Roll back: publish an older version again, as the next one',
  description:
    'It is checked anew, with the templates there are now, and told to the people inside as any version.',
  response: { 201: PublishedAnswer, ...REFUSALS },
};

async function preview(
  { playbooks, publishing }: Deps,
  yaml: string,
  how: How,
): Promise<z.input<typeof PreviewAnswer>> {
  const found = await publishing.check(yaml);
  const { playbook } = soundOrRefused(found, how.addEntering ?? []);
  const current = await playbooks.current();
  const against = current?.version ?? 0;
  if (how.ifVersion !== undefined && how.ifVersion !== against) throw overtakenBy(against);

  const next = nextVersion(playbook, current, how.addEntering);
  let counts = NO_COUNTS;
  for await (const further of publishing.preview(next)) counts = further.counts;
  return { against, version: next.version, warnings: [...found.warnings], counts: countsAnswer(counts) };
}

async function publish(
  { publishing }: Deps,
  yaml: string,
  how: How,
): Promise<z.input<typeof PublishedAnswer>> {
  const found = await publishing.check(yaml);
  const sound = soundOrRefused(found, how.addEntering ?? []);
  try {
    return { version: await publishing.publish(sound, how), warnings: [...found.warnings] };
  } catch (error) {
    if (error instanceof PlaybookOvertaken) throw overtakenBy(error.current);
    throw error;
  }
}

function overtakenBy(current: number): Problem {
  return new Problem(409, `version ${current} is in force now; look at a new preview first`);
}
