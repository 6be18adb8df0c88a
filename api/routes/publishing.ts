import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Publishing as How } from '../../data/playbooks.ts';
import { PlaybookOvertaken } from '../../domain/publishing.ts';
import { REFUSALS } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { foretell, linesOf, overtakenBy, whole } from '../foretelling.ts';
import { useYaml } from '../json-body.ts';
import { PreviewAnswer, PublishedAnswer } from '../playbook-answers.ts';
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
    app.post('/v1/playbooks/preview', { schema: PREVIEW, config: READ }, async (request, reply) => {
      const { body, query, headers } = request;
      const foretelling = await foretell(deps, body.source, howAsked({ body, query, headers }));
      return headers.accept === LINES
        ? reply.type(LINES).send(Readable.from(linesOf(foretelling)))
        : whole(foretelling);
    });
    app.post('/v1/playbooks', { schema: PUBLISH, config: WRITE }, async (request, reply) => {
      const { body, query, headers, keyName: by } = request;
      const how = { ...howAsked({ body, query, headers }), by };
      return reply.code(201).send(await publish(deps, body.source, how));
    });
    app.post('/v1/playbooks/:version/preview', { schema: PREVIEW_AGAIN, config: READ }, async (request) => {
      const { params, body, headers } = request;
      const source = await sourceOf(deps, params.version);
      return whole(await foretell(deps, source, howAsked({ body, headers })));
    });
    app.post('/v1/playbooks/:version/publish', { schema: AGAIN, config: WRITE }, async (request, reply) => {
      const { params, body, headers, keyName: by } = request;
      const how = { ...howAsked({ body, headers }), by, restores: params.version };
      return reply.code(201).send(await publish(deps, await sourceOf(deps, params.version), how));
    });
  };
}

/** Lines of JSON, one a page. */
const LINES = 'application/x-ndjson';

const PREVIEW = {
  tags: TAGS,
  summary: 'Count what publishing would do to the people inside',
  description:
    'Nothing is published. The counts are made by the same rules that plan the journeys, over everybody inside; ' +
    'that takes about three seconds for ten thousand people. The body is the YAML itself (`application/yaml`), or JSON.',
  body: PlaybookText,
  querystring: PublishQuery,
  headers: IfMatch,
  response: {
    200: {
      description: 'The counts; with `Accept: application/x-ndjson` a line a page, the last is the preview',
      content: {
        'application/json': { schema: PreviewAnswer },
        [LINES]: { schema: z.instanceof(Readable) },
      },
    },
    ...REFUSALS,
  },
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
