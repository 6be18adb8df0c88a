import type { FailedSend } from '../data/failed-sends.ts';
import type { Send } from '../data/sends.ts';
import type { Mark, Wanted } from '../data/unsettled-sends.ts';
import type { ByHand } from '../domain/by-hand.ts';
import type { Cause } from '../domain/journey.ts';
import { type SendOutcome, sendKey } from '../domain/send.ts';
import { sendId } from '../domain/send-ref.ts';
import type { ApiDeps } from './deps.ts';

/** A mail that waits for a person: nobody knows what became of it, or it failed. */
export type Unsettled = {
  /** Fit for an address: `<customerId>.<ref>`. */
  readonly id: string;
  readonly key: string;
  readonly customerId: string;
  readonly touch: string;
  readonly occasion: string;
  readonly kind: 'marketing' | 'service' | undefined;
  readonly at: number;
  readonly outcome: Extract<SendOutcome, { kind: 'unknown' | 'failed' }>;
  readonly because: Cause | undefined;
  readonly byHand: readonly ByHand[];
};

export type Page = { readonly rows: readonly Unsettled[]; readonly next: Mark | undefined };

type Deps = Pick<ApiDeps, 'unsettledSends' | 'failedSends'>;

/** A page of the mails that wait for a person, the latest first. */
export async function unsettledPage(
  { unsettledSends, failedSends }: Deps,
  outcome: 'unknown' | 'failed',
  wanted: Wanted,
  limit: number,
): Promise<Page> {
  if (outcome === 'unknown') {
    const rows = (await unsettledSends.list(wanted, limit)).map(unknownRow);
    return { rows, next: markAfter(rows, limit) };
  }
  const read = await failedSends.list(wanted, limit);
  const rows = read.rows.map(failedRow).filter((row) => isWanted(row, wanted));
  return { rows, next: read.next };
}

function unknownRow(send: Send): Unsettled {
  const { _id: key, customerId, touch, occasion, kind, due, because, byHand = [] } = send;
  const id = sendId(customerId, key);
  const outcome = { kind: 'unknown' } as const;
  return { id, key, customerId, touch, occasion, kind, at: due, outcome, because, byHand };
}

function failedRow({ send, type, seq: _, ...failed }: FailedSend): Unsettled {
  const id = sendId(failed.customerId, sendKey(failed));
  const { kind, because, byHand = [] } = send ?? {};
  return { ...failed, id, kind, because, byHand, outcome: { kind: 'failed', type } };
}

function isWanted(row: Unsettled, { touch, kind }: Wanted): boolean {
  return (touch === undefined || row.touch === touch) && (kind === undefined || row.kind === kind);
}

function markAfter(rows: readonly Unsettled[], limit: number): Mark | undefined {
  const last = rows.length < limit ? undefined : rows.at(-1);
  return last && { at: last.at, key: last.key };
}
