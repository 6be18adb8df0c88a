import { activityInfo } from '@temporalio/activity';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { createCompose } from '../../activities/compose.ts';
import { type Activities, createActivities } from '../../activities/index.ts';
import { caseAlarms } from '../../data/case-alarms.ts';
import { circuitBreaker } from '../../data/circuit-breaker.ts';
import { customers } from '../../data/customers.ts';
import { decisions } from '../../data/decisions.ts';
import { events } from '../../data/events.ts';
import { grants } from '../../data/grants.ts';
import { outbox } from '../../data/outbox.ts';
import { createReceive } from '../../data/receive.ts';
import { rehearsals } from '../../data/rehearsals.ts';
import { sending } from '../../data/sending.ts';
import { sendingDays } from '../../data/sending-days.ts';
import { sends } from '../../data/sends.ts';
import { teamTasks } from '../../data/team-tasks.ts';
import { templates } from '../../data/templates.ts';
import { REAL_TIME } from '../../domain/clock.ts';
import type { Playbook } from '../../domain/playbook.ts';
import type { CompiledTemplate } from '../../mail/compile.ts';
import { createMailLinks } from '../../mail/links.ts';
import { createMailer } from '../../mail/mailer.ts';
import { createRenderer } from '../../mail/render.ts';
import { discretion } from '../../worker/discretion.ts';
import { relay } from '../../worker/relay.ts';
import { createTemplateShelf } from '../../worker/template-shelf.ts';
import { workflowBundle } from '../../worker/workflow-bundle.ts';

const TASK_QUEUE = 'rapport';

type EngineOptions = {
  readonly env: TestWorkflowEnvironment;
  readonly smtpUrl: string;
  readonly playbook: Playbook;
  /** Stands around the activities, to make them fail. */
  readonly around?: (activities: Activities) => Activities;
};

/** All that `worker/main.ts` runs, in this process, over the connected database: `stop()` ends it. */
export async function startEngine({ env, smtpUrl, playbook, around = (all) => all }: EngineOptions) {
  const mailer = createMailer({ smtpUrl, timeoutMs: 5_000 });
  const current = async () => playbook;
  const clock = () => {
    const now = () => activityInfo().currentAttemptScheduledTimestampMs;
    return { now, serverTime: now };
  };
  const compose = createCompose({
    events,
    templateFor: createTemplateShelf('templates', (compiled) => templates.save(compiled)).find,
    templateById: (id) => templates.find<CompiledTemplate>(id),
    renderer: createRenderer(),
    linksOf: createMailLinks('https://rapport.example', 'secret'),
  });
  const receiver = createReceive({ hashKey: 'key', clock: clock(), playbook: current });
  const activities = createActivities({
    receiver,
    ...{ customers, events, sends, decisions, playbook: current, compose, mailer, clock },
    ...{ sending, sendingDays, rehearsals, grants, teamTasks, caseAlarms },
    newestPlaybook: async () => playbook.version,
    ...{ timeLapse: REAL_TIME, sendTimeoutMs: 10_000, lapse: false, breaker: circuitBreaker },
  });
  const worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    taskQueue: TASK_QUEUE,
    workflowBundle: await workflowBundle(),
    activities: around(activities),
    interceptors: { activity: [discretion] },
  });
  const stopping = new AbortController();
  const deps = { outbox, customers, playbook: current, client: env.client, taskQueue: TASK_QUEUE };
  const running = Promise.all([worker.run(), relay({ ...deps, log: { warn: () => {} } }, stopping.signal)]);
  return {
    async stop() {
      stopping.abort();
      worker.shutdown();
      await running;
      await mailer.close();
    },
  };
}
