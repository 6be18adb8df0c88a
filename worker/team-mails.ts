import type { LeasedTeamMail, teamMails } from '../data/team-mails.ts';
import { retryAfterDelay } from '../domain/delays.ts';
import type { Playbook, Shop } from '../domain/playbook.ts';
import { isStopped, type Sending } from '../domain/sending.ts';
import type { TeamNews } from '../domain/team-news.ts';
import type { Mailer } from '../mail/mailer.ts';
import { teamMail } from '../mail/team-mail.ts';
import { type LoopLog, loop } from './loop.ts';

const IDLE_MS = 1_000;
/** A lease outlives an attempt for each of the team: there are a few. */
const LEASE_OF_TIMEOUT = 4;

export type TeamMailsDeps = {
  readonly teamMails: Pick<typeof teamMails, 'lease' | 'went' | 'done' | 'putOff'>;
  readonly sending: { current(): Promise<Sending> };
  readonly mailer: Pick<Mailer, 'deliver'>;
  readonly playbook: () => Promise<Pick<Playbook, 'shop'>>;
  /** Each thing that news is about in a line, in the shop's language; empty: there is nothing to tell any more. */
  readonly linesOf: (news: TeamNews, shop: Shop) => Promise<readonly string[]>;
  readonly publicUrl: string;
  /** How long one attempt may take, milliseconds. */
  readonly timeoutMs: number;
  /** The server's time, epoch milliseconds. */
  readonly now: () => number;
  readonly log: LoopLog['log'];
};

/** Tells the team what it has to know, until each of them was told: at least once, as one message. Any number may run. */
export async function tellTeam(deps: TeamMailsDeps, stop: AbortSignal): Promise<void> {
  const step = async () => ((await tellNext(deps)) ? 0 : IDLE_MS);
  await loop({ log: deps.log, waits: 'mails to the team wait' }, step, stop);
}

async function tellNext(deps: TeamMailsDeps): Promise<boolean> {
  if (isStopped(await deps.sending.current(), 'service')) return false;
  const news = await deps.teamMails.lease(deps.now(), deps.timeoutMs * LEASE_OF_TIMEOUT);
  if (!news) return false;
  const { shop } = await deps.playbook();
  if (shop.team.length === 0) deps.log.warn({ news: news.id }, 'shop.team names nobody to tell');

  const lines = await deps.linesOf(news.news, shop);
  const untold = isMoot(news, lines) ? [] : shop.team.filter((one) => !news.told.includes(one));
  const missing: string[] = [];
  for (const to of untold) {
    if (!(await tellOne(news, to, { ...deps, shop, lines }))) missing.push(to);
  }
  if (missing.length === 0) await deps.teamMails.done(news);
  else await later(news, deps);
  return true;
}

/** Whether what it is about is over, or was erased, before it left. */
function isMoot({ news: { about } }: LeasedTeamMail, lines: readonly string[]): boolean {
  return (about === 'tasks-given' || about === 'tasks-waiting') && lines.length === 0;
}

type Telling = TeamMailsDeps & { readonly shop: Shop; readonly lines: readonly string[] };

/** Answers whether it has not to be tried again: what is refused for good is given up, and logged. */
async function tellOne(
  news: LeasedTeamMail,
  to: string,
  { shop, lines, publicUrl, mailer, teamMails, log }: Telling,
): Promise<boolean> {
  const { envelope, raw } = teamMail(news, { shop, publicUrl, lines, to });
  const { kind } = await mailer.deliver(envelope, raw, async () => undefined);
  if (kind !== 'accepted' && kind !== 'rejected') return false;
  if (kind === 'rejected') log.warn({ news: news.id }, 'somebody of shop.team gets no mail');
  await teamMails.went(news, to);
  return true;
}

async function later(news: LeasedTeamMail, { teamMails, now }: TeamMailsDeps): Promise<void> {
  const until = retryAfterDelay({ count: news.failures, firstAt: news.at }, now());
  if (until === undefined) await teamMails.done(news);
  else await teamMails.putOff(news, until);
}
