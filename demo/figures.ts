import { trusted } from 'mongoose';
import { CustomerModel } from '../data/customer-document.ts';
import { customers } from '../data/customers.ts';
import { EventModel } from '../data/event-document.ts';
import { playbooks } from '../data/playbooks.ts';
import { SendModel } from '../data/send-document.ts';
import { sends } from '../data/sends.ts';
import type { Played } from './driver.ts';
import { fetchMails } from './inbox.ts';
import { isSettled } from './lag.ts';
import { countMail, type MailCounts } from './mail-counts.ts';
import { gatherRelationship } from './relationship.ts';
import type { Posted } from './script.ts';
import { readStandings } from './standings.ts';
import type { SendCounts, Summary } from './summary.ts';

/** Gathers the figures of a play that is over: from the ledger and the facts, and from the mail catcher. */
export async function gatherFigures(
  script: readonly Posted[],
  played: Played,
  inboxUrl: string,
  seconds: number,
): Promise<Summary> {
  return {
    customers: await CustomerModel.countDocuments({ mergedInto: null, erased: null }),
    purchases: await EventModel.countDocuments({ type: 'purchase' }),
    phases: await customers.countPerPhase(),
    sends: await countSends(),
    ...(await countArrived(inboxUrl)),
    lostEvents: await countLost(script),
    relationship: await gatherRelationship(played.end),
    maxLagSeconds: played.maxLagSeconds,
    seconds: Math.round(seconds),
  };
}

/** What became of the sends, as the ledger says. */
export async function countSends(): Promise<SendCounts> {
  const { accepted, rejected, unknown, skipped, postponed, delayed, failed } = await sends.tally();
  return { accepted, rejected, unknown, skipped, postponed, delayed, failed };
}

async function countArrived(inboxUrl: string): Promise<MailCounts> {
  const messages = await fetchMails(inboxUrl);
  const playbook = await playbooks.current();
  const again = await SendModel.find({ kind: 'service', resends: trusted({ $gt: 0 }) }).lean();
  const resends = new Map(again.map(({ mail, resends: times }) => [mail?.messageId ?? '', times]));
  return countMail(messages, playbook?.shop.team ?? [], resends);
}

/** How many of the posted events are not stored, or not heard by their customer's journey. */
async function countLost(posted: readonly Posted[]): Promise<number> {
  const standings = new Map((await readStandings()).map((standing) => [standing.customerId, standing]));
  const stored = await EventModel.find({}, { customerId: 1, n: 1 }).lean();
  const heard = stored.filter(({ customerId, n }) => {
    const standing = standings.get(customerId);
    return standing && (n <= standing.heard || isSettled({ ...standing, dues: [] }, 0));
  });
  const ids = new Set(heard.map(({ _id }) => _id));
  return posted.filter(({ source, id }) => !ids.has(`${source}/${id}`)).length;
}
