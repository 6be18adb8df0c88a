import { randomUUID } from 'node:crypto';
import type { PinnedMail } from '../../data/send-document.ts';
import { NO_GRANT } from '../../domain/grant-values.ts';
import type { Task } from '../../domain/journey.ts';
import { NO_MEMBERSHIP } from '../../domain/membership-values.ts';
import type { TemplateValues } from '../../domain/values.ts';

/** The length of a lease in the tests, milliseconds; claims are made at moment 0 unless a test says otherwise. */
export const LEASE = 1_000;

export type AskedSend = Task & { readonly kind: 'marketing' | 'service' };

/** A touch to send now, to somebody who needs not exist. */
export function aTask(task: Partial<AskedSend> = {}): AskedSend {
  return {
    customerId: randomUUID(),
    touch: 'good-to-know',
    occasion: '1',
    kind: 'marketing',
    due: 0,
    because: { type: 'entering', id: 'shop/o-1', at: 0 },
    phase: 'getting-acquainted',
    playbook: 1,
    timeoutMs: LEASE,
    ...task,
  };
}

const VALUES: TemplateValues = {
  locale: 'nl',
  timeZone: 'Europe/Amsterdam',
  shop: { name: 'Koffiehuis', url: null, replyTo: 'help@shop.example', address: 'Kade 1, Groningen' },
  signer: { name: 'Anna', role: null, photo: null },
  customer: { firstName: '$An', lastName: null, since: 0, interests: [], metThrough: null },
  order: null,
  bought: [],
  cart: null,
  points: null,
  caseAnswer: null,
  orders: { count: 0, days: 0, first: null, firstNames: [], recent: [], categories: [] },
  because: { type: 'entering', at: 0, orderId: null, via: null },
  membership: NO_MEMBERSHIP,
  confirm: null,
  grant: NO_GRANT,
  answer: null,
  links: null,
};

export function aMail(mail: Partial<PinnedMail> = {}): PinnedMail {
  return {
    template: 'hash',
    locale: 'nl',
    subject: 'Dag An',
    from: 'help@shop.example',
    to: 'an@example.com',
    values: VALUES,
    messageId: `<${randomUUID()}@shop.example>`,
    date: 'Sun, 22 Nov 2026 12:00:00 +0000',
    boundary: 'b',
    ...mail,
  };
}
