import { activityInfo } from '@temporalio/activity';
import { createCompose } from '../activities/compose.ts';
import { createActivities } from '../activities/index.ts';
import { createRetain } from '../activities/retain.ts';
import type { Config } from '../config.ts';
import { caseAlarms } from '../data/case-alarms.ts';
import { circuitBreaker } from '../data/circuit-breaker.ts';
import { createCurrentPlaybook } from '../data/current-playbook.ts';
import { customers } from '../data/customers.ts';
import { decisions } from '../data/decisions.ts';
import { events } from '../data/events.ts';
import { gifts } from '../data/gifts.ts';
import { grants } from '../data/grants.ts';
import { playbooks } from '../data/playbooks.ts';
import { createReceive } from '../data/receive.ts';
import { rehearsals } from '../data/rehearsals.ts';
import { retention } from '../data/retention.ts';
import { sending } from '../data/sending.ts';
import { sendingDays } from '../data/sending-days.ts';
import { sends } from '../data/sends.ts';
import { teamTasks } from '../data/team-tasks.ts';
import { templates } from '../data/templates.ts';
import { type Clock, isTimeLapse, toLogical } from '../domain/clock.ts';
import { createClickLinks } from '../mail/click-links.ts';
import type { CompiledTemplate } from '../mail/compile.ts';
import { createMailLinks } from '../mail/links.ts';
import type { Mailer } from '../mail/mailer.ts';
import { createRenderer } from '../mail/render.ts';
import { createWayBack } from '../mail/way-back.ts';
import type { TemplateShelf } from './template-shelf.ts';

/** What journeys have this process do: the activities, with all they need of the world. */
export function activitiesFor(config: Config, mailer: Mailer, shelf: TemplateShelf) {
  const { timeLapse, sendTimeoutMs, publicUrl, secrets, returnPath, providers } = config;
  const [secret = ''] = secrets;
  const playbook = createCurrentPlaybook();
  const compose = createCompose({
    ...{ events, templateFor: shelf.find },
    templateById: (id) => templates.find<CompiledTemplate>(id),
    renderer: createRenderer(),
    linksOf: createMailLinks(publicUrl, secret),
    hasAddress: gifts.hasAddress,
    clicksOf: createClickLinks(publicUrl, secret),
    wayBackOf: createWayBack({ secret, returnPath, throughPostmark: providers.postmark.length > 0 }),
  });
  const newestPlaybook = playbooks.newest;
  const stores = {
    customers,
    events,
    sends,
    decisions,
    playbook,
    newestPlaybook,
    sending,
    sendingDays,
    rehearsals,
    grants,
    teamTasks,
    caseAlarms,
  };
  const clock = (): Clock => {
    const serverTime = () => activityInfo().currentAttemptScheduledTimestampMs;
    return { serverTime, now: () => toLogical(timeLapse, serverTime()) };
  };
  const { hashKey } = config;
  const receiver = createReceive({ hashKey, clock: clock(), speed: timeLapse.speed, playbook });
  const how = { compose, mailer, clock, receiver, timeLapse, sendTimeoutMs, lapse: isTimeLapse(timeLapse) };
  const activities = createActivities({ ...stores, ...how, breaker: circuitBreaker });
  return { ...activities, ...createRetain({ retention, playbook, clock }) };
}
