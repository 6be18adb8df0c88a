import type { FastifyPluginAsync } from 'fastify';
import type { createAnswers } from '../data/answers.ts';
import type { awaited } from '../data/awaited.ts';
import type { caseSteps } from '../data/case-steps.ts';
import type { cases } from '../data/cases.ts';
import type { chosen } from '../data/chosen.ts';
import type { clicks } from '../data/clicks.ts';
import type { confirmationBounces } from '../data/confirmation-bounces.ts';
import type { consentEvents } from '../data/consent-events.ts';
import type { couponPools } from '../data/coupon-pools.ts';
import type { customers } from '../data/customers.ts';
import type { decisions } from '../data/decisions.ts';
import type { erasures } from '../data/erasures.ts';
import type { events } from '../data/events.ts';
import type { everythingOf } from '../data/everything.ts';
import type { failedSends } from '../data/failed-sends.ts';
import type { gifts } from '../data/gifts.ts';
import type { Preview } from '../data/going-over.ts';
import type { grantCosts } from '../data/grant-costs.ts';
import type { grants } from '../data/grants.ts';
import type { joinRequests } from '../data/join-requests.ts';
import type { countMetThrough } from '../data/met-through.ts';
import type { Publishing as How, playbooks } from '../data/playbooks.ts';
import type { pointEntries } from '../data/point-entries.ts';
import type { createReceive } from '../data/receive.ts';
import type { createReceiveRequest } from '../data/receive-request.ts';
import type { redemptions } from '../data/redemptions.ts';
import type { rehearsals } from '../data/rehearsals.ts';
import type { Reports } from '../data/reports.ts';
import type { countResults } from '../data/results.ts';
import type { sending } from '../data/sending.ts';
import type { Send, sends } from '../data/sends.ts';
import type { suppressions } from '../data/suppressions.ts';
import type { surpriseFigures } from '../data/surprise-figures.ts';
import type { teamTasks } from '../data/team-tasks.ts';
import type { templates } from '../data/templates.ts';
import type { unsettledSends } from '../data/unsettled-sends.ts';
import type { webhooks } from '../data/webhooks.ts';
import type { Clock } from '../domain/clock.ts';
import type { Playbook } from '../domain/playbook.ts';
import type { Soundness, SoundPlaybook } from '../mail/sound-playbook.ts';

