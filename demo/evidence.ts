import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { TemporalConfig } from '../config-temporal.ts';
import { type CustomerDocument, CustomerModel } from '../data/customer-document.ts';
import { DecisionModel } from '../data/decisions.ts';
import { EventModel } from '../data/event-document.ts';
import { toEvent } from '../data/kept-event.ts';
import { playbooks } from '../data/playbooks.ts';
import { asItIs, type SendDocument, SendModel } from '../data/send-document.ts';
import type { DecisionRecord } from '../domain/journey.ts';
import type { Playbook } from '../domain/playbook.ts';
import { sendKey } from '../domain/send.ts';
import { simulate } from '../domain/simulate.ts';
import { journeyQuery } from '../workflows/messages.ts';
import { fetchMails } from './inbox.ts';
import type { Performed } from './play.ts';
import type { Evidence, JourneyFound, SendFound } from './verdict.ts';

/** By customer, the number of the last event that the running workflow has heard. */
export type Carried = ReadonlyMap<string, number>;

/** How long a workflow may take to answer: its worker may have been killed a moment ago. */
const PATIENCE_MS = 60_000;

/** Asks every customer's workflow how far it is; a worker has to run. */
export async function askJourneys({ connection, namespace }: TemporalConfig): Promise<Carried> {
  const client = new Client({ connection: await Connection.connect(connection), namespace });
  try {
    const kept = await CustomerModel.find({}, { _id: 1 }).lean();
    const asked = kept.map(async ({ _id }) => [_id, await askJourney(client, _id)] as const);
    return new Map(await Promise.all(asked));
  } finally {
    await client.connection.close();
  }
}

async function askJourney(client: Client, customerId: string): Promise<number> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(500)) {
    try {
      return (await client.workflow.getHandle(`customer:${customerId}`).query(journeyQuery)).heard;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

/** Gathers what every side knows after a play; nothing runs any more. */
export async function gatherEvidence(
  { script, played }: Performed,
  carried: Carried,
  inboxUrl: string,
): Promise<Evidence> {
  const playbook = await playbooks.current();
  if (!playbook) throw new Error('no playbook');
  const mails = await fetchMails(inboxUrl);
  const kept = await CustomerModel.find({ mergedInto: null }).sort({ _id: 1 }).lean();
  const decided = Map.groupBy(await DecisionModel.find().lean(), ({ customerId }) => customerId);
  return {
    posted: script.map(({ source, id }) => `${source}/${id}`),
    events: (await EventModel.find().lean()).map(({ _id, customerId, n }) => ({ id: _id, customerId, n })),
    journeys: kept.map((customer) => journeyFound(customer, carried, decided.get(customer._id) ?? [])),
    sends: (await SendModel.find().lean()).map((send) => sendFound(asItIs(send, Date.now()))),
    mails: mails.filter(({ to }) => !playbook.shop.team.includes(to)).map(({ messageId }) => messageId),
    expected: (await Promise.all(kept.map(({ _id }) => expectedOf(_id, playbook, played.end)))).flat(),
  };
}

function journeyFound(
  { _id: customerId, n, journey }: CustomerDocument,
  carried: Carried,
  decisions: readonly DecisionRecord[],
): JourneyFound {
  const settled = decisions.flatMap(({ changes }) => changes.filter(({ kind }) => kind === 'settled'));
  const givenUp = settled.filter((change) => change.kind === 'settled' && change.outcome.kind === 'failed');
  return {
    ...{ customerId, n, heard: journey?.heard ?? 0, carried: carried.get(customerId) ?? 0 },
    awaited: journey?.agenda.map(({ touch, occasion }) => sendKey({ customerId, touch, occasion })) ?? [],
    givenUp: givenUp.flatMap((change) => ('touch' in change ? sendKey({ customerId, ...change }) : [])),
  };
}

function sendFound({ _id: key, kind, state, resends, mail }: SendDocument): SendFound {
  return { key, kind, state, resends, ...(mail && { messageId: mail.messageId }) };
}

/** The sends that the rules alone come to, from the events as they are stored. */
async function expectedOf(customerId: string, playbook: Playbook, end: number): Promise<readonly string[]> {
  const events = (await EventModel.find({ customerId }).sort({ n: 1 }).lean()).map(toEvent);
  const { touches } = simulate(events, playbook, end);
  return touches.filter(({ outcome }) => outcome.kind === 'accepted').map(sendKey);
}
