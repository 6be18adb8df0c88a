import { setTimeout as sleep } from 'node:timers/promises';
import { createCompose } from '../../activities/compose.ts';
import { createSendTouch } from '../../activities/send-touch.ts';
import { circuitBreaker } from '../../data/circuit-breaker.ts';
import { connect, disconnect } from '../../data/connect.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { customers } from '../../data/customers.ts';
import { events } from '../../data/events.ts';
import { grants } from '../../data/grants.ts';
import { rehearsals } from '../../data/rehearsals.ts';
import { sending } from '../../data/sending.ts';
import { sendingDays } from '../../data/sending-days.ts';
import { sends } from '../../data/sends.ts';
import { templates } from '../../data/templates.ts';
import { unfinishedGrants } from '../../data/unfinished-grants.ts';
import { createMailLinks } from '../../mail/links.ts';
import { createMailer } from '../../mail/mailer.ts';
import { createRenderer } from '../../mail/render.ts';
import { createTemplateShelf } from '../../worker/template-shelf.ts';
import { NOON } from './builders.ts';
import { GRANT_TIMEOUT_MS, grantingPlaybook } from './granting.ts';
import { aTaskFor } from './sending.ts';

/**
 * Gives a surprise to everybody there is, as a worker would: some at once, each again until it is settled. Whoever runs it
 * kills it when they like; the next goes on. It ends by itself when all is settled and no grant is unfinished.
 */
const [mongodbUri = '', smtpUrl = ''] = process.argv.slice(2);
/** How many sends are attempted at once. */
const AT_ONCE = 8;

await connect(mongodbUri);
const playbook = grantingPlaybook();
const shelf = createTemplateShelf('templates', (compiled) => templates.save(compiled));
await shelf.warm(playbook); // killed in the midst of mails, not before the first
const mailer = createMailer({ smtpUrl, timeoutMs: GRANT_TIMEOUT_MS });
const sendTouch = createSendTouch({
  ...{ customers, sends, mailer, sending, sendingDays, rehearsals, grants, breaker: circuitBreaker },
  playbook: async () => playbook,
  compose: createCompose({
    ...{ events, renderer: createRenderer() },
    templateFor: shelf.find,
    templateById: (id) => templates.find(id),
    linksOf: createMailLinks('https://rapport.example', 'secret'),
  }),
  clock: () => ({ now: () => NOON, serverTime: () => Date.now() }),
  lapse: true,
});

const ids = (await CustomerModel.find({}, { _id: 1 }).lean()).map(({ _id }) => _id);
const waiting = ids.sort(() => Math.random() - 0.5);

/** Takes one after the other; one that another attempt still holds comes again later. */
async function work(): Promise<void> {
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    const task = { ...aTaskFor(id, 'small-treat', NOON), timeoutMs: GRANT_TIMEOUT_MS };
    const outcome = await sendTouch(task).catch(() => undefined);
    if (outcome && outcome.kind !== 'postponed' && outcome.kind !== 'delayed') continue;
    waiting.push(id);
    await sleep(50);
  }
}

/** Finishes grants beside the others, and what is left when they are done. */
async function finish(isOver: () => boolean): Promise<void> {
  const finishNext = () => unfinishedGrants.finishNext({ serverTime: Date.now(), now: NOON });
  while ((await finishNext()) || !isOver()) await sleep(20);
}

process.stdout.write('ready\n');
let isOver = false;
const finishing = finish(() => isOver);
await Promise.all(Array.from({ length: AT_ONCE }, work));
isOver = true;
await finishing;
await mailer.close();
await disconnect();
