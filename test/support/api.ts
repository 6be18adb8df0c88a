import type { FastifyInstance } from 'fastify';
import type { ApiDeps } from '../../api/deps.ts';
import { buildServer } from '../../api/server.ts';
import type { Send } from '../../data/sends.ts';
import type { Customer } from '../../domain/customer.ts';
import type { StoredEvent } from '../../domain/event.ts';
import type { Incoming } from '../../domain/incoming.ts';
import type { DecisionRecord, Journey } from '../../domain/journey.ts';
import type { Phase } from '../../domain/phases.ts';
import { aPlaybook, CUSTOMER_ID, NOON } from './builders.ts';

export const ADMIN_KEY = 'rk_admin_of_the_tests';

/** What the faked world knows, and what is done to it. */
export type World = {
  readonly customers: readonly Customer[];
  readonly events: readonly StoredEvent[];
  readonly sends: readonly Send[];
  readonly decisions: readonly DecisionRecord[];
  /** Everything that was received, in order. */
  readonly received: unknown[];
};

export function aWorld(world: Partial<World> = {}): World {
  return { customers: [], events: [], sends: [], decisions: [], received: [], ...world };
}

/** The server over a faked world. */
export function anApi(world: World = aWorld(), deps: Partial<ApiDeps> = {}): Promise<FastifyInstance> {
  return buildServer({ ...fakes(world), ...deps });
}

/** What a shop sends with every request. */
export function asAdmin(key = ADMIN_KEY) {
  return { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
}

function fakes(world: World): ApiDeps {
  const earlier =
    (before = Infinity) =>
    (at: number) =>
      at < before;
  return {
    clock: { now: () => NOON, serverTime: () => NOON },
    settings: {
      adminKey: ADMIN_KEY,
      secrets: ['a secret of the tests'],
      publicUrl: 'http://127.0.0.1:3000',
      requestsPerTenSeconds: 1_000,
    },
    receiver: fakeReceiver(world),
    customers: {
      find: async (ref) =>
        world.customers.find(({ id, externalIds }) => id === ref || externalIds.includes(ref)),
      countPerPhase: async () => countOf(world.customers),
      latest: async (limit) => world.customers.slice(0, limit),
    },
    events: {
      latest: async (_id, limit, before) =>
        world.events.filter(({ at }) => earlier(before)(at)).slice(0, limit),
    },
    sends: {
      ofCustomer: async (_id, limit, before) =>
        world.sends.filter(({ due }) => earlier(before)(due)).slice(0, limit),
      byKey: async (key) => world.sends.find(({ _id }) => _id === key),
    },
    decisions: {
      ofCustomer: async (_id, limit, before) =>
        world.decisions.filter(({ at }) => earlier(before)(at)).slice(0, limit),
    },
    playbooks: { current: async () => aPlaybook([]) },
    preview: async ({ mail }) =>
      mail && { subject: mail.subject, html: `<p>${mail.subject}</p>`, text: mail.subject },
    apiKeys: { check: async () => undefined },
    probes: { mongodb: async () => {}, temporal: async () => {} },
  };
}

function fakeReceiver({ received, customers }: World): ApiDeps['receiver'] {
  return {
    async receive(posted: readonly Incoming[]) {
      received.push(...posted);
      return posted.map(({ source, id }) => ({ source, id, customerId: CUSTOMER_ID, duplicate: false }));
    },
    async receiveOwn(customerId, event) {
      received.push({ customerId, ...event });
      return { source: 'rapport', id: '01', customerId, duplicate: false };
    },
    async start(beginning) {
      received.push(beginning);
      return { customerId: customers[0]?.id ?? CUSTOMER_ID, started: !customers[0]?.journey };
    },
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

/** A journey as its last decision left it. */
export function aJourney(journey: Partial<Journey> = {}): Journey {
  return {
    v: 1,
    customerId: CUSTOMER_ID,
    phase: 'relationship',
    since: NOON,
    seq: 3,
    heard: 3,
    now: NOON,
    playbook: 1,
    agenda: [],
    counters: {},
    ...journey,
  };
}

/** A mail that was accepted, with all it takes to show it. */
export function aSend(send: Partial<Send> & { readonly touch: string }): Send {
  const occasion = send.occasion ?? '1';
  return {
    _id: `${CUSTOMER_ID}/${send.touch}/${occasion}`,
    customerId: CUSTOMER_ID,
    occasion,
    kind: 'marketing',
    due: NOON,
    state: 'accepted',
    outcome: { kind: 'accepted' },
    postponements: 0,
    delays: { count: 0 },
    resends: 0,
    ...send,
  };
}
