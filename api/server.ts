import rateLimit from '@fastify/rate-limit';
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  LogController,
} from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { callerOf, requireKeys } from './access.ts';
import type { ApiDeps } from './deps.ts';
import { answerProblems, problemOf, sendProblem } from './errors.ts';
import { useStrictJson } from './json-body.ts';
import { describeApi } from './openapi.ts';
import { pages } from './pages/pages.ts';
import { Problem } from './problem.ts';
import { registerAll } from './register-all.ts';
import { caseRoutes } from './routes/cases.ts';
import { caseworkRoutes } from './routes/casework.ts';
import { clickCountRoutes } from './routes/clicks.ts';
import { cloudEventRoutes } from './routes/cloud-events.ts';
import { commandRoutes } from './routes/commands.ts';
import { consentRoutes } from './routes/consents.ts';
import { couponPoolRoutes } from './routes/coupon-pools.ts';
import { customerAnswerRoutes } from './routes/customer-answers.ts';
import { customerRoutes } from './routes/customers.ts';
import { erasureRoutes } from './routes/erasure.ts';
import { BODY_LIMIT, eventRoutes } from './routes/events.ts';
import { exportRoutes } from './routes/export.ts';
import { fulfilmentRoutes } from './routes/fulfilment.ts';
import { grantRoutes } from './routes/grants.ts';
import { healthRoutes } from './routes/health.ts';
import { journeyRoutes } from './routes/journey.ts';
import { startRoutes } from './routes/journeys.ts';
import { membershipRoutes } from './routes/membership.ts';
import { metThroughRoutes } from './routes/met-through.ts';
import { objectionRoutes } from './routes/objection.ts';
import { playbookRoutes } from './routes/playbooks.ts';
import { pointsRoutes } from './routes/points.ts';
import { privilegeRoutes } from './routes/privileges.ts';
import { publishingRoutes } from './routes/publishing.ts';
import { redeemRoutes } from './routes/redeem.ts';
import { resultsRoutes } from './routes/results.ts';
import { segmentRoutes } from './routes/segment.ts';
import { sendingRoutes } from './routes/sending.ts';
import { sendsRoutes } from './routes/sends.ts';
import { surpriseRoutes } from './routes/surprises.ts';
import { taskRoutes } from './routes/tasks.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { answerUnreadable } from './unreadable.ts';
import { checkBySchema } from './validation.ts';
import { webhooks } from './webhooks/webhooks.ts';

/** Longest id in a path: a source and an id of 64 characters each, percent-encoded. */
const LONGEST_ID = 800;

/** Builds the whole server, API and pages, without listening: tests inject into it. */
export async function buildServer(deps: ApiDeps, logger?: FastifyBaseLogger): Promise<FastifyInstance> {
  const app = fastify({
    ...(logger && { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }), // addresses and ids may stand in paths
    bodyLimit: BODY_LIMIT,
    trustProxy: [...(deps.settings.proxies ?? [])],
    routerOptions: { maxParamLength: LONGEST_ID },
    frameworkErrors: (error: FastifyError, _request, reply) => void sendProblem(reply, problemOf(error)),
    clientErrorHandler: answerUnreadable,
  });
  app.setValidatorCompiler(checkBySchema);
  app.setSerializerCompiler(serializerCompiler);
  useStrictJson(app);
  answerProblems(app);
  const callers = new Set<string>();
  await limitRates(app, deps.settings.requestsPerTenSeconds, callers);
  await describeApi(app, deps.settings.publicUrl);
  await registerAll(app, {
    routes: async (api) => routesOf(api, deps, callers),
    webhooks: async (incoming) => webhooks(incoming, deps),
    pages: async (site) => pages(site, deps),
    reference: deps.reference,
  });
  return app;
}

async function routesOf(api: FastifyInstance, deps: ApiDeps, callers: Set<string>): Promise<void> {
  requireKeys(api, deps, callers);
  await registerAll(api, {
    events: eventRoutes(deps),
    cloudEvents: cloudEventRoutes(deps),
    segment: segmentRoutes(deps),
    webhooks: webhookRoutes(deps),
    journeys: startRoutes(deps),
    customers: customerRoutes(deps),
    erasure: erasureRoutes(deps),
    export: exportRoutes(deps),
    objection: objectionRoutes(deps),
    consents: consentRoutes(deps),
    points: pointsRoutes(deps),
    membership: membershipRoutes(deps),
    customerAnswers: customerAnswerRoutes(deps),
    metThrough: metThroughRoutes(deps),
    clicks: clickCountRoutes(deps),
    privileges: privilegeRoutes(deps),
    results: resultsRoutes(deps),
    journey: journeyRoutes(deps),
    commands: commandRoutes(deps),
    surprises: surpriseRoutes(deps),
    grants: grantRoutes(deps),
    couponPools: couponPoolRoutes(deps),
    sending: sendingRoutes(deps),
    sends: sendsRoutes(deps),
    cases: caseRoutes(deps),
    casework: caseworkRoutes(deps),
    tasks: taskRoutes(deps),
    fulfilment: fulfilmentRoutes(deps),
    redeem: redeemRoutes(deps),
    playbooks: playbookRoutes(deps),
    publishing: publishingRoutes(deps),
    health: healthRoutes(deps),
  });
}

/** Each known key, or each address without one, has its own allowance; it is counted in this process. */
async function limitRates(app: FastifyInstance, max: number, callers: ReadonlySet<string>): Promise<void> {
  await app.register(rateLimit, {
    max,
    timeWindow: '10 seconds',
    keyGenerator: (request) => callerOf(request, callers),
    errorResponseBuilder: (_request, { after }) =>
      new Problem(429, `too many requests; try again in ${after}`),
  });
}
