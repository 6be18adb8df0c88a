import type { FastifyInstance } from 'fastify';
import type { ApiDeps } from '../../api/deps.ts';
import { buildServer } from '../../api/server.ts';
import type { JoinRequest } from '../../data/join-requests.ts';
import { fromEvent } from '../../data/kept-event.ts';
import type { SendingState } from '../../data/sending.ts';
import type { Send } from '../../data/sends.ts';
import type { Answer } from '../../domain/answer.ts';
import type { ConsentProof } from '../../domain/consent-proof.ts';
import type { Customer } from '../../domain/customer.ts';
import type { StoredEvent } from '../../domain/event.ts';
import type { Gift } from '../../domain/fulfilment.ts';
import type { Incoming } from '../../domain/incoming.ts';
import type { DecisionRecord } from '../../domain/journey.ts';
import type { Phase } from '../../domain/phases.ts';
import { sendRef } from '../../domain/send-ref.ts';
import type { TeamTask } from '../../domain/team-task.ts';
import { fakeAnswers } from './answers.ts';
import { fakeAwaited } from './awaited.ts';
import { aPlaybook, CUSTOMER_ID, NOON } from './builders.ts';
import { fakeCases } from './fake-cases.ts';
import { fakeSurprises } from './fake-surprises.ts';
import { fakeGifts, fakeRedemptions } from './gifts.ts';
import { fakeTeamTasks } from './team-tasks.ts';
import { fakeUnsettled } from './unsettled.ts';
import { fakeWebhooks } from './webhooks.ts';

export const ADMIN_KEY = 'rk_admin_of_the_tests';

/** What the faked world knows, and what is done to it. */
export type World = {
  readonly customers: readonly Customer[];
  readonly events: readonly StoredEvent[];
  readonly sends: readonly Send[];
  readonly decisions: readonly DecisionRecord[];
  readonly tasks: readonly TeamTask[];
  readonly gifts: readonly Gift[];
  readonly proofs: readonly ConsentProof[];
  /** The answers that are kept, and those that come. */
  readonly answers: Answer[];
  /** Everything that was received, in order. */
  readonly received: unknown[];
  /** What people asked for on the join page. */
  readonly asked: JoinRequest[];
  /** The keys of addresses whose suppression was to be lifted. */
  readonly lifted: string[];
  /** Our ids of who was to be erased. */
  readonly erased: string[];
};

export function aWorld(world: Partial<World> = {}): World {
  return {
    customers: [],
    events: [],
    sends: [],
    decisions: [],
    tasks: [],
    gifts: [],
    proofs: [],
    answers: [],
    received: [],
    asked: [],
    lifted: [],
    erased: [],
    ...world,
  };
}

/** The server over a faked world. */
export function anApi(world: World = aWorld(), deps: Partial<ApiDeps> = {}): Promise<FastifyInstance> {
  return buildServer({ ...fakes(world), ...deps });
}

export const NOTHING_TO_PUBLISH: ApiDeps['publishing'] = {
  check: async () => ({ kind: 'refused', errors: [], warnings: [] }),
  preview: async function* () {},
  publish: async () => 2,
  pending: async () => 0,
  newest: async () => 1,
  list: async () => [],
  about: async () => undefined,
  source: async () => undefined,
};

/** What a shop sends with every request. */
export function asAdmin(key = ADMIN_KEY) {
  return { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
}

/** Hands in the admin key, as the form does. */
export function signIn(app: FastifyInstance, key = ADMIN_KEY, next = '/') {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ key, next }).toString();
  return app.inject({ method: 'POST', url: '/sign-in', headers, payload });
}

/** Every part of the world, faked. */
export function fakes(world: World): ApiDeps {
  return {
    ...readers(world),
    ...fakeUnsettled(world.sends),
    ...fakeCases(),
    ...fakeSurprises(),
    teamTasks: fakeTeamTasks(world.tasks),
    gifts: fakeGifts(world.gifts),
    redemptions: fakeRedemptions([]),
    grantCosts: async () => [],
    clock: { now: () => NOON, serverTime: () => NOON },
    settings: {
      adminKey: ADMIN_KEY,
      secrets: ['a secret of the tests'],
      publicUrl: 'http://127.0.0.1:3000',
      requestsPerTenSeconds: 1_000,
    },
    receiver: fakeReceiver(world),
    answers: fakeAnswers(world),
    playbooks: { current: async () => aPlaybook([]) },
    playbookOf: async () => undefined,
    publishing: NOTHING_TO_PUBLISH,
    ...joining(world),
    countMetThrough: async () => [],
    countResults: async () => [],
    templates: { find: async () => undefined },
    clicks: {
      ofMail: async () => [],
      note: async () => {},
      takeBack: async () => {},
      counts: async () => [],
      mails: async () => new Map(),
    },
    preview: async ({ mail }) => {
      return mail && { subject: mail.subject, html: `<p>${mail.subject}</p>`, text: mail.subject };
    },
    sending: fakeSending(),
    rehearsals: { onDay: async () => ({ copies: 0, leftOut: 0 }) },
    reference: async () => {},
    everythingOf: async () => everythingIn(world),
    pointEntries: { ofCustomer: async () => [] },
    erasures: { ask: async (id) => void world.erased.push(id), find: async () => undefined },
    awaited: fakeAwaited(),
    consentEvents: { ofCustomer: async (_id, limit) => world.proofs.slice(0, limit) },
    webhooks: fakeWebhooks(),
    reports: {
      ofMail: async () => 'unheard',
      ofAddress: async () => 'unheard',
      ofConfirmation: async () => 'unheard',
    },
    breaker: { consider: async () => false },
    fetchText: async () => '',
    receiveRequest: async (request) => {
      world.received.push(request);
      return { id: 'shopify/request/of-the-test' };
    },
    apiKeys: { check: async () => undefined },
    probes: { mongodb: async () => {}, temporal: async () => {} },
  };
}