/** What the API and the pages need of the world; joined in `main.ts`, faked in the tests. */
export type ApiDeps = {
  /** The readable reference of the API, as a plugin: it is heavy, and most tests go without. */
  readonly reference: FastifyPluginAsync;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly receiver: Receiver;
  readonly answers: ReturnType<typeof createAnswers>;
  readonly customers: Pick<typeof customers, 'find' | 'countPerPhase' | 'latest'>;
  readonly events: Pick<typeof events, 'latest' | 'byId'>;
  readonly sends: Pick<typeof sends, 'ofCustomer' | 'byKey' | 'byRef'>;
  readonly cases: typeof cases;
  /** What people decide of a case. */
  readonly caseSteps: ReturnType<typeof caseSteps>;
  readonly unsettledSends: typeof unsettledSends;
  readonly grants: Pick<typeof grants, 'list' | 'ofCustomer'>;
  readonly chosen: typeof chosen;
  readonly surpriseFigures: typeof surpriseFigures;
  readonly couponPools: typeof couponPools;
  readonly failedSends: typeof failedSends;
  readonly gifts: typeof gifts;
  readonly grantCosts: typeof grantCosts;
  readonly redemptions: typeof redemptions;
  readonly teamTasks: Pick<typeof teamTasks, 'find' | 'list' | 'countOpen' | 'close'>;
  readonly sending: Pick<typeof sending, 'current' | 'stop' | 'start' | 'waiting'>;
  readonly rehearsals: Pick<typeof rehearsals, 'onDay'>;
  readonly decisions: Pick<typeof decisions, 'ofCustomer'>;
  readonly consentEvents: Pick<typeof consentEvents, 'ofCustomer'>;
  readonly pointEntries: Pick<typeof pointEntries, 'ofCustomer'>;
  readonly everythingOf: typeof everythingOf;
  readonly erasures: Pick<typeof erasures, 'ask' | 'find'>;
  readonly reports: Reports;
  /** Is asked after what may be one too many, by the server's time, epoch milliseconds. */
  readonly breaker: { consider(now: number): Promise<boolean> };
  /** Fetches a text over https, from elsewhere. */
  readonly fetchText: (url: string) => Promise<string>;
  readonly awaited: Pick<typeof awaited, 'keep' | 'ofOrder' | 'drop'>;
  readonly webhooks: Pick<typeof webhooks, 'create' | 'list' | 'renew' | 'remove'>;
  readonly receiveRequest: ReturnType<typeof createReceiveRequest>;
  readonly playbooks: Pick<typeof playbooks, 'current'>;
  /** A version as it was published; nothing if there is none. */
  readonly playbookOf: typeof playbooks.version;
  readonly publishing: Publishing;
  readonly joinRequests: Pick<typeof joinRequests, 'ask' | 'find' | 'confirm'>;
  readonly confirmationBounces: Pick<typeof confirmationBounces, 'disprove'>;
  readonly suppressions: Pick<typeof suppressions, 'lift'>;
  /** The keyed hash by which an address is recognised. */
  readonly addressKey: (email: string) => string;
  readonly countMetThrough: typeof countMetThrough;
  readonly countResults: typeof countResults;
  readonly templates: Pick<typeof templates, 'find'>;
  readonly clicks: Pick<typeof clicks, 'ofMail' | 'note' | 'takeBack' | 'counts' | 'mails'>;
  /** The mail as it left, rendered from its pinned template and values; nothing where there was none. */
  readonly preview: (send: Send) => Promise<MailPreview | undefined>;
  readonly apiKeys: {
    check(key: string): Promise<{ readonly name?: string; readonly scopes: readonly string[] } | undefined>;
  };
  /** One probe a part the API leans on, by its name; it throws, or hangs, when the part is away. */
  readonly probes: Readonly<Record<string, () => Promise<unknown>>>;
};

export type Settings = {
  /** Absent: the pages are closed, and only keys made by `rapport key create` open the API. */
  readonly adminKey?: string;
  /** They sign links, forms and the cookie of the pages: the first signs, all of them verify. */
  readonly secrets: readonly string[];
  readonly publicUrl: string;
  /** Proxies that are believed about where a request comes from: addresses and networks. @default none */
  readonly proxies?: readonly string[];
  /** Requests a key may make in ten seconds. */
  readonly requestsPerTenSeconds: number;
  /** What shops sign their webhooks with; none: that shop is not connected, two: one takes the other's place. */
  readonly webhookSecrets?: WebhookSecrets;
  /** Who tells what became of mails; see `config-returns.ts`. @default nobody */
  readonly providers?: { readonly sesTopic?: string; readonly postmark: readonly string[] };
};

type WebhookSecrets = { readonly [Source in 'shopify' | 'woocommerce' | 'standard']?: readonly string[] };

/** The versions of the playbook, and what becomes of a text. */
type Publishing = Pick<typeof playbooks, 'newest' | 'list' | 'about' | 'source'> & {
  /** Checks it, with the templates there are. */
  check(yaml: string): Promise<Soundness>;
  /** Counts what publishing it would do to the people inside. */
  preview(next: Playbook): AsyncIterable<Preview>;
  /** @throws PlaybookOvertaken when another version came between */
  publish(sound: SoundPlaybook, how: How): Promise<number>;
  /** How many journeys that a version was to wake are yet to be planned again. */
  pending(version: number): Promise<number>;
};

/** The one path in. */
type Receiver = ReturnType<typeof createReceive>;

type MailPreview = { readonly subject: string; readonly html: string; readonly text: string };
