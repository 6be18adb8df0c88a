import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import pino, { type Logger } from 'pino';
import { type Config, readConfig } from '../config.ts';
import { RECONNECT_SOON } from '../config-temporal.ts';
import { announcements } from '../data/announcements.ts';
import { connect, disconnect } from '../data/connect.ts';
import { createCurrentPlaybook } from '../data/current-playbook.ts';
import { customers } from '../data/customers.ts';
import { eraseAll } from '../data/erasing.ts';
import { erasures } from '../data/erasures.ts';
import { giftsTold } from '../data/gifts-told.ts';
import type { Moment } from '../data/going-over.ts';
import { joinRequests } from '../data/join-requests.ts';
import { outbox } from '../data/outbox.ts';
import { playbooks } from '../data/playbooks.ts';
import { createReports } from '../data/reports.ts';
import { sending } from '../data/sending.ts';
import { suppressions } from '../data/suppressions.ts';
import { teamMails } from '../data/team-mails.ts';
import { teamTasksTold } from '../data/team-tasks-told.ts';
import { templates } from '../data/templates.ts';
import { unfinishedGrants } from '../data/unfinished-grants.ts';
import { webhookMessages } from '../data/webhook-messages.ts';
import { webhooks } from '../data/webhooks.ts';
import { isTimeLapse, toLogical } from '../domain/clock.ts';
import { graceIn } from '../domain/decide-next.ts';
import type { Mailer } from '../mail/mailer.ts';
import { createRenderer } from '../mail/render.ts';
import { createConfirmationWayBack } from '../mail/way-back.ts';
import { sendConfirmations } from './confirmations.ts';
import { discretion } from './discretion.ts';
import { eraseCustomers } from './erasing.ts';
import { finishGrants } from './finish-grants.ts';
import { mailerFor } from './mailer-for.ts';
import { activitiesFor } from './performing.ts';
import { relay } from './relay.ts';
import { scheduleRetention } from './retaining.ts';
import { tellTeam } from './team-mails.ts';
import { createLinesOf, tellOfTasks } from './team-tasks.ts';
import { tell } from './tell.ts';
import { createTemplateShelf, type TemplateShelf } from './template-shelf.ts';
import { wakeWaiting } from './wake-waiting.ts';
import { wakeJourneys } from './waking.ts';
import { workflowBundle } from './workflow-bundle.ts';

/** After so long another worker takes up the journeys of one that died: their histories are short to read again. */
const TAKEN_OVER_AFTER_MS = 3_000;

/** What this process works on: journeys and their activities, and the hand-over of events to Temporal. */
async function main(log: Logger): Promise<void> {
  process.env.TZ = 'UTC'; // zone arithmetic is luxon's alone
  Runtime.install({ shutdownSignals: [], logger: sdkLogger(log) }); // the signals are ours, below
  const config = readConfig(process.env);
  await connect(config.mongodbUri);

  const mailer = await mailerFor(config);
  const native = await NativeConnection.connect(config.temporal.connection);
  const client = await clientFor(config);
  const shelf = await fullShelf();
  const worker = await workerFor(config, native, mailer, shelf);

  const stop = stopOnSignal(() => worker.shutdown());
  const playbook = createCurrentPlaybook();
  const taskQueue = taskQueueOf(config);
  if (!isTimeLapse(config.timeLapse)) await scheduleRetention(client, taskQueue);
  const relaying = relay({ outbox, customers, playbook, client, taskQueue, log }, stop);
  const confirming = sendConfirmations(confirmationsFor(config, mailer, log), stop);
  const waking = [
    wakeWaiting({ sending, playbook, log }, stop),
    wakeJourneys({ moment: () => momentOf(config), log }, stop),
    tellOfTasks({ told: [teamTasksTold, giftsTold], moment: () => serverMoment(config), log }, stop),
    eraseCustomers({ erasures, eraseAll, client, log }, stop),
    finishGrants({ unfinishedGrants, moment: () => serverMoment(config), log }, stop),
  ];
  log.info('worker ready');
  const telling = tell({ announcements, webhooks, messages: webhookMessages, now: Date.now, log }, stop);
  const { publicUrl, sendTimeoutMs: timeoutMs } = config;
  const linesOf = createLinesOf({ teamTasksTold, giftsTold, customers, playbook });
  const team = { teamMails, sending, mailer, playbook, linesOf, publicUrl, timeoutMs, now: Date.now, log };
  await Promise.all([worker.run(), telling, relaying, confirming, tellTeam(team, stop), ...waking]);

  await mailer.close();
  await Promise.all([client.connection.close(), native.close(), disconnect()]);
}

