import { randomUUID } from 'node:crypto';
import { createAnswers } from '../../data/answers.ts';
import { connect } from '../../data/connect.ts';
import { migrate } from '../../data/migrate.ts';
import { createReceive } from '../../data/receive.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Incoming } from '../../domain/incoming.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { mongo } from './servers.ts';

export const NOW = Date.UTC(2026, 10, 22, 12);
export const HOUR = 3_600_000;

/** A clock that stands still. */
export function aClock(now = NOW): Clock {
  return { now: () => now, serverTime: () => now };
}

/** Connects to a fresh database with all its indexes. */
export async function aDatabase(): Promise<void> {
  await connect(await mongo());
  await migrate();
}

/** The path in, at a moment, for a shop that offers the objection to `news`. */
export function aReceive(at: Receiving = {}) {
  return createReceive(receivingAt(at));
}

/** The answers of that shop's customers. */
export function anAnswers(at: Receiving = {}) {
  return createAnswers(receivingAt(at));
}

type Receiving = {
  readonly now?: number;
  readonly speed?: number;
  readonly relevant?: (type: string) => boolean;
  readonly hashKey?: string;
  readonly playbook?: Playbook;
};

function receivingAt({
  now = NOW,
  speed = 1,
  relevant = everything,
  hashKey = 'key',
  playbook = aPlaybook(),
}: Receiving) {
  return { hashKey, clock: aClock(now), speed, playbook: async () => playbook, relevant };
}

function everything(_type: string): boolean {
  return true;
}

/** Somebody nobody has met yet: an id and an address of their own. */
export function somebody(): { readonly id: string; readonly email: string } {
  const id = randomUUID().slice(0, 8);
  return { id: `c-${id}`, email: `${id}@example.com` };
}

/** An event of a shop about somebody. */
export function anEvent(
  customer: Incoming['customer'],
  event: Partial<Omit<Incoming, 'customer'>> = {},
): Incoming {
  return { id: randomUUID(), source: 'shop', type: 'visit', at: NOW - HOUR, customer, ...event };
}

/** A purchase of one item. */
export function aPurchase(
  customer: Incoming['customer'],
  { orderId = randomUUID(), ...event }: Partial<Omit<Incoming, 'customer'>> & { orderId?: string } = {},
): Incoming {
  const data = { orderId, total: 2933, currency: 'EUR' };
  return anEvent(customer, { type: 'purchase', data, ...event });
}

/** A playbook without touches. */
export function aPlaybook(): Playbook {
  const rules = { movesOn: [] };
  return {
    version: 1,
    shop: {
      name: 'Koffiehuis Zuiderzon',
      from: 'anna',
      replyTo: 'help@shop.example',
      locale: 'nl',
      timeZone: 'Europe/Amsterdam',
      currency: 'EUR',
      address: 'Kade 1, Groningen',
      team: [],
      softOptIn: ['news'],
    },
    contact: { caps: [], holdout: 0 },
    touches: [],
    phases: {
      'first-contact': rules,
      'getting-acquainted': rules,
      relationship: rules,
      ambassador: rules,
    },
  };
}
