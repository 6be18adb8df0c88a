import { erasures } from '../data/erasures.ts';
import { type KeptPrivacyRequest, privacyRequests } from '../data/privacy-requests.ts';
import type { PrivacyRequest } from '../domain/privacy-request.ts';

/** GDPR art. 12(3) gives a month; Shopify, by whom it was passed on, thirty days. */
const ANSWER_WITHIN_MS = 30 * 86_400_000;

/** An open request, with what a person is to do about it and until when. */
export function openText({ id, kind, askedAt, customerId, email, shop }: KeptPrivacyRequest): string {
  const who = [customerId, email, shop].filter((part) => part !== undefined).join(', ');
  const until = dateOf(new Date(askedAt.getTime() + ANSWER_WITHIN_MS));
  const steps = STEPS[kind].map((step) => `  rapport request ${step} ${id}`);
  return [`${dateOf(askedAt)}  ${kind}  ${who}  (answer it by ${until})`, ...steps].join('\n');
}

const STEPS: Readonly<Record<PrivacyRequest['kind'], readonly string[]>> = {
  'erase-customer': ['erase'],
  'tell-data': ['export', 'answered'],
  'erase-shop': ['answered'],
};

/** How an answered request went; `goneAt` is when nothing was left of any who were erased. */
type ClosedRequest = KeptPrivacyRequest & { readonly goneAt: Date | undefined };

/** The requests that were answered last, and whether what they asked is done. */
export async function closedRequests(limit: number): Promise<readonly ClosedRequest[]> {
  const closed = await privacyRequests.closed(limit);
  return Promise.all(closed.map(async (request) => ({ ...request, goneAt: await goneAt(request) })));
}

async function goneAt({ answer }: KeptPrivacyRequest): Promise<Date | undefined> {
  const kept = await Promise.all((answer?.erased ?? []).map((id) => erasures.find(id)));
  const dones = kept.map((one) => one?.doneAt?.getTime() ?? Infinity);
  const last = Math.max(...dones);
  return Number.isFinite(last) ? new Date(last) : undefined;
}

/** An answered request: when, by whom and how. */
export function closedText(request: ClosedRequest): string {
  const { id, kind, askedAt, answeredAt, answer, shop } = request;
  const asked = [kind, ...(shop === undefined ? [] : [shop]), `asked on ${dateOf(askedAt)}`, id].join('  ');
  const when = answeredAt ? ` on ${dateOf(answeredAt)}` : '';
  return `${asked}\n  ${wordsOf(request)}${when}${answer ? ` by ${answer.by}` : ''}`;
}

function wordsOf({ answer, goneAt }: ClosedRequest): string {
  switch (answer?.how) {
    case 'erased': {
      const left = goneAt ? `all of it gone on ${dateOf(goneAt)}` : 'a worker is deleting what is left';
      return `erased (${answer.erased.join(', ')}; ${left})`;
    }
    case 'not-known':
      return 'nobody here was meant, nothing was kept of them: answered';
    case 'by-hand':
    case undefined:
      return 'answered';
  }
}

function dateOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