/** The templates, those of the playbook in force compiled; where none is published yet they wait for it. */
async function fullShelf(): Promise<TemplateShelf> {
  const shelf = aShelf();
  const current = await playbooks.current();
  if (current) await shelf.warm(current);
  return shelf;
}

/** The moment by which journeys are gone over, as `decide` would read it. */
function momentOf({ timeLapse }: Config): Moment {
  return { now: toLogical(timeLapse, Date.now()), grace: graceIn(timeLapse), speed: timeLapse.speed };
}

/** The server's time, and the moment that it is in a time-lapse. */
function serverMoment({ timeLapse }: Config) {
  const serverTime = Date.now();
  return { serverTime, now: toLogical(timeLapse, serverTime) };
}

/** A time-lapse has a queue of its own: on a Temporal that others use too it takes no journeys of theirs. */
function taskQueueOf({ timeLapse }: Config): string {
  return isTimeLapse(timeLapse) ? `rapport-${timeLapse.wallStart}` : 'rapport';
}

async function clientFor({ temporal: { connection, namespace } }: Config): Promise<Client> {
  const channelArgs = RECONNECT_SOON;
  return new Client({ connection: await Connection.connect({ ...connection, channelArgs }), namespace });
}

async function workerFor(
  config: Config,
  connection: NativeConnection,
  mailer: Mailer,
  shelf: TemplateShelf,
): Promise<Worker> {
  return Worker.create({
    ...{ connection, namespace: config.temporal.namespace, taskQueue: taskQueueOf(config) },
    workflowBundle: await workflowBundle(),
    activities: activitiesFor(config, mailer, shelf),
    interceptors: { activity: [discretion] },
    shutdownGraceTime: config.sendTimeoutMs,
    stickyQueueScheduleToStartTimeout: TAKEN_OVER_AFTER_MS,
  });
}

/** Temporal's own lines in the same log, from warnings on. */
function sdkLogger(log: Logger): DefaultLogger {
  return new DefaultLogger('WARN', ({ level, message, meta }) => {
    const write = level === 'ERROR' ? log.error.bind(log) : log.warn.bind(log);
    write({ ...meta }, message);
  });
}

function aShelf(): TemplateShelf {
  const directory = new URL('../templates', import.meta.url).pathname;
  return createTemplateShelf(directory, (compiled) => templates.save(compiled));
}

/** The mails by which an address is confirmed: links end in real time, whatever the speed. */
function confirmationsFor(config: Config, mailer: Mailer, log: Logger) {
  const { secrets, publicUrl, sendTimeoutMs, returnPath, providers, hashKey, timeLapse } = config;
  const [secret = ''] = secrets;
  const playbook = createCurrentPlaybook();
  const clock = { now: () => toLogical(timeLapse, Date.now()), serverTime: () => Date.now() };
  return {
    ...{ joinRequests, suppressions, sending, mailer, publicUrl, secret, log, playbook },
    ...{ templateFor: aShelf().find, renderer: createRenderer(), timeoutMs: sendTimeoutMs, now: Date.now },
    reports: createReports({ hashKey, clock, speed: timeLapse.speed, playbook }),
    wayBackOf: createConfirmationWayBack({
      ...{ secret, returnPath, throughPostmark: providers.postmark.length > 0 },
    }),
  };
}

/** The first signal lets what is under way finish; a second does not. */
function stopOnSignal(shutDown: () => void): AbortSignal {
  const stopping = new AbortController();
  const onSignal = () => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
    shutDown();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return stopping.signal;
}

main(pino({ name: 'worker' })).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? `${error.name}: ${error.message}` : error}\n`);
  process.exit(1);
});
