import { EventModel } from '../../data/event-document.ts';
import { type SendDocument, SendModel, UNTRIED } from '../../data/send-document.ts';

/** The moment that results of the tests are seen from. */
export const SEEN = Date.UTC(2026, 10, 22, 12);
export const DAY = 86_400_000;

export const FATES = {
  accepted: { state: 'accepted', outcome: { kind: 'accepted' } },
  unknown: { state: 'unknown', outcome: { kind: 'unknown' } },
  rejected: { state: 'rejected', outcome: { kind: 'rejected', class: 'hard' } },
  lost: { state: 'lost', outcome: { kind: 'failed', type: 'lost' } },
  holdout: { state: 'skipped', outcome: { kind: 'skipped', reason: 'holdout' } },
  rehearsal: { state: 'skipped', outcome: { kind: 'skipped', reason: 'rehearsal' } },
  condition: { state: 'skipped', outcome: { kind: 'skipped', reason: 'condition' } },
  released: { state: 'released', outcome: { kind: 'delayed', until: SEEN } },
  moved: { state: 'moved', outcome: { kind: 'skipped', reason: 'merged' } },
} as const;

export type Mail = {
  readonly who: string;
  /** Days before the results are seen. */
  readonly ago: number;
  readonly fate: keyof typeof FATES;
} & Partial<Pick<SendDocument, 'touch' | 'occasion' | 'kind' | 'phase' | 'playbook'>>;

let n = 0;

/** Writes mails as the ledger keeps them. */
export async function keepMails(mails: readonly Mail[]): Promise<void> {
  const documents = mails.map(({ who, ago, fate, ...mail }) => {
    n += 1;
    const { touch, occasion } = { touch: 'small-treat', occasion: `o-${n}`, ...mail };
    const due = SEEN - ago * DAY;
    return {
      ...{ _id: `${who}/${touch}/${occasion}`, customerId: who, kind: 'marketing' as const, due },
      ...{ phase: 'relationship' as const, playbook: 1, settledAt: new Date(due), ...UNTRIED },
      ...{ ...mail, touch, occasion, ...FATES[fate] },
    };
  });
  await SendModel.insertMany(documents);
}

export type Deed = {
  readonly who: string;
  readonly ago: number;
  readonly type: string;
  readonly data?: Readonly<Record<string, unknown>>;
};

/** Writes what customers did as it is kept. */
export async function keepDeeds(deeds: readonly Deed[]): Promise<void> {
  const documents = deeds.map(({ who, ago, type, data = {} }) => {
    const at = new Date(SEEN - ago * DAY);
    n += 1;
    return { _id: `shop/${n}`, customerId: who, n, type, at, receivedAt: at, acts: true, data };
  });
  await EventModel.insertMany(documents);
}
