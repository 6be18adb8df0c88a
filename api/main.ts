import { Connection } from '@temporalio/client';
import pino, { type Logger } from 'pino';
import { BadConfig, type Config, readConfig } from '../config.ts';
import { RECONNECT_SOON } from '../config-temporal.ts';
import { createAnswers } from '../data/answers.ts';
import { apiKeys } from '../data/api-keys.ts';
import { awaited } from '../data/awaited.ts';
import { caseSteps } from '../data/case-steps.ts';
import { cases } from '../data/cases.ts';
import { chosen } from '../data/chosen.ts';
import { circuitBreaker } from '../data/circuit-breaker.ts';
import { clicks } from '../data/clicks.ts';
import { confirmationBounces } from '../data/confirmation-bounces.ts';
import { connect, disconnect, isReachable } from '../data/connect.ts';
import { consentEvents } from '../data/consent-events.ts';
import { couponPools } from '../data/coupon-pools.ts';
import { customers } from '../data/customers.ts';
import { decisions } from '../data/decisions.ts';
import { erasures } from '../data/erasures.ts';
import { events } from '../data/events.ts';
import { everythingOf } from '../data/everything.ts';
import { failedSends } from '../data/failed-sends.ts';
import { gifts } from '../data/gifts.ts';
import { previewOf } from '../data/going-over.ts';
import { createGoodwill } from '../data/goodwill.ts';
import { grantCosts } from '../data/grant-costs.ts';
import { grants } from '../data/grants.ts';
import { joinRequests } from '../data/join-requests.ts';
import { countMetThrough } from '../data/met-through.ts';
import { playbooks } from '../data/playbooks.ts';
import { pointEntries } from '../data/point-entries.ts';
import { createReceive } from '../data/receive.ts';
import { createReceiveRequest } from '../data/receive-request.ts';
import { redemptions } from '../data/redemptions.ts';
import { rehearsals } from '../data/rehearsals.ts';
import { createReports } from '../data/reports.ts';
import { countResults } from '../data/results.ts';
import { sending } from '../data/sending.ts';
import { sends } from '../data/sends.ts';
import { suppressions } from '../data/suppressions.ts';
import { surpriseFigures } from '../data/surprise-figures.ts';
import { teamTasks } from '../data/team-tasks.ts';
import { templates } from '../data/templates.ts';
import { unsettledSends } from '../data/unsettled-sends.ts';
import { waking } from '../data/waking.ts';
import { webhooks } from '../data/webhooks.ts';
import { type Clock, toLogical } from '../domain/clock.ts';
import { graceIn } from '../domain/decide-next.ts';
import { keyedHash } from '../domain/hash.ts';
import { normaliseEmail } from '../domain/identity.ts';
import type { CompiledTemplate } from '../mail/compile.ts';
import { createPreview } from '../mail/preview.ts';
import { soundnessOf } from '../mail/sound-playbook.ts';
import { reachSmtp } from '../servers/reach.ts';
import type { ApiDeps } from './deps.ts';
import { fetchText } from './fetch-text.ts';
import { keptRef } from './kept-ref.ts';
import { receivingFor } from './receiving.ts';
import { showReference } from './reference.ts';
import { buildServer } from './server.ts';

/** An allowance for a shop in full swing: with lists of events, 50,000 events a second. */
const REQUESTS_PER_TEN_SECONDS = 1_000;

/** The API and the pages, on one port. It talks to MongoDB; to Temporal only to say whether it is there. */
async function main(log: Logger): Promise<void> {
  const config = readConfig(process.env);
  await connect(config.mongodbUri);
  const temporal = Connection.lazy({ ...config.temporal.connection, channelArgs: RECONNECT_SOON });
  const app = await buildServer(depsFor(config, temporal), log);

  const stop = async () => {
    await app.close();
    await Promise.all([temporal.close(), disconnect()]);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  await app.listen({ port: config.port, host: hostOf(config.publicUrl) });
  log.info({ url: config.publicUrl }, 'api ready');
}

function depsFor(config: Config, temporal: Connection): ApiDeps {
  const clock = clockOf(config);
  const receiving = receivingFor({ hashKey: config.hashKey, clock, speed: config.timeLapse.speed });
  const receiver = createReceive(receiving);
  const { adminKey, secrets, publicUrl, proxies, webhookSecrets, providers } = config;
  return {
    clock,
    ...{ clicks, templates },
    settings: {
      ...(adminKey && { adminKey }),
      ...{ secrets, publicUrl, proxies, webhookSecrets, providers },
      requestsPerTenSeconds: REQUESTS_PER_TEN_SECONDS,
    },
    ...{ receiver, cases, caseSteps: caseSteps(receiver, createGoodwill(receiving.playbook)) },
    answers: createAnswers(receiving),
    customers: { ...customers, find: (ref) => customers.find(keptRef(config.hashKey, ref)) },
    ...{
      events,
      sends,
      decisions,
      playbooks,
      apiKeys,
      joinRequests,
      confirmationBounces,
      suppressions,
      sending,
    },
    ...{ rehearsals, countMetThrough, erasures, everythingOf, consentEvents },
    ...{ unsettledSends, failedSends, pointEntries, countResults },
    ...{ grants, chosen, surpriseFigures, couponPools },
    ...{ teamTasks, gifts, redemptions, grantCosts },
    addressKey: (email) => keyedHash(config.hashKey, normaliseEmail(email)),
    ...{ awaited, webhooks, fetchText, breaker: circuitBreaker },
    receiveRequest: createReceiveRequest(config),
    reports: createReports(receiving),
    playbookOf: playbooks.version,
    publishing: publishingFor(config, clock),
    preview: createPreview(templates.find<CompiledTemplate>),
    reference: showReference,
    probes: probesFor(config, temporal),
  };
}

function publishingFor({ timeLapse }: Config, clock: Clock): ApiDeps['publishing'] {
  const directory = new URL('../templates', import.meta.url).pathname;
  return {
    ...playbooks,
    check: (yaml) => soundnessOf(yaml, directory),
    preview: (next) =>
      previewOf(next, { now: clock.now(), grace: graceIn(timeLapse), speed: timeLapse.speed }),
    publish: async ({ yaml, playbook, compiled }, how) => {
      await templates.save(compiled);
      return playbooks.publish(yaml, playbook, how);
    },
    pending: waking.pending,
  };
}

function probesFor({ smtpUrl, temporal: { namespace } }: Config, temporal: Connection): ApiDeps['probes'] {
  return {
    mongodb: async () => {
      if (!(await isReachable())) throw new Error('MongoDB is away');
    },
    temporal: () => temporal.workflowService.describeNamespace({ namespace }),
    smtp: () => reachSmtp(smtpUrl),
  };
}

function clockOf({ timeLapse }: Config): Clock {
  return { now: () => toLogical(timeLapse, Date.now()), serverTime: () => Date.now() };
}

/** The outside world is let in only where the public URL says so. */
function hostOf(publicUrl: string): string {
  const { hostname } = new URL(publicUrl);
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) ? '127.0.0.1' : '0.0.0.0';
}

main(pino({ name: 'api' })).catch((error: unknown) => {
  const known = error instanceof BadConfig || error instanceof Error;
  process.stderr.write(`${known ? error.message : error}\n`);
  process.exit(1);
});