function readers(world: World): Pick<ApiDeps, 'customers' | 'events' | 'sends' | 'decisions'> {
  const isNamed = (ref: string) => (customer: Customer) => {
    return customer.id === ref || customer.externalIds.includes(ref);
  };
  const newest = <Row>(rows: readonly Row[], at: (row: Row) => number) => {
    return async (_id: string, limit: number, before = Infinity) =>
      rows.filter((row) => at(row) < before).slice(0, limit);
  };
  return {
    customers: {
      find: async (ref) => world.customers.find(isNamed(ref)),
      countPerPhase: async () => countOf(world.customers),
      latest: async (limit) => world.customers.slice(0, limit),
    },
    events: {
      latest: newest(world.events, ({ at }) => at),
      byId: async (id) => world.events.find((event) => event.id === id),
    },
    sends: {
      ofCustomer: newest(world.sends, ({ due }) => due),
      byKey: async (key) => world.sends.find(({ _id }) => _id === key),
      byRef: async (_id, ref) => world.sends.find((send) => sendRef(send._id) === ref),
    },
    decisions: { ofCustomer: newest(world.decisions, ({ at }) => at) },
  };
}

/** Mail that can be stopped and started. */
function fakeSending(): ApiDeps['sending'] {
  let state: SendingState = { spreadMs: 0 };
  const become = async (next: SendingState) => {
    state = next;
    return state;
  };
  return {
    current: async () => state,
    waiting: async () => 3,
    stop: (stopped, { because, ...hand }) =>
      become({ ...hand, stopped, spreadMs: 0, ...(because && { because }) }),
    start: (spreadMs, { because, ...hand }) => become({ ...hand, spreadMs, ...(because && { because }) }),
  };
}

function fakeReceiver({ received, customers }: World): ApiDeps['receiver'] {
  return {
    async receive(posted: readonly Incoming[]) {
      received.push(...posted);
      return posted.map(({ source, id }) => ({ source, id, customerId: CUSTOMER_ID, duplicate: false }));
    },
    async receiveOwn(customerId, event, id) {
      received.push({ customerId, ...event, ...(id !== undefined && { id }) });
      return { source: 'rapport', id: id ?? '01', customerId, duplicate: false };
    },
    async start(beginning) {
      received.push(beginning);
      return { customerId: customers[0]?.id ?? CUSTOMER_ID, started: !customers[0]?.journey };
    },
  };
}

function joining({
  asked,
  lifted,
}: World): Pick<ApiDeps, 'joinRequests' | 'confirmationBounces' | 'suppressions' | 'addressKey'> {
  return {
    joinRequests: {
      async ask(addressKey, wish, askedAt) {
        asked.push({ id: `${addressKey}.000001`, addressKey, askedAt, state: 'waiting', wish });
        return true;
      },
      find: async (id) => asked.find((request) => request.id === id),
      async confirm(id) {
        const at = asked.findIndex((request) => request.id === id);
        const { wish: _, ...request } = asked[at] ?? { id, addressKey: '', askedAt: 0 };
        asked[at] = { ...request, state: 'confirmed' };
      },
    },
    confirmationBounces: { disprove: async () => {} },
    suppressions: { lift: async (addressKey) => void lifted.push(addressKey) },
    addressKey: (email) => `key-of-${email.split('@')[0]}`,
  };
}

function countOf(customers: readonly Customer[]): Record<Phase, number> {
  const count = (phase: Phase) => customers.filter(({ journey }) => journey?.phase === phase).length;
  return {
    'first-contact': count('first-contact'),
    'getting-acquainted': count('getting-acquainted'),
    relationship: count('relationship'),
    ambassador: count('ambassador'),
  };
}

/** All rows of the faked world, as a database hands them out. */
function everythingIn({ events, sends, decisions }: World) {
  const each = <Row>(rows: readonly Row[]) =>
    async function* () {
      yield* rows;
    };
  const nothing = each<object>([]);
  return {
    ...{ events: each(events.map(fromEvent)), sends: each(sends), decisions: each(decisions) },
    ...{ consents: nothing, joinRequests: nothing, confirmationBounces: nothing, privacyRequests: nothing },
    ...{
      answers: nothing,
      clicks: nothing,
      tasks: nothing,
      grants: nothing,
      pointEntries: nothing,
      webhookMessages: nothing,
      complaints: nothing,
    },
  };
}
